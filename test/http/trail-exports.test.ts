/** Exports over HTTP: ordered, written in the background, downloaded by their orderer, gone after expiry. */
import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { byConsole, sweepExports } from '../../src/cases/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { verifyBundle } from '../../verifier/verify.mjs';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, post, problemIn, send, useServer } from './serving.js';
import { plainTrails } from '../support/entries.js';

interface Export {
  id: number;
  title: string;
  state: string;
  percent: number;
  entries: number;
  failure: string | null;
  files: { number: number; name: string; bytes: number }[];
}

const day = 86_400_000;

describe('http trail exports', () => {
  const served = useServer();
  let auditor: SignedIn;
  let no = '';

  const order = async (body: object, as = auditor): Promise<Export> =>
    answered('orderTrailExport', await post(served().url, '/api/trail/exports', body, {}, as)) as Export;
  const list = async (as = auditor): Promise<Export[]> =>
    (
      answered('listTrailExports', await send(served().url, '/api/trail/exports', { as })) as {
        items: Export[];
      }
    ).items;
  const fetched = ({ id }: Export, as = auditor, number = 1) =>
    fetch(`${served().url}/api/trail/exports/${id}/files/${number}`, { headers: as.headers });
  const refusedTo = async (one: Export, as = auditor) => {
    const path = `/api/trail/exports/${one.id}/files/1`;
    return problemIn(await send(served().url, path, { as }));
  };
  const work = async () => {
    const failures: unknown[] = [];
    await createJobRunner({ ...served().system, onError: (error) => failures.push(error) }).runDue();
    expect(failures).to.deep.equal([]);
  };

  before(async () => {
    auditor = await newcomer(served().system, { login: 'shenji1', roles: ['auditor'] });
    no = (await dispatched(served().url)).sheet.no;
  });

  it('须写用途，须写明导出什么；没有的当场就说，不排队', async () => {
    const refused = async (body: object) =>
      problemIn(await post(served().url, '/api/trail/exports', body, {}, auditor)).code;
    expect(await refused({ no, format: 'bundle' })).to.equal('input.invalid');
    expect(await refused({ format: 'csv', purpose: '试' })).to.equal('input.invalid');
    expect(await refused({ no: '没有', format: 'csv', purpose: '试' })).to.equal('case.not-found');
    expect(await list()).to.deep.equal([]);
  });

  it('要求时先记入轨迹，后台做好，由本人下载；审计包经核验程序核验成立（第二十二条、第四十条）', async () => {
    const one = await order({ no, format: 'bundle', purpose: '年度审计' });
    expect(one).to.include({ state: 'waiting', percent: 0, title: `工单 ${no}` });
    const { database, trail } = served().system;
    const recorded = await database.transaction((transaction) =>
      plainTrails(trail, transaction, ['exports']),
    );
    expect(recorded.get('exports')?.at(-1)?.body).to.include({
      case: no,
      requester: 'shenji1（shenji1）',
      purpose: '年度审计',
      program: byConsole().program,
      format: 'bundle',
    });
    expect((await refusedTo(one)).code).to.equal('export.not-found');
    await work();
    const [ready] = await list();
    expect(ready).to.deep.include({ id: one.id, state: 'ready', percent: 100, failure: null });
    const response = await fetched(one);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="trail-.*\.zip"$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).to.equal(ready?.files[0]?.bytes);
    expect(verifyBundle(bytes).findings).to.deep.equal([]);
    const after = await database.transaction((transaction) => plainTrails(trail, transaction, ['exports']));
    expect(after.get('exports')?.at(-1)).to.deep.include({
      type: 'export.fetched',
      body: { actor: 'shenji1（shenji1）', export: one.id, file: ready?.files[0]?.name },
    });
  });

  it('别人看不到，也下载不了', async () => {
    const other = await newcomer(served().system, { login: 'shenji2', roles: ['auditor'] });
    const [mine] = await list();
    if (!mine) throw new Error('the test before has made one');
    expect(await list(other)).to.deep.equal([]);
    expect(await refusedTo(mine, other)).to.include({ status: 404, code: 'export.not-found' });
  });

  it('第三十二条：须回避的工单，时期的导出里没有，单独要也没有', async () => {
    const { system, url } = served();
    const { sheet } = await dispatched(url);
    const recused = await newcomer(system, { login: 'shenji4', roles: ['auditor'] });
    const reviewer = await newcomer(system, { login: 'shenhe9', roles: ['reviewer'] });
    const body = { persons: 'shenji4' };
    const stated = await post(url, `/api/work-orders/${sheet.no}/recusals`, body, {}, reviewer);
    expect(stated.status, stated.text).to.be.below(300);
    const day = { from: '2020-01-01', format: 'csv', purpose: '年度审计' };
    const [theirs, others] = [await order(day, recused), await order(day)];
    await work();
    const textOf = async (one: Export, as: SignedIn) => (await fetched(one, as)).text();
    expect(await textOf(others, auditor)).to.include(sheet.no);
    expect(await textOf(theirs, recused))
      .to.include(no)
      .and.not.include(sheet.no);
    const alone = { no: sheet.no, format: 'csv', purpose: '年度审计' };
    const refused = await post(url, '/api/trail/exports', alone, {}, recused);
    expect(problemIn(refused).code).to.equal('case.not-found');
  });

  it('做的程序中途被杀：半份文件不当作做好的，由别的程序从头做，不留下残余', async () => {
    const { system } = served();
    const one = await order({ no, format: 'csv', purpose: '年度审计' });
    const began = system.exportFiles.keep(one.id, () => new Promise(() => undefined));
    void began;
    await expectFolder(system.exportFiles.pathOf(one.id, '..'), `${one.id}.part`);
    expect((await refusedTo(one)).code).to.equal('export.not-found');
    await work();
    expect((await list())[0]).to.include({ id: one.id, state: 'ready' });
    const names = await readdir(system.exportFiles.pathOf(one.id, '..'));
    expect(names.filter((name) => name.endsWith('.part'))).to.deep.equal([]);
  });

  it('过期的、没有主的文件被清除，没有过期的留着', async () => {
    const { system } = served();
    const [one] = await list();
    if (!one) throw new Error('the test before has made one');
    await system.exportFiles.keep(999, () => Promise.resolve([]));
    await sweepExports(system);
    const names = () => readdir(system.exportFiles.pathOf(one.id, '..'));
    expect(await names())
      .to.include(String(one.id))
      .and.not.include('999');
    system.clock.moveTo(new Date(system.clock.now().getTime() + 8 * day));
    auditor = await newcomer(system, { login: 'shenji3', roles: ['auditor'] });
    await sweepExports(system);
    expect(await names()).to.deep.equal([]);
    const states = await system.database.pool.query('SELECT DISTINCT state FROM hotline.trail_export');
    expect(states.rows).to.deep.equal([{ state: 'expired' }]);
  });

  it('没有做完的至多五份', async () => {
    for (let count = 0; count < 5; count += 1) await order({ no, format: 'csv', purpose: '试' });
    const body = { no, format: 'csv', purpose: '试' };
    const sixth = await post(served().url, '/api/trail/exports', body, {}, auditor);
    expect(problemIn(sixth)).to.include({ status: 429, code: 'export.too-many' });
    await work();
    expect((await list()).map(({ state }) => state)).to.deep.equal(Array(5).fill('ready'));
  });

  it('第十条：久未验证身份的，要求和下载都先验证', async () => {
    const { clock } = served().system;
    const [one] = await list();
    clock.moveTo(new Date(clock.now().getTime() + 15 * 60_000));
    const body = { no, format: 'csv', purpose: '年度审计' };
    const reply = await post(served().url, '/api/trail/exports', body, {}, auditor);
    expect(problemIn(reply)).to.include({ status: 403, code: 'session.not-recent' });
    if (one) expect((await refusedTo(one)).code).to.equal('session.not-recent');
  });
});

/** The folder is made before anything is written into it. */
async function expectFolder(directory: string, name: string): Promise<void> {
  while (!(await readdir(directory).catch(() => [] as string[])).includes(name))
    await new Promise((resolve) => setImmediate(resolve));
}

/** 审计轨迹 over HTTP: who finds what, and what is taken away. */
import { expect } from 'chai';
import { newcomer, type SignedIn } from '../support/people.js';
import { verifyBundle } from '../../verifier/verify.mjs';
import { dispatched, post, problemIn, send, useServer } from './serving.js';

interface Page {
  items: {
    index: number;
    stream: string;
    seq: number;
    kind: string;
    actor: string | null;
    title: string;
    hash: string;
  }[];
  next: number | null;
}

describe('http trail', () => {
  const served = useServer();
  let auditor: SignedIn;
  let inspector: SignedIn;
  let no = '';
  const find = async (query: string, as = auditor): Promise<Page> =>
    (await send(served().url, `/api/trail/entries?${query}`, { as })).json as Page;

  before(async () => {
    auditor = await newcomer(served().system, { login: 'shenji1', roles: ['auditor'] });
    inspector = await newcomer(served().system, { login: 'jiancha1', roles: ['inspector'] });
    no = (await dispatched(served().url)).sheet.no;
  });

  it('按工单、人员、条文、环节、时期找;一页接一页,不重不漏', async () => {
    const all = await find(`no=${no}&limit=100`);
    expect(all.items.length).to.be.greaterThan(3);
    expect(all.items.every(({ stream, kind }) => stream === no && kind === 'case')).to.equal(true);
    const paged: number[] = [];
    for (let before = ''; ;) {
      const page = await find(`no=${no}&limit=2${before}`);
      paged.push(...page.items.map(({ seq }) => seq));
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(paged).to.deep.equal(all.items.map(({ seq }) => seq));
    const someone = all.items.find(({ actor }) => actor !== null)?.actor ?? '';
    const theirs = await find(`person=${encodeURIComponent(someone)}`);
    expect(theirs.items.length).to.be.greaterThan(0);
    expect(theirs.items.every(({ actor }) => actor === someone)).to.equal(true);
    expect((await find(`article=art23&no=${no}`)).items).to.not.have.length(0);
    expect((await find(`element=Task_Dispatch&no=${no}`)).items).to.not.have.length(0);
    expect((await find('from=2030-01-01')).items).to.deep.equal([]);
    expect((await find('kind=definition')).items.map(({ title }) => title)).to.include('部署流程图');
  });

  it('日期写错的说明怎样写', async () => {
    const reply = await send(served().url, `/api/trail/entries?from=${encodeURIComponent('昨天')}`, {
      as: auditor,
    });
    expect(problemIn(reply)).to.include({ code: 'calendar.invalid' });
  });

  it('第三十九条:监察人员只见有问责的工单', async () => {
    expect((await find(`no=${no}`, inspector)).items).to.deep.equal([]);
    const clue = { message: 'accountability-clue' };
    expect(
      (await post(served().url, `/api/work-orders/${no}/messages`, clue, {}, inspector)).status,
    ).to.equal(200);
    expect((await find(`no=${no}`, inspector)).items).to.not.have.length(0);
    expect((await find('kind=accounts', inspector)).items).to.deep.equal([]);
    expect((await find('kind=definition', auditor)).items).to.not.have.length(0);
  });

  it('导出须写用途;先记入轨迹;审计包经核验程序核验成立', async () => {
    const url = served().url;
    const refused = await post(url, '/api/trail/exports', { no, format: 'bundle' }, {}, auditor);
    expect(problemIn(refused).code).to.equal('input.invalid');
    const empty = await post(url, '/api/trail/exports', { format: 'csv', purpose: '试' }, {}, auditor);
    expect(problemIn(empty).code).to.equal('input.invalid');
    const response = await fetch(`${url}/api/trail/exports`, {
      method: 'POST',
      headers: { ...auditor.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ no, format: 'bundle', purpose: '年度审计' }),
    });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-disposition')).to.match(/^attachment; filename="trail-.*\.zip"$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(verifyBundle(bytes).findings).to.deep.equal([]);
    const [last] = (await find('kind=exports')).items;
    expect(last).to.include({ title: '导出轨迹' });
  });

  it('第十条:久未验证身份的先验证', async () => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 15 * 60_000));
    const body = { no, format: 'csv', purpose: '年度审计' };
    const reply = await post(served().url, '/api/trail/exports', body, {}, auditor);
    expect(problemIn(reply)).to.include({ status: 403, code: 'session.not-recent' });
  });

  it('现状:排到哪里、签到哪里', async () => {
    const state = (await send(served().url, '/api/trail/state', { as: auditor })).json as {
      placed: number;
      waiting: number;
      checkpoint: { size: number } | null;
    };
    expect(state.checkpoint?.size).to.be.greaterThan(0);
    expect(state.placed).to.be.at.least(state.checkpoint?.size ?? 0);
  });
});

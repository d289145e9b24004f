import { expect } from 'chai';
import pg from 'pg';
import type { z } from 'zod';
import type { amendmentOperations } from '../../src/http/contract/amendment.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import {
  answered,
  complete,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';

type Operations = typeof amendmentOperations;
type Comparison = z.input<Operations['readLawComparison']['answers'][200]['schema']>;
type Cases = z.input<Operations['listComparedCases']['answers'][200]['schema']>;

const terms = {
  title: '修改办理期限',
  source: '示例：关于修改条例的决定',
  inForceFrom: '2027-06-01',
  transition: 'old',
  edits: [{ edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } }],
  reason: '从快',
};

describe('以前的工单依两部条例各办一遍：在后台做，给合规、审计人员看', () => {
  const served = useServer({ at: '2026-11-24T10:00:00+08:00' });
  let editor: SignedIn;
  let sheet: WorkOrderView;
  let no = '';
  const path = '/api/amendments/1/comparison';
  const read = async (): Promise<Comparison> =>
    answered('readLawComparison', await send(served().url, path, { as: editor })) as Comparison;
  const order = (body: object) => post(served().url, path, body, {}, editor);
  const cases = async (query = '', as = editor): Promise<Cases> =>
    answered('listComparedCases', await send(served().url, `${path}/cases${query}`, { as })) as Cases;

  before(async () => {
    const { system, url } = served();
    await recordShippedRegulation(system);
    editor = await newcomer(system, { login: 'bian', roles: ['compliance-editor'] });
    sheet = await dispatched(url);
    no = sheet.sheet.no;
    answered('draftAmendment', await post(url, '/api/amendments', terms, {}, editor));
  });

  it('没有比较过、起止颠倒、没有这项修改、多出的栏', async () => {
    expect(await read()).to.include({ state: 'none', report: null });
    expect(await cases()).to.include({ total: 0 });
    const turned = problemIn(await order({ from: '2026-11-02', to: '2026-11-01' }));
    expect(turned).to.include({ code: 'amendment.invalid', where: 'from' });
    const [never, tomorrow] = [await order({ to: '0001-01-01' }), await order({ to: '2026-11-25' })];
    expect(problemIn(never)).to.include({ code: 'amendment.invalid', where: 'from' });
    expect(problemIn(tomorrow)).to.include({ code: 'amendment.invalid', where: 'to' });
    expect(problemIn(await order({ from: '2026-02-30' }))).to.include({ code: 'input.invalid' });
    expect(problemIn(await order({ most: 3 }))).to.include({ code: 'input.invalid' });
    const missing = await post(served().url, '/api/amendments/9/comparison', {}, {}, editor);
    expect(problemIn(missing)).to.include({ code: 'amendment.not-found' });
  });

  it('五个工作日改三个：期限各早两个工作日，逐件写明以前、以后、为什么；按义务、按单位合计', async () => {
    expect(answered('orderLawComparison', await order({}))).to.include({
      ...{ state: 'running', firstDay: '2025-11-25', lastDay: '2026-11-24' },
    });
    await workJobs(served().system);
    const { state, report, madeAt } = await read();
    expect({ state, madeAt }).to.deep.equal({ state: 'made', madeAt: '2026-11-24T10:00:00+08:00' });
    expect(report).to.include({ cases: 1, unread: 0, differing: 1 });
    // Reply and feedback have one clock.
    const norms = report?.norms ?? [];
    expect(norms.map(({ norm }) => norm)).to.deep.equal(['J27', 'J27b']);
    for (const norm of norms) expect(norm).to.include({ owedBefore: 1, owedAfter: 1, moved: 1 });
    const { total, items } = await cases();
    expect(total).to.equal(1);
    expect(items[0]?.no).to.equal(no);
    // The end of a day is the next day's 00:00: Tuesday and five, three working days.
    expect(items[0]?.duties).to.deep.equal(
      norms.map(({ norm, says }) => ({
        ...{ norm, says, unit: report?.units[0]?.unit, kind: 'moved' },
        before: '期限 2026-12-02 00:00，还没有办',
        after: '期限 2026-11-28 00:00，还没有办',
        reason: '期限由 2026-12-02 00:00 变为 2026-11-28 00:00',
      })),
    );
    expect((await cases('?norm=J27')).total).to.equal(1);
    expect((await cases('?norm=J31')).total).to.equal(0);
    expect((await cases(`?unit=${encodeURIComponent('别的单位')}`)).total).to.equal(0);
    expect((await cases('?offset=1')).items).to.deep.equal([]);
    expect(report?.kept).to.equal(1);
    expect(report?.assessed).to.deep.include({ isSample: true, indicators: [] });
  });

  it('不同的工单可以整张下载，也可以只要一项义务的', async () => {
    const table = async (query = ''): Promise<string[]> => {
      const answer = await send(served().url, `${path}/cases/csv${query}`, { as: editor });
      expect(answer.status).to.equal(200);
      return answer.text.trimEnd().split('\r\n');
    };
    const [head, ...lines] = await table();
    expect(head).to.equal('\ufeff工单,不同,义务,做什么,单位,现行的,改成的,为什么');
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(new RegExp(`^${no},期限不同,J27,`));
    expect(lines[0]).to.include('期限 2026-11-28 00:00');
    expect(await table('?norm=J31')).to.deep.equal([head]);
  });

  it('须回避这一件的看不到它；别的岗位一概不给看', async () => {
    const { people, system, url } = served();
    const auditor = await newcomer(system, { login: 'shen', roles: ['auditor'] });
    expect((await cases('', auditor)).total).to.equal(1);
    expect(problemIn(await post(url, path, {}, {}, auditor)).code).to.equal('access.denied');
    const reviewer = await people.doing('reviewer', '审核员乙');
    const recusal = { persons: 'shen' };
    answered('recusePersons', await post(url, `/api/work-orders/${no}/recusals`, recusal, {}, reviewer));
    expect((await cases('', auditor)).total).to.equal(0);
    expect(problemIn(await send(url, `${path}/cases`, { as: reviewer }))).to.include({
      code: 'access.denied',
    });
  });

  it('三个工作日过后才答复的：按时答复率，现行的达到，改成的没有达到', async () => {
    const { system, url } = served();
    const step = async (order: WorkOrderView): Promise<WorkOrderView> => {
      const [task] = order.tasks;
      return task ? complete(url, order, task, {}, '经办人') : expect.fail('nothing is open');
    };
    let now = await step(sheet);
    system.clock.moveTo(new Date('2026-11-30T10:00:00+08:00'));
    for (let steps = 0; steps < 4; steps += 1) now = await step(now);
    editor = await newcomer(system, { login: 'bian-yi', roles: ['compliance-editor'] });
    await order({});
    await workJobs(system);
    const { report } = await read();
    const [city, unit] = report?.assessed.units ?? [];
    const reply = { indicator: 'reply', before: 10_000, after: 0 };
    expect(city).to.deep.include({ unit: null });
    expect(city?.rates).to.deep.include(reply);
    expect(unit?.unit).to.equal(report?.units[0]?.unit);
    expect(unit?.rates).to.deep.include(reply);
    expect((await cases()).items[0]?.duties.map(({ kind }) => kind)).to.include('now-violated');
  });

  it('停止比较：什么也不留；停止以后不再做', async () => {
    await order({});
    const stopped = await send(served().url, path, { method: 'DELETE', as: editor });
    expect(answered('cancelLawComparison', stopped)).to.include({ state: 'none', report: null });
    await workJobs(served().system);
    expect(await read()).to.include({ state: 'none' });
    expect(await cases()).to.include({ total: 0 });
  });

  it('期间以外的工单不算；轨迹被改动的不算，写明几件', async () => {
    await order({ from: '2025-01-01', to: '2025-12-31' });
    await workJobs(served().system);
    expect((await read()).report).to.include({ cases: 0, differing: 0 });
    const owner = new pg.Client({
      connectionString: (served().system.database as { url?: string }).url,
    });
    await owner.connect();
    await owner.query('ALTER TABLE hotline.trail_entry DISABLE TRIGGER ALL');
    await owner.query(
      `UPDATE hotline.trail_entry SET body = convert_to('{"type":"x"}', 'UTF8') WHERE stream = $1 AND seq = 2`,
      [no],
    );
    await owner.end();
    await order({});
    await workJobs(served().system);
    expect((await read()).report).to.include({ cases: 0, unread: 1 });
  });

  it('另存一稿以后，先前的比较不再算数', async () => {
    const body = { ...terms, edits: [...terms.edits, { ...terms.edits[0], norm: 'J31' }], revision: 1 };
    const put = await send(served().url, '/api/amendments/1', {
      ...{ method: 'PUT', body: JSON.stringify(body), as: editor },
      headers: { 'content-type': 'application/json' },
    });
    answered('saveAmendment', put);
    expect(await read()).to.include({ state: 'none', report: null });
  });
});

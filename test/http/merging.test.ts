/** Merging: proposed, merged by people, separated; and what each person may see of it. */
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { said } from '../support/entries.js';
import {
  accept,
  answered,
  complete,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
  type WorkOrderView,
} from './serving.js';

type Merging = z.input<(typeof operations.readMerging.answers)[200]['schema']>;

const place = { address: '泉景小区 3 号楼', point: { longitude: 117.02, latitude: 36.67, system: 'WGS-84' } };
const cut = {
  ...waterCut,
  title: '泉景小区停水',
  content: '从早上开始就没有自来水了,水龙头不出水',
  district: '历下区',
  class: '0301010101',
  place,
};
const toUnit = { conduct: 'orderly', wayOut: 'dispatch', unit: '某水务局', dispatchBasis: 'duty' };

describe('http 并单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let agent: SignedIn;
  before(async () => {
    agent = await newcomer(served().system, { login: 'agent', name: '受理员戊', roles: ['intake'] });
  });
  const open = async (about: object = {}): Promise<WorkOrderView> =>
    accept(served().url, { ...cut, callerContact: '13900000000', ...about });
  const merge = (lead: string, members: readonly string[], as: SignedIn = agent): Promise<Reply> =>
    post(served().url, `/api/work-orders/${lead}/members`, { members, reason: '同一处停水' }, {}, as);
  const merged = async (lead: string, members: readonly string[]): Promise<Merging> =>
    answered('mergeWorkOrders', await merge(lead, members)) as Merging;
  const separate = (lead: string, member: string): Promise<Reply> =>
    post(
      served().url,
      `/api/work-orders/${lead}/members/${member}/separation`,
      { reason: '后来知道是两件事' },
      {},
      agent,
    );
  const look = async (no: string, as: SignedIn = agent): Promise<Merging> =>
    answered('readMerging', await send(served().url, `/api/work-orders/${no}/merging`, { as })) as Merging;
  const read = async (no: string, as: SignedIn = agent): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`, { as })) as WorkOrderView;
  const entriesOf = async (no: string) =>
    (await read(no)).trail.filter(({ type }) => type === 'sheet.merged' || type === 'sheet.unmerged');
  const refusedBecause = async (reply: Reply, why: RegExp): Promise<void> => {
    const problem = problemIn(reply);
    expect(problem.code, problem.detail).to.equal('merge.impossible');
    expect(problem.detail).to.match(why);
  };

  it('受理时提示：同一处、同一分类、同样的字的；别处的、别的事的不提示；须回避的人看不到', async () => {
    const { url } = served();
    const { no } = (await open()).sheet;
    await open({ title: '路灯不亮', content: '晚上路灯都不亮,黑漆漆的', class: '0102020101' });
    const away = { address: '翡翠花园 8 号楼', point: { ...place.point, longitude: 117.12 } };
    await open({ title: '翡翠花园停水', place: away });
    const draft = {
      title: '家里没水了',
      text: '水龙头一滴水都不出,泉景小区早上开始停水',
      address: '泉景 5 号楼',
      district: '历下区',
    };
    const ask = async (as: SignedIn) =>
      answered('proposeMerge', await post(url, '/api/intake/merge-proposals', draft, {}, as)) as Merging;
    const { proposals } = await ask(agent);
    expect(proposals.map((one) => one.no)).to.deep.equal([no]);
    expect(proposals[0]?.score).to.be.at.least(50);
    expect(proposals[0]?.because).to.include('写的是同一个地方');
    expect(JSON.stringify(proposals)).not.to.match(/来电人甲|1390000|callerName/);
    const recused = await newcomer(served().system, { login: 'huibi', name: '受理员己', roles: ['intake'] });
    await post(
      url,
      `/api/work-orders/${no}/recusals`,
      { persons: 'huibi' },
      {},
      await served().people.allowed(['intake']),
    );
    expect((await ask(recused)).proposals).to.deep.equal([]);
  });

  it('并入主单：两边的轨迹各一条，事由封存，写明当时的相近程度；各自的工单、待办照旧', async () => {
    const lead = (await open()).sheet.no;
    const [one, two] = [(await open()).sheet.no, (await open()).sheet.no];
    const before = await read(one);
    const view = await merged(lead, [one, two]);
    expect(view.members.map(({ no }) => no)).to.deep.equal([one, two]);
    expect((await look(one)).lead).to.include({ no: lead, members: 2 });
    const [entry] = await entriesOf(one);
    expect(said(entry)).to.deep.include({ member: one, lead });
    expect(said(entry)['score']).to.be.a('number').within(50, 100);
    expect(entry?.sealed).to.deep.equal({ reason: '同一处停水' });
    expect(entry?.body).not.to.contain('同一处停水');
    expect((await entriesOf(lead)).map((each) => said(each)['member'])).to.deep.equal([one, two]);
    const after = await read(one);
    expect(after.tasks.map(({ id }) => id)).to.deep.equal(before.tasks.map(({ id }) => id));
    expect(after.chain.holds).to.equal(true);
  });

  it('不成链、不重复、不并自己、办结的不并；一张不能并的，全都不并', async () => {
    const { url } = served();
    const [lead, member, other] = [await open(), await open(), await open()].map(({ sheet }) => sheet.no);
    await merged(lead ?? '', [member ?? '']);
    await refusedBecause(await merge(member ?? '', [other ?? '']), /已经并入.*不能再作主单/);
    await refusedBecause(await merge(other ?? '', [member ?? '']), /已经并入/);
    await refusedBecause(await merge(other ?? '', [other ?? '']), /不能并入自己/);
    const spot = { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '抢修中' };
    const closed = (await accept(url, { ...cut, answers: spot })).sheet.no;
    const free = (await open()).sheet.no;
    await refusedBecause(await merge(other ?? '', [free, closed]), /已经办结/);
    expect((await look(other ?? '')).members).to.deep.equal([]);
    expect(await entriesOf(free)).to.deep.equal([]);
    expect(problemIn(await merge(other ?? '', ['没有这张'])).code).to.equal('case.not-found');
  });

  it('主单并入别的主单：并入它的一起过去，仍不成链', async () => {
    const [lead, member, other] = [await open(), await open(), await open()].map(({ sheet }) => sheet.no);
    await merged(lead ?? '', [member ?? '']);
    const view = await merged(other ?? '', [lead ?? '']);
    expect(view.members.map(({ no }) => no)).to.have.members([lead, member]);
    expect((await look(member ?? '')).lead?.no).to.equal(other);
    expect((await look(lead ?? '')).members).to.deep.equal([]);
    expect((await entriesOf(member ?? '')).map((entry) => said(entry)['lead'])).to.deep.equal([lead, other]);
  });

  it('第三十二条：投诉、举报承办单位的，不并入它承办的工单，反过来也不', async () => {
    const lead = (await open({ answers: toUnit })).sheet.no;
    const against = {
      ...{ kind: 'report', conduct: 'orderly' },
      answers: { conduct: 'orderly', accusation: 'unit', accusedUnit: '某水务局' },
    };
    const { conduct: _conduct, ...report } = against;
    const accused = (await open(report)).sheet.no;
    const reply = await merge(lead, [accused]);
    await refusedBecause(reply, /投诉、举报的单位/);
    expect(problemIn(reply).provision).to.equal('第三十二条');
    await refusedBecause(await merge(accused, [lead]), /投诉、举报的单位/);
  });

  it('拆单：成员从现在的环节继续，办过的不变；再拆、拆没有并入的，拒绝', async () => {
    const { url } = served();
    const [lead, member] = [(await open()).sheet.no, (await open()).sheet.no];
    await merged(lead, [member]);
    const before = await read(member);
    const [task] = before.tasks;
    if (!task) throw new Error('nothing is open');
    await complete(url, before, task, { conduct: 'orderly' }, '受理员甲');
    const acted = await read(member);
    const view = answered('unmergeWorkOrder', await separate(lead, member)) as Merging;
    expect(view.members).to.deep.equal([]);
    expect((await look(member)).lead).to.equal(null);
    expect((await entriesOf(member)).map(({ type }) => type)).to.deep.equal([
      'sheet.merged',
      'sheet.unmerged',
    ]);
    const after = await read(member);
    expect(after.tasks.map(({ id }) => id)).to.deep.equal(acted.tasks.map(({ id }) => id));
    expect(after.trail.length).to.equal(acted.trail.length + 1);
    await refusedBecause(await separate(lead, member), /没有并入/);
    expect((await merged(lead, [member])).members.length).to.equal(1);
  });

  it('承办单位看得到成员，看不到来电人，也不能并；看不到主单的，不知道并入了哪张', async () => {
    const { people } = served();
    const [lead, member] = [
      (await open({ answers: toUnit })).sheet.no,
      (await open({ answers: toUnit, confidential: true })).sheet.no,
    ];
    const elsewhere = (await open({ answers: { ...toUnit, unit: '某城管局' } })).sheet.no;
    await merged(lead, [member, elsewhere]);
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    const foreign = await people.doing('unit', '某城管局经办人', '某城管局');
    const seen = await look(lead, own);
    expect(seen.members.map(({ no }) => no)).to.deep.equal([member]);
    expect(seen.proposals).to.deep.equal([]);
    expect(JSON.stringify(seen)).not.to.match(/来电人甲|13900000000|caller/);
    expect((await look(elsewhere, foreign)).lead).to.equal(null);
    const path = `/api/work-orders/${lead}/merging`;
    expect(problemIn(await send(served().url, path, { as: foreign })).code).to.equal('case.not-found');
    expect(problemIn(await merge(lead, [elsewhere], own)).code).to.equal('access.denied');
    const district = await newcomer(served().system, {
      ...{ login: 'qu', roles: ['supervisor'], unit: '历下区', kind: 'district' },
    });
    expect(problemIn(await merge(lead, [elsewhere], district)).code).to.equal('access.denied');
  });

  it('待办：主单写着有几位来电人，同一单位、同一环节的成员收在主单下，数也照此；不在一处的、回避主单的，照样逐张列出', async () => {
    const { url, people, system } = served();
    const unit = '某热力公司';
    const answers = { ...toUnit, unit };
    const lead = (await open({ answers })).sheet.no;
    const [one, two] = [(await open({ answers })).sheet.no, (await open({ answers })).sheet.no];
    await merged(lead, [one, two]);
    const list = async (query: string, as: SignedIn) => {
      const found = answered(
        'listTasks',
        await send(url, `/api/tasks?scope=mine&${query}`, { as }),
      ) as z.input<(typeof operations.listTasks.answers)[200]['schema']>;
      return { total: found.total, lights: found.lights[0]?.count, rows: found.items };
    };
    const officer = await people.doing('unit', '热力经办人', unit);
    const all = await list('members=all', officer);
    expect(all.rows.map(({ no }) => no)).to.have.members([lead, one, two]);
    expect(new Map(all.rows.map(({ no, merged: mark }) => [no, mark]))).to.deep.equal(
      new Map([
        [lead, { lead: null, members: 2 }],
        [one, { lead, members: 0 }],
        [two, { lead, members: 0 }],
      ]),
    );
    const folded = await list('members=folded', officer);
    expect(folded).to.include({ total: 1, lights: 1 });
    expect(folded.rows.map(({ no }) => no)).to.deep.equal([lead]);
    expect((await read(lead, officer)).merged).to.deep.equal({ lead: null, members: 2 });
    expect((await read(one, officer)).merged).to.deep.equal({ lead, members: 0 });

    const ahead = await read(one);
    await complete(
      url,
      ahead,
      ahead.tasks[0] ?? expect.fail('nothing is open'),
      { receipt: 'accept' },
      '热力乙',
    );
    const apart = await list('members=folded', officer);
    expect(apart.rows.map(({ no }) => no)).to.have.members([lead, one]);
    expect(apart.total).to.equal(2);

    const recused = await newcomer(system, { login: 'reli', name: '热力丙', roles: ['handler'], unit });
    const by = await people.allowed(['intake']);
    await post(url, `/api/work-orders/${lead}/recusals`, { persons: 'reli' }, {}, by);
    expect((await list('members=folded', recused)).rows.map(({ no }) => no)).to.have.members([one, two]);
    expect((await list('members=folded', recused)).rows[0]?.merged).to.deep.equal({ lead: null, members: 0 });
  });
});

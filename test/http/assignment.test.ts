/** Assignment in a unit: many at once, assignees, the filtered worklist. */
import { expect } from 'chai';
import type { SignedIn } from '../support/people.js';
import {
  accept,
  answered,
  completeOnly,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

type Results = { results: { id: string; done: string; code?: string; detail?: string }[] };
type Items = {
  total: number;
  next: string | null;
  items: { id: string; no: string; assigned: string | null }[];
};

describe('http：承办单位的工作台', () => {
  const served = useServer();
  const task = (order: WorkOrderView) => (order.tasks[0] ?? expect.fail('nothing is open')).id;
  const officer = (name = '经办人甲') => served().people.doing('unit', name, '某水务局');
  const read = async ({ sheet }: WorkOrderView) =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${sheet.no}`)) as WorkOrderView;
  const sign = async (tasks: string[], as: SignedIn) =>
    answered('signTasks', await post(served().url, '/api/tasks/signings', { tasks }, {}, as)) as Results;
  const assign = async (tasks: string[], to: object, as: SignedIn) =>
    answered(
      'assignTasks',
      await post(served().url, '/api/tasks/assignments', { tasks, ...to }, {}, as),
    ) as Results;
  const list = async (query: string, as: SignedIn) =>
    answered('listTasks', await send(served().url, `/api/tasks?${query}`, { as })) as Items;
  const colleague = async (as: SignedIn, name: string) => {
    const { persons } = answered('listColleagues', await send(served().url, '/api/colleagues', { as })) as {
      persons: { login: string; name: string; actor: string; unit: string }[];
    };
    return persons.find((one) => one.name === name) ?? expect.fail(`${name} is no colleague`);
  };

  it('第十三条：许多件一次签收，各记各的轨迹；签不成的写明为什么，别的照签；重发不重复', async () => {
    const { url } = served();
    const [one, two, gone] = [await dispatched(url), await dispatched(url), await dispatched(url)];
    const before = task(gone);
    const as = await officer();
    await sign([before], await officer('经办人乙'));
    const tasks = [task(one), before, task(two), 'x~1', task(one)];
    const first = await sign(tasks, as);
    expect(first.results.map(({ id, done, code }) => [id, done, code])).to.deep.equal([
      [task(one), 'now', undefined],
      [before, 'refused', 'task.closed'],
      [task(two), 'now', undefined],
      ['x~1', 'refused', 'task.not-found'],
    ]);
    const signed = await read(one);
    expect(signed.trail.flatMap(({ step }) => step?.deeds ?? [])).to.include('matter.received');
    expect(signed.trail.at(-1)?.actor).to.match(/^经办人甲/);
    const again = await sign(tasks, as);
    expect(again.results.map(({ done }) => done)).to.deep.equal(['before', 'refused', 'before', 'refused']);
    expect(await read(one)).to.deep.equal(signed);
    // Signing does not complete a task that is another deed.
    const later = await sign([task(signed)], as);
    expect(later.results[0]).to.include({ done: 'refused', code: 'input.invalid' });
  });

  it('第十条：别的单位的、热线自己的，不能签收，也不能分派', async () => {
    const { url, people } = served();
    const order = await dispatched(url);
    const foreign = await people.doing('unit', '某城管局经办人', '某城管局');
    for (const { results } of [
      await sign([task(order)], foreign),
      await assign([task(order)], { team: '抢修组' }, foreign),
    ]) {
      expect(results[0]).to.include({ done: 'refused', code: 'task.not-found' });
    }
    const own = await accept(url);
    const as = await officer();
    expect((await assign([task(own)], { team: '抢修组' }, as)).results[0]).to.include({ done: 'refused' });
    expect((await read(order)).trail.map(({ type }) => type)).not.to.include('sheet.assigned');
  });

  it('分给本单位的人：记入轨迹一次，期限和责任不变；筛选“分给我的”“没有分派的”“某人的”', async () => {
    const { url } = served();
    const [one, two] = [await dispatched(url), await dispatched(url)];
    const [as, other] = [await officer(), await officer('经办人乙')];
    const yi = await colleague(as, '经办人乙');
    const before = await read(one);
    expect((await assign([task(one)], { person: yi.login }, as)).results[0]?.done).to.equal('now');
    expect((await assign([task(one)], { person: yi.login }, as)).results[0]?.done).to.equal('before');
    const after = await read(one);
    expect(after.trail.slice(before.trail.length)).to.have.length(1);
    const entry = after.trail.at(-1);
    expect(entry).to.include({ type: 'sheet.assigned', title: `分派给 ${yi.actor}` });
    expect(JSON.parse(entry?.body ?? '')).to.include({ unit: '某水务局', person: yi.actor });
    const { assignments, ...rest } = after;
    expect(assignments.map(({ unit, to, by }) => [unit, to, by])).to.deep.equal([
      ['某水务局', yi.actor, entry?.actor],
    ]);
    expect({ ...rest, trail: [], chain: null, assignments: [] }).to.deep.equal({
      ...before,
      ...{ trail: [], chain: null },
    });
    const mine = await list('assigned=mine', other);
    expect(mine.items.map(({ no, assigned }) => [no, assigned])).to.deep.equal([[one.sheet.no, yi.actor]]);
    expect(mine.total).to.equal(1);
    const open = await list('assigned=nobody&limit=200', as);
    expect(open.items.map(({ no }) => no))
      .to.include(two.sheet.no)
      .and.not.to.include(one.sheet.no);
    expect(open.total).to.equal(open.items.length);
    expect((await list(`assignee=${encodeURIComponent(yi.actor)}`, as)).total).to.equal(1);
    expect((await list('assigned=mine', as)).total).to.equal(0);
  });

  it('分给一个组、改分、收回；本单位没有的人不能分', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const as = await officer();
    const team = '<b>抢修组</b>';
    await assign([task(order)], { team }, as);
    const colleagues = answered('listColleagues', await send(url, '/api/colleagues', { as }));
    expect(colleagues).to.have.property('teams').that.includes(team);
    expect((await list(`assignee=${encodeURIComponent(team)}`, as)).items[0]).to.include({ assigned: team });
    const stranger = await post(
      url,
      '/api/tasks/assignments',
      { tasks: [task(order)], person: 'nobody' },
      {},
      as,
    );
    expect(problemIn(stranger)).to.include({ status: 404, code: 'person.not-found', where: 'person' });
    expect((await assign([task(order)], { nobody: true }, as)).results[0]?.done).to.equal('now');
    expect((await list(`assignee=${encodeURIComponent(team)}`, as)).total).to.equal(0);
    for (const body of [
      { tasks: [] },
      { tasks: [task(order)] },
      { tasks: [task(order)], team: '', person: 'x' },
      { tasks: [task(order)], team: '组'.repeat(61) },
      { tasks: Array.from({ length: 101 }, String), team: '组' },
    ]) {
      expect(problemIn(await post(url, '/api/tasks/assignments', body, {}, as)).status).to.equal(400);
    }
  });

  it('按渠道、类别、属地、语言、分类筛选，各灯号的数随之而变；翻页不漏不重', async () => {
    const { url, people } = served();
    const asker = { ...waterCut, channel: 'wechat', kind: 'complaint', district: '甲区', language: 'en' };
    for (let count = 0; count < 3; count++) {
      const registered = await completeOnly(url, await accept(url, asker), {
        conduct: 'orderly',
        accusation: 'matter',
      });
      const decided = await completeOnly(url, registered, { wayOut: 'dispatch' });
      await completeOnly(url, decided, { unit: '某水务局' });
    }
    const viewers = [await officer(), await people.doing('supervisor', '督办员甲')];
    for (const as of viewers) {
      for (const query of ['channel=wechat', 'kind=complaint', 'district=甲区', 'language=en']) {
        const found = await list(encodeURI(query), as);
        expect(found, query).to.include({ total: 3 });
        expect(found.items, query).to.have.length(3);
      }
      expect((await list(encodeURI('district=乙区'), as)).total).to.equal(0);
      expect((await list('class=nowhere', as)).total).to.equal(0);
      const nos: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: Items = await list(`channel=wechat&limit=1${next === '' ? '' : `&cursor=${next}`}`, as);
        nos.push(...page.items.map(({ no }) => no));
        next = page.next;
      }
      expect(new Set(nos).size).to.equal(3);
    }
  });

  it('排序：先受理的、新受理的，按属地、分派；一页一页读也是这个次序，不漏不重；换了次序的翻页标记不收', async () => {
    const { url, people } = served();
    const [jia, overseer] = [await officer(), await people.doing('supervisor', '督办员甲')];
    const made: string[] = [];
    const answers = { conduct: 'orderly', wayOut: 'dispatch', unit: '某水务局', dispatchBasis: 'duty' };
    for (const district of ['丙区', '甲区', '乙区', '甲区'])
      made.push((await accept(url, { ...waterCut, channel: 'weibo', district, answers })).sheet.no);
    const [first = '', second = '', third = '', fourth = ''] = made;
    const taskOf = async (no: string) =>
      (await list('channel=weibo', jia)).items.find((one) => one.no === no)?.id ?? expect.fail(no);
    await assign([await taskOf(third)], { team: '乙组' }, jia);
    await assign([await taskOf(first)], { team: '甲组' }, jia);
    const sorted = async (sort: string, as: SignedIn, limit = 1) => {
      const nos: string[] = [];
      let next: string | null = null;
      do {
        const onward: string = next === null ? '' : `&cursor=${next}`;
        const page = await list(
          encodeURI(`channel=weibo&unit=某水务局&sort=${sort}&limit=${limit}${onward}`),
          as,
        );
        nos.push(...page.items.map(({ no }) => no));
        ({ next } = page);
      } while (next !== null);
      return nos;
    };
    for (const as of [jia, overseer]) {
      for (const limit of [1, 3, 50]) {
        expect(await sorted('oldest', as, limit)).to.deep.equal(made);
        expect(await sorted('newest', as, limit)).to.deep.equal(made.toReversed());
        const byDistrict = await sorted('district', as, limit);
        expect([...byDistrict].sort()).to.deep.equal([...made].sort());
        const [one, other] = [byDistrict.indexOf(second), byDistrict.indexOf(fourth)];
        expect(Math.abs(one - other), '同一属地的在一起').to.equal(1);
        const byAssignee = await sorted('assignee', as, limit);
        expect(byAssignee.slice(0, 2), '还没有分派的在前').to.have.members([second, fourth]);
        expect(await sorted('class', as, limit)).to.have.members(made);
      }
    }
    const { next } = await list('sort=oldest&limit=1', jia);
    const other = problemIn(await send(url, `/api/tasks?sort=newest&cursor=${next}`, { as: jia }));
    expect(other).to.include({ status: 400, code: 'input.invalid' });
    const tooMany = problemIn(await send(url, '/api/tasks?sort=district', { as: overseer }));
    expect(tooMany).to.include({ status: 400, code: 'input.invalid' });
    expect((await list('sort=district', jia)).items).not.to.have.length(0);
  });

  it('存视图：自己的、给本单位共用的，打开待办就用的至多一个；别的单位看不到，别人的删不了；号码和查找的词不存', async () => {
    const { url, people } = served();
    const [jia, yi] = [await officer('经办人甲'), await officer('经办人乙')];
    const stranger = await people.doing('unit', '城管经办人', '某城管局');
    type Views = { items: { name: string; own: boolean; standard: boolean; choice: object }[] };
    const views = async (as: SignedIn) =>
      (answered('listViews', await send(url, '/api/worklist/views', { as })) as Views).items;
    const put = (body: object, as: SignedIn) =>
      send(url, '/api/worklist/views', {
        method: 'PUT',
        as,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const save = async (body: object, as: SignedIn) => answered('saveView', await put(body, as)) as Views;
    await save({ name: '微信的', choice: { channel: 'wechat', sort: 'newest' }, standard: true }, jia);
    await save({ name: '没人管的', choice: { assigned: 'nobody' }, shared: true, standard: true }, jia);
    expect((await views(jia)).map(({ name, standard }) => [name, standard])).to.have.deep.members([
      ['微信的', false],
      ['没人管的', true],
    ]);
    const [theirs, ...others] = await views(yi);
    expect(others).to.deep.equal([]);
    expect(theirs).to.deep.include({
      name: '没人管的',
      own: false,
      standard: false,
      choice: { assigned: 'nobody' },
    });
    expect(await views(stranger)).to.deep.equal([]);
    const remove = async (name: string, as: SignedIn) =>
      answered('removeView', await post(url, '/api/worklist/views/removals', { name }, {}, as));
    await remove('没人管的', yi);
    await remove('没人管的', stranger);
    expect(await views(jia)).to.have.length(2);
    const again = { assigned: 'nobody', district: '甲区', members: 'all' };
    await save({ name: '没人管的', choice: again }, jia);
    expect((await views(jia)).map(({ choice }) => choice)).to.deep.include(again);
    expect(await views(yi)).to.deep.equal([]);
    for (const body of [
      { name: '13800001111', choice: {} },
      { name: '找人', choice: { q: '13800001111' } },
      { name: '找人', choice: { unit: '138 0000 1111' } },
      { name: '找人', choice: { district: '0531-8765-4321' } },
      { name: '找人', choice: { sort: 'x' } },
    ]) {
      expect(problemIn(await put(body, jia)), JSON.stringify(body)).to.include({ status: 400 });
    }
    await remove('没人管的', jia);
    await remove('微信的', jia);
    expect(await views(jia)).to.deep.equal([]);
  });
});

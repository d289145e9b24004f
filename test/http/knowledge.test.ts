import { expect } from 'chai';
import {
  accept,
  answered,
  post,
  problemIn,
  registered,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';
import { plainTrails } from '../support/entries.js';

const heating = {
  unit: '某热力集团',
  title: '供暖时间和室温标准',
  body: '每年十一月十五日至次年三月十五日供暖，室内温度不低于十八度；不热可报修。',
  reviewOn: '2026-03-10',
};

interface Detail {
  id: number;
  version: number;
  state: string;
  overdue: boolean;
  history: { version: number; title: string; writtenBy: string; reason: string }[];
}

describe('http knowledge', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  before(() => registered(served().url, { supportingUnits: '某热力集团、某医保局' }));
  const add = async (given: object = {}) =>
    answered('addKnowledge', await post(served().url, '/api/knowledge', { ...heating, ...given })) as Detail;

  it('第三十四条：新写、改写、撤下都留版本和轨迹，不能删除', async () => {
    const { url, system } = served();
    const { id } = await add();
    const path = `/api/knowledge/${id}`;
    const rewritten = { ...heating, title: '供暖时间', basedOn: 1, reason: '标准改了' };
    expect((await post(url, `${path}/versions`, rewritten)).status).to.equal(201);
    expect(problemIn(await post(url, `${path}/versions`, rewritten))).to.include({
      status: 409,
      code: 'knowledge.stale',
    });
    await post(url, `${path}/withdrawal`, { basedOn: 2, reason: '并入别条' });
    const detail = answered('readKnowledge', await send(url, path)) as Detail;
    expect(detail).to.include({ version: 3, state: 'withdrawn', overdue: false });
    expect(detail.history.map(({ version, title, writtenBy }) => [version, title, writtenBy])).to.deep.equal([
      [3, '供暖时间', '受理员甲（p1）'],
      [2, '供暖时间', '受理员甲（p1）'],
      [1, '供暖时间和室温标准', '受理员甲（p1）'],
    ]);
    const trail = await system.database.transaction(async (transaction) => ({
      entries: (await plainTrails(system.trail, transaction, ['knowledge'])).get('knowledge') ?? [],
      verdict: await system.trail.verify(transaction, 'knowledge'),
    }));
    expect(trail.entries.map(({ type }) => type)).to.deep.equal([
      'knowledge.written',
      'knowledge.written',
      'knowledge.withdrawn',
    ]);
    expect(trail.verdict.holds).to.equal(true);
    for (const sql of [
      'DELETE FROM hotline.knowledge_entry',
      'DELETE FROM hotline.knowledge_version',
      "UPDATE hotline.knowledge_version SET title = 'x'",
    ]) {
      const error = await system.database
        .transaction((transaction) => transaction.query(sql))
        .catch((cause: unknown) => cause);
      expect(error).to.have.property('code', '42501');
    }
  });

  it('查得到：按文字、按分类；撤下的查不到', async () => {
    const { url } = served();
    const { id } = await add({
      title: '公交老年卡办理',
      body: '年满六十五周岁，持身份证到公交服务点办理。',
      class: '0401010101',
    });
    const search = async (query: string) =>
      (
        answered('searchKnowledge', await send(url, `/api/knowledge/search?${query}`)) as {
          items: { id: number; similarity: number }[];
        }
      ).items;
    const found = await search(`question=${encodeURIComponent('老年卡怎么办理')}`);
    expect(found[0]).to.include({ id });
    expect(found[0]?.similarity).to.be.greaterThan(0.12);
    expect((await search(`question=${encodeURIComponent('年卡')}`)).map((one) => one.id)).to.deep.equal([id]);
    expect((await search(`question=zzz&class=0401010101`)).map((one) => one.id)).to.deep.equal([id]);
    const { id: water } = await add({ title: '停水怎样通知', body: '计划停水提前一日通知。' });
    const english = await search('question=There%20is%20no%20water%20in%20our%20building');
    expect(english.map((one) => one.id))
      .to.include(water)
      .and.not.include(id);
    await post(url, `/api/knowledge/${id}/withdrawal`, { basedOn: 1, reason: '停办' });
    expect(await search(`question=${encodeURIComponent('老年卡怎么办理')}`)).to.deep.equal([]);
  });

  it('第二十八条第三项：复核日期过了的列得出来，可以在工单上交督办', async () => {
    const { url, system } = served();
    const { id } = await add({ title: '医保报销比例', unit: '某医保局' });
    const overdue = async () =>
      (
        answered('listKnowledge', await send(url, '/api/knowledge?overdue=true')) as {
          items: { id: number; overdue: boolean }[];
        }
      ).items;
    system.clock.moveTo(new Date('2026-03-10T23:59:00+08:00'));
    expect(await overdue()).to.deep.equal([]);
    system.clock.moveTo(new Date('2026-03-11T00:00:00+08:00'));
    expect(await overdue()).to.deep.include.members([(await overdue()).find((one) => one.id === id)]);
    const { sheet } = await accept(url);
    const reply = await post(url, `/api/knowledge/${id}/supervision`, {
      workOrder: sheet.no,
      reason: '答复时发现比例已改',
    });
    const order = answered('superviseKnowledge', reply) as WorkOrderView;
    expect(order.tasks.map(({ element }) => element)).to.include('Task_StateGround');
    const none = await post(url, `/api/knowledge/${id}/supervision`, { workOrder: 'x', reason: '无' });
    expect(problemIn(none)).to.include({ status: 404, code: 'case.not-found' });
  });

  it('坏的输入：日期已过、分类没有、编号没有，都说得清，没有留下什么', async () => {
    const { url } = served();
    const total = async () =>
      (answered('listKnowledge', await send(url, '/api/knowledge?limit=1')) as { total: number }).total;
    const before = await total();
    for (const [given, status, code] of [
      [{ reviewOn: '2025-01-01' }, 422, 'knowledge.invalid'],
      [{ reviewOn: '2026-02-30' }, 400, 'input.invalid'],
      [{ reviewOn: '2027-01-01', class: '没有' }, 422, 'classification.unknown'],
      [{ reviewOn: '2027-01-01', unit: '没有这个集团' }, 422, 'unit.not-found'],
    ] as const) {
      expect(problemIn(await post(url, '/api/knowledge', { ...heating, ...given }))).to.include({
        status,
        code,
      });
    }
    expect(problemIn(await send(url, '/api/knowledge/999'))).to.include({
      status: 404,
      code: 'knowledge.not-found',
    });
    expect(problemIn(await send(url, '/api/knowledge/x')).status).to.equal(400);
    expect(await total()).to.equal(before);
  });
  it('第十三条：承办单位只写、只改、只撤本单位的条目', async () => {
    const { url, people } = served();
    const { id } = await add({ reviewOn: '2027-01-01' });
    const own = await people.doing('unit', '热力经办', '某热力集团');
    const foreign = await people.doing('unit', '医保经办', '某医保局');
    const text = { ...heating, reviewOn: '2027-06-01', basedOn: 1, reason: '更新' };
    for (const reply of [
      await post(url, '/api/knowledge', { ...heating, reviewOn: '2027-01-01' }, {}, foreign),
      await post(url, `/api/knowledge/${id}/versions`, text, {}, foreign),
      await post(url, `/api/knowledge/${id}/versions`, { ...text, unit: '某医保局' }, {}, own),
      await post(url, `/api/knowledge/${id}/withdrawal`, { basedOn: 1, reason: '撤' }, {}, foreign),
    ]) {
      expect(problemIn(reply)).to.include({ status: 403, code: 'access.denied', where: 'unit' });
    }
    answered('rewriteKnowledge', await post(url, `/api/knowledge/${id}/versions`, text, {}, own));
  });
});

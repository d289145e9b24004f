/** Public knowledge: only marked entries, only title and text, only while up to date. */
import { expect } from 'chai';
import { plainTrails } from '../support/entries.js';
import { answered, post, problemIn, registered, send, useServer } from './serving.js';

const card = {
  unit: '市公交公司',
  title: '公交老年卡办理',
  body: '年满六十五周岁，持身份证到公交服务点办理。',
  reviewOn: '2026-03-10',
};

interface Answer {
  readonly title: string;
  readonly body: string;
  readonly writtenAt: string;
}

describe('第三十四条：公众查找知识库', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  before(() => registered(served().url, { supportingUnits: '市公交公司' }));

  const write = async (given: object = {}) =>
    answered('addKnowledge', await post(served().url, '/api/knowledge', { ...card, ...given })) as {
      id: number;
      forPublic: boolean;
    };
  const anonymous = (question: unknown) =>
    post(served().url, '/api/caller-filing/answers', { question }, {}, 'nobody');
  const find = async (question: string) =>
    (answered('searchPublicKnowledge', await anonymous(question)) as { items: Answer[] }).items;

  it('不写公开的不公开；公开的按整句、按两个字都找得到，只有标题、正文、写的时刻', async () => {
    const { forPublic } = await write();
    expect(forPublic).to.equal(false);
    expect(await find('老年卡怎么办理')).to.deep.equal([]);
    expect(await find('年卡')).to.deep.equal([]);
    await write({ forPublic: true, title: '老年卡办理指南', reason: '内部：先问内勤' });
    const told = {
      title: '老年卡办理指南',
      body: card.body,
      writtenAt: '2026-03-02T10:00:00+08:00',
    };
    expect(await find('老年卡怎么办理')).to.deep.equal([told]);
    expect(await find('年卡')).to.deep.equal([told]);
    expect(await find('停水通知')).to.deep.equal([]);
  });

  it('外文的问题，按它说的是什么事找得到；说不清的没有', async () => {
    await write({ forPublic: true, title: '停水怎样通知', body: '计划停水提前一日通知。' });
    for (const question of ['There is no water in our building', "Coupure d'eau"]) {
      expect(
        (await find(question)).map(({ title }) => title),
        question,
      ).to.deep.equal(['停水怎样通知']);
    }
    expect(await find('zzz qqq')).to.deep.equal([]);
  });

  it('公开、不再公开各是一版、一条轨迹；改写时不写公开的，不再公开；撤下的查不到', async () => {
    const { url, system } = served();
    const { id } = await write({ forPublic: true, title: '供暖缴费', body: '供暖费在线缴纳。' });
    expect(await find('供暖缴费')).to.have.length(1);
    const next = { ...card, title: '供暖缴费', body: '供暖费在线缴纳。', reason: '核对' };
    answered('rewriteKnowledge', await post(url, `/api/knowledge/${id}/versions`, { ...next, basedOn: 1 }));
    expect(await find('供暖缴费')).to.deep.equal([]);
    const again = { ...next, basedOn: 2, forPublic: true };
    const detail = answered('rewriteKnowledge', await post(url, `/api/knowledge/${id}/versions`, again)) as {
      history: { forPublic: boolean }[];
    };
    expect(detail.history.map(({ forPublic }) => forPublic)).to.deep.equal([true, false, true]);
    expect(await find('供暖缴费')).to.have.length(1);
    await post(url, `/api/knowledge/${id}/withdrawal`, { basedOn: 3, reason: '停办' });
    expect(await find('供暖缴费')).to.deep.equal([]);
    const entries = await system.database.transaction((one) => plainTrails(system.trail, one, ['knowledge']));
    const marks = (entries.get('knowledge') ?? [])
      .filter(({ body }) => body.entry === id)
      .map(({ type, body }) => [type, body.forPublic]);
    expect(marks).to.deep.equal([
      ['knowledge.written', true],
      ['knowledge.written', false],
      ['knowledge.written', true],
      ['knowledge.withdrawn', true],
    ]);
  });

  it('过了复核日期的，公众查不到，内部仍查得到', async () => {
    const { url, system } = served();
    await write({ forPublic: true, title: '医保报销比例', body: '门诊报销比例见附表。' });
    system.clock.moveTo(new Date('2026-03-10T23:59:00+08:00'));
    expect(await find('医保报销')).to.have.length(1);
    system.clock.moveTo(new Date('2026-03-11T00:00:00+08:00'));
    expect(await find('医保报销')).to.deep.equal([]);
    const path = `/api/knowledge/search?question=${encodeURIComponent('医保报销')}`;
    const { items } = answered('searchKnowledge', await send(url, path)) as { items: object[] };
    expect(items).to.have.length(1);
  });

  it('不像样的问题逐样说明；一个地址一小时三百次，再多的请它等', async () => {
    const { system } = served();
    for (const question of ['', ' ', 'x'.repeat(201), 7, null, '\u0000', ['停水']]) {
      expect(problemIn(await anonymous(question)).status, JSON.stringify(question)).to.equal(400);
    }
    system.clock.moveTo(new Date(system.clock.now().getTime() + 61 * 60_000));
    await find('停水');
    const counted = await system.database.pool.query(
      "UPDATE hotline.sign_in_failure SET count = count + 299 WHERE subject LIKE 'asking address%'",
    );
    expect(counted.rowCount).to.equal(1);
    expect(problemIn(await anonymous('停水'))).to.include({ status: 429, code: 'request.too-many' });
    system.clock.moveTo(new Date(system.clock.now().getTime() + 61 * 60_000));
    expect((await anonymous('停水')).status).to.equal(200);
    expect(served().reported).to.deep.equal([]);
  });
});

/** Corrections of an accepted sheet: who may, what is recorded, what follows, and what stays. */
import { expect } from 'chai';
import { callerFields } from '../../src/sheet/index.js';
import { eraseCaller } from '../../src/cases/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { said } from '../support/entries.js';
import {
  accept,
  answered,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

describe('更正工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const { system } = served();
    people = {
      agent: await newcomer(system, { login: 'agent', roles: ['intake'] }),
      supervisor: await newcomer(system, { login: 'boss', roles: ['supervisor'] }),
      reviewer: await newcomer(system, { login: 'shenhe9', roles: ['reviewer'] }),
      auditor: await newcomer(system, { login: 'shenji9', roles: ['auditor'] }),
      district: await newcomer(system, {
        login: 'qu',
        roles: ['supervisor'],
        unit: '历下区',
        kind: 'district',
      }),
    };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);
  const correct = (no: string, body: object, who = 'agent') =>
    post(
      served().url,
      `/api/work-orders/${no}/corrections`,
      { basedOn: 0, reason: '听写有误', ...body },
      {},
      as(who),
    );
  const corrected = async (no: string, body: object, who = 'agent') =>
    answered('correctWorkOrder', await correct(no, body, who)) as WorkOrderView;
  const read = async (no: string, who: string) =>
    answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`, { as: as(who) }),
    ) as WorkOrderView;
  const reveal = (no: string) =>
    post(
      served().url,
      `/api/work-orders/${no}/caller/reveal`,
      { purpose: 'reply', reason: '回电' },
      {},
      as('agent'),
    );

  it('语言、是否愿意收消息可以更正，原来的和更正后的照写在轨迹里', async () => {
    const { sheet } = await accept(served().url, { ...waterCut, language: 'fr' });
    expect(sheet).to.include({ language: 'fr', messagesWanted: true });
    const after = await corrected(sheet.no, { language: 'de', messagesWanted: false });
    expect(after.sheet).to.include({ language: 'de', messagesWanted: false });
    const { from, to } = said(after.trail.at(-1)) as { from: unknown; to: unknown };
    expect([from, to]).to.deep.equal([
      { language: 'fr', messagesWanted: true },
      { language: 'de', messagesWanted: false },
    ]);
    const strange = problemIn(await correct(sheet.no, { language: 'xx' }));
    expect(strange).to.include({ status: 400, where: 'language' });
  });

  it('第二十二条：标题、内容、属地、渠道改了，原来的和更正后的都在轨迹里，文字封存；编号、收到的时刻不变', async () => {
    const before = await accept(served().url, { ...waterCut, district: '历下区' });
    const { no } = before.sheet;
    served().system.clock.moveTo(new Date('2026-03-02T10:03:00+08:00'));
    const after = await corrected(no, {
      title: '小区停电',
      content: '整栋楼没有电',
      district: null,
      channel: 'wechat',
    });
    expect(after.sheet).to.include({
      no,
      title: '小区停电',
      content: '整栋楼没有电',
      district: null,
      channel: 'wechat',
      receivedAt: before.sheet.receivedAt,
    });
    const entry = after.trail.at(-1);
    expect(entry).to.include({ type: 'sheet.corrected', title: '更正工单' });
    expect(after.corrected).to.equal(entry?.seq);
    expect(said(entry)).to.deep.include({
      fields: ['title', 'content', 'district', 'channel'],
      from: { channel: 'phone' },
      to: { channel: 'wechat' },
      data: { channel: 'wechat' },
      provisions: ['art22'],
    });
    expect(entry?.body).not.to.match(/停电|停水|历下/);
    expect(entry?.sealed).to.deep.equal({
      reason: '听写有误',
      'title.from': waterCut.title,
      'title.to': '小区停电',
      'content.from': waterCut.content,
      'content.to': '整栋楼没有电',
      'district.from': '历下区',
    });
    expect(after.chain.holds).to.equal(true);
    expect(after.tasks.map(({ id }) => id)).to.deep.equal(before.tasks.map(({ id }) => id));
    expect(after.deadlines).to.deep.equal(before.deadlines);
    const found = async (q: string) =>
      (
        answered(
          'listWorkOrders',
          await send(served().url, `/api/work-orders?q=${encodeURIComponent(q)}`),
        ) as {
          items: { no: string }[];
        }
      ).items.map((one) => one.no);
    expect(await found('小区停电')).to.include(no);
    expect(await found('楼下也没有贴通知')).not.to.include(no);
  });

  it('来电人的资料：密文换新的，比对值跟着变，原来的另存，凭用途一并看到，轨迹只有摘要；删除时一并删去', async () => {
    const { url, system } = served();
    const { no } = (await accept(url, { ...waterCut, callerContact: '13811112222' })).sheet;
    const other = (await accept(url, { ...waterCut, callerContact: '13833334444' })).sheet.no;
    const after = await corrected(no, { callerContact: '13833334444', callerName: '来电人乙' });
    expect(after.sheet).to.include({ callerContact: '****4444' });
    const entry = after.trail.at(-1);
    expect(said(entry)['fields']).to.deep.equal(['callerName', 'callerContact']);
    expect(said(entry)).not.to.have.any.keys('from', 'to');
    expect(entry?.sealed).to.deep.equal({ reason: '听写有误' });
    const { sameCaller } = answered(
      'suggestIntake',
      await post(url, '/api/intake/suggestions', { contact: '138-3333-4444' }),
    ) as { sameCaller: { no: string }[] };
    expect(sameCaller.map((one) => one.no)).to.have.members([no, other]);
    served().system.clock.moveTo(new Date('2026-03-02T10:06:00+08:00'));
    expect(answered('revealCaller', await reveal(no))).to.deep.include({
      name: '来电人乙',
      contact: '13833334444',
      earlier: [
        { field: 'name', value: '来电人甲', until: '2026-03-02T10:03:00+08:00' },
        { field: 'contact', value: '13811112222', until: '2026-03-02T10:03:00+08:00' },
      ],
    });
    const boxes = async () =>
      (await system.database.pool.query('SELECT FROM hotline.caller_before WHERE work_order = $1', [no]))
        .rowCount;
    expect(await boxes()).to.equal(2);
    await eraseCaller(system, { no, reason: '来电人要求', actor: '安全管理员' });
    expect(await boxes()).to.equal(0);
    const refused = problemIn(await correct(no, { basedOn: after.corrected, callerName: '来电人丙' }));
    expect(refused).to.include({ status: 404, code: 'caller.none' });
  });

  it('数据库里把来电人资料换回更正以前的：凭更正的那一条看得出来', async () => {
    const { url, system } = served();
    const { no } = (await accept(url)).sheet;
    const columns = callerFields.join(', ');
    const { rows } = await system.database.pool.query<{ contact: Buffer }>(
      `SELECT ${columns} FROM hotline.caller WHERE work_order = $1`,
      [no],
    );
    await corrected(no, { callerContact: '13855556666' });
    expect((await reveal(no)).status).to.equal(200);
    await system.database.pool.query('UPDATE hotline.caller SET contact = $2 WHERE work_order = $1', [
      no,
      rows[0]?.contact,
    ]);
    expect(problemIn(await reveal(no))).to.include({ status: 500, code: 'caller.altered' });
  });

  it('没有留联系方式的补上了：不再算无法联系；删去了又算', async () => {
    const { url, system } = served();
    const { no } = (await accept(url, { ...waterCut, callerContact: null })).sheet;
    const noContact = async () =>
      (
        await system.database.pool.query<{ noContact: boolean }>(
          `SELECT (variables ->> 'noContact')::boolean AS "noContact" FROM hotline.process_case WHERE business_key = $1`,
          [no],
        )
      ).rows[0]?.noContact;
    expect(await noContact()).to.equal(true);
    const once = await corrected(no, { callerContact: '13877778888' });
    expect(await noContact()).to.equal(false);
    await corrected(no, { basedOn: once.corrected, callerContact: null });
    expect(await noContact()).to.equal(true);
  });

  it('第十六条：漏记的要求保密补上，承办单位从那时起看不到来电人；记错的更正回来', async () => {
    const { no } = (await dispatched(served().url)).sheet;
    people = { ...people, unit: await served().people.doing('unit', '某水务局经办人', '某水务局') };
    expect((await read(no, 'unit')).sheet.callerContact).to.equal('****1234');
    const once = await corrected(no, { confidential: true });
    expect(said(once.trail.at(-1))).to.deep.include({
      from: { confidential: false },
      to: { confidential: true },
      data: { confidential: true },
    });
    expect((await read(no, 'unit')).sheet).to.include({ callerName: null, callerContact: null });
    expect((await read(no, 'unit')).sheet.callerWithheld?.provision).to.equal('第十六条');
    await corrected(no, { basedOn: once.corrected, confidential: false });
    expect((await read(no, 'unit')).sheet).to.include({ callerContact: '****1234', callerWithheld: null });
  });

  it('两个人同时更正：后一个不收，告诉他前一个改了什么；看过再改就收', async () => {
    const { no } = (await accept(served().url)).sheet;
    const replies = await Promise.all([
      correct(no, { title: '甲改的' }),
      correct(no, { title: '乙改的', channel: 'sms' }, 'supervisor'),
    ]);
    const late = replies.find(({ status }) => status !== 200) ?? expect.fail('both were taken');
    expect(replies.filter(({ status }) => status === 200)).to.have.length(1);
    const refused = problemIn(late);
    expect(refused).to.include({ status: 409, code: 'sheet.corrected', where: 'basedOn' });
    expect(refused.changes).to.have.length(1);
    expect(refused.changes?.[0]).to.match(/^2026-03-02T10:0[36]:00\+08:00 .+ 更正了标题/);
    const { corrected: seen } = await read(no, 'agent');
    expect((await correct(no, { basedOn: seen, title: '看过再改' })).status).to.equal(200);
  });

  it('谁可以：受理的、热线督办的；承办单位、区县、审核的不可以。不看全部的只知道改了哪几项', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const { no } = order.sheet;
    people = { ...people, unit: await served().people.doing('unit', '某水务局经办人', '某水务局') };
    for (const who of ['unit', 'reviewer', 'auditor']) {
      expect(problemIn(await correct(no, { title: '改' }, who)), who).to.include({
        status: 403,
        code: 'access.denied',
      });
    }
    expect(problemIn(await correct(no, { title: '改' }, 'district')).code).to.equal('case.not-found');
    await corrected(no, { title: '别处来电人说的' }, 'supervisor');
    for (const who of ['unit', 'auditor']) {
      const order = await read(no, who);
      const entry = order.trail.at(-1);
      expect(said(entry)['fields'], who).to.deep.equal(['title']);
      expect(entry?.sealed, who).to.deep.equal({ reason: '听写有误' });
    }
    expect((await read(no, 'reviewer')).trail.at(-1)?.sealed).to.include({ 'title.from': waterCut.title });
  });

  it('什么也没有改、不能更正的项、没有这张工单：不收，什么也不写', async () => {
    const { no } = (await accept(served().url)).sheet;
    const { trail } = await read(no, 'agent');
    expect(problemIn(await correct(no, { title: waterCut.title })).code).to.equal('input.invalid');
    expect(problemIn(await correct(no, {})).code).to.equal('input.invalid');
    for (const field of [{ receivedAt: '2026-03-01T10:00:00+08:00' }, { no: 'x' }, { realm: 'replay' }]) {
      expect(problemIn(await correct(no, { title: '改', ...field })).code).to.equal('input.invalid');
    }
    expect(problemIn(await correct('x', { title: '改' })).code).to.equal('case.not-found');
    expect((await read(no, 'agent')).trail).to.have.length(trail.length);
  });

  it('须回避的人的姓名、删除资料的事由封存在轨迹旁边：热线的人看得到，承办单位看不到', async () => {
    const { url, system } = served();
    const { no } = (await dispatched(url)).sheet;
    await post(url, `/api/work-orders/${no}/recusals`, { persons: '没有帐号的某人' }, {}, as('agent'));
    await eraseCaller(system, { no, reason: '来电人要求删除', actor: '安全管理员' });
    const sealed = async (who: string) =>
      (await read(no, who)).trail.flatMap(({ type, sealed }) =>
        ['person.recused', 'caller.erased'].includes(type) ? [sealed] : [],
      );
    expect(await sealed('agent')).to.deep.equal([
      { persons: '没有帐号的某人' },
      { reason: '来电人要求删除' },
    ]);
    people = { ...people, unit: await served().people.doing('unit', '某水务局经办人', '某水务局') };
    expect(await sealed('unit')).to.deep.equal([{}, {}]);
  });

  it('办结以后也可以更正，工单仍是办结的', async () => {
    const { url } = served();
    const ended = await accept(url, {
      ...waterCut,
      answers: { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '已告知' },
    });
    const after = await corrected(ended.sheet.no, { district: '市中区' });
    expect(after).to.include({ state: 'ended', endedAt: ended.endedAt });
    expect(after.sheet.district).to.equal('市中区');
  });
});

/** Internal notes: who writes, who reads, what is struck out, and that they stay internal. */
import { expect } from 'chai';
import { runRetention } from '../../src/cases/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
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

describe('内部备注', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const { system, people: known } = served();
    const person = (login: string, role: 'intake' | 'reviewer' | 'supervisor' | 'assessor' | 'auditor') =>
      newcomer(system, { login, roles: [role] });
    people = {
      agent: await person('agent', 'intake'),
      reviewer: await person('reviewer', 'reviewer'),
      supervisor: await person('supervisor', 'supervisor'),
      assessor: await person('assessor', 'assessor'),
      auditor: await person('auditor', 'auditor'),
      inspector: await known.doing('inspector', '监察甲'),
      unit: await known.doing('unit', '经办人', '某水务局'),
      other: await newcomer(system, {
        login: 'other',
        roles: ['handler'],
        unit: '某城管局',
        kind: 'department',
      }),
    };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);
  const add = (no: string, text: unknown, who = 'agent') =>
    post(served().url, `/api/work-orders/${no}/notes`, { text }, {}, as(who));
  const added = async (no: string, text: string, who = 'agent') =>
    answered('addNote', await add(no, text, who)) as WorkOrderView;
  const strike = (no: string, entry: number | string, who = 'agent') =>
    send(served().url, `/api/work-orders/${no}/notes/${entry}/striking-out`, {
      method: 'POST',
      as: as(who),
    });
  const read = async (no: string, who: string) =>
    answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`, { as: as(who) }),
    ) as WorkOrderView;
  const notesIn = ({ trail }: WorkOrderView) => trail.filter(({ type }) => type === 'note.added');
  const textsFor = async (no: string, who: string) =>
    notesIn(await read(no, who)).map(({ sealed }) => sealed['note']);

  it('热线、承办单位、监察机关互相写，看得到工单的都看得到，后写的在后；文字封存，链完整，待办和期限不变', async () => {
    const before = await dispatched(served().url);
    const { no } = before.sheet;
    const writers = ['agent', 'unit', 'reviewer', 'supervisor', 'inspector'];
    for (const who of writers) await added(no, `${who} 写的\n第二行`, who);
    for (const who of [...writers, 'assessor', 'auditor'])
      expect(await textsFor(no, who), who).to.deep.equal(writers.map((one) => `${one} 写的\n第二行`));
    const after = await read(no, 'unit');
    const entry = after.trail.at(-1);
    expect(entry).to.include({ type: 'note.added', title: '内部备注', actor: as('inspector').actor });
    expect(entry?.body).not.to.include('写的');
    expect(said(entry)).to.deep.include({ provisions: ['art22'] });
    expect(after.chain.holds).to.equal(true);
    expect(after.tasks.map(({ id }) => id)).to.deep.equal(before.tasks.map(({ id }) => id));
    expect(after.deadlines).to.deep.equal(before.deadlines);
  });

  it('考核、审计只看不写；别的单位、须回避的人当这张工单不存在', async () => {
    const { no } = (await dispatched(served().url)).sheet;
    await added(no, '只给办这件事的人看');
    for (const who of ['assessor', 'auditor'])
      expect(problemIn(await add(no, '试', who)), who).to.include({ status: 403, code: 'access.denied' });
    expect(problemIn(await add(no, '试', 'other')).code).to.equal('case.not-found');
    const path = `/api/work-orders/${no}/recusals`;
    expect((await post(served().url, path, { persons: 'supervisor' }, {}, as('agent'))).status).to.equal(200);
    for (const who of ['other', 'supervisor']) {
      for (const reply of [
        await add(no, '试', who),
        await send(served().url, `/api/work-orders/${no}`, { as: as(who) }),
        await send(served().url, `/api/work-orders/${no}/trail`, { as: as(who) }),
      ]) {
        expect(problemIn(reply).code, who).to.equal('case.not-found');
        expect(reply.text).not.to.include('只给办这件事的人看');
      }
    }
    expect(await textsFor(no, 'agent')).to.deep.equal(['只给办这件事的人看']);
  });

  it('同样的话紧接着再发、同时发，仍是一条；别人写的、中间隔了别的，另是一条', async () => {
    const { no } = (await accept(served().url)).sheet;
    await Promise.all([added(no, '等回电'), added(no, ' 等回电 ')]);
    expect(await textsFor(no, 'agent')).to.deep.equal(['等回电']);
    await added(no, '等回电', 'reviewer');
    await added(no, '等回电');
    expect(await textsFor(no, 'agent')).to.deep.equal(['等回电', '等回电', '等回电']);
  });

  it('写的人划去：别人看不到文字，自己看得到；轨迹里两条都在，链完整；再划、再写都可以', async () => {
    const { no } = (await dispatched(served().url)).sheet;
    const note = notesIn(await added(no, '写错了地方'))[0] ?? expect.fail('no note');
    const { seq } = note;
    expect(problemIn(await strike(no, seq, 'unit'))).to.include({ status: 403, code: 'access.denied' });
    expect(await textsFor(no, 'unit')).to.deep.equal(['写错了地方']);
    const after = answered('strikeNote', await strike(no, seq)) as WorkOrderView;
    expect(after.trail.at(-1)).to.include({ type: 'note.struck', title: '划去内部备注' });
    expect(said(after.trail.at(-1))).to.deep.include({ note: seq, actor: as('agent').actor });
    answered('strikeNote', await strike(no, seq));
    expect(await textsFor(no, 'agent')).to.deep.equal(['写错了地方']);
    for (const who of ['unit', 'reviewer', 'supervisor', 'inspector', 'auditor'])
      expect(await textsFor(no, who), who).to.deep.equal([undefined]);
    const seen = await read(no, 'unit');
    expect(seen.trail.filter(({ type }) => type === 'note.struck')).to.have.length(1);
    expect(seen.trail.find((one) => one.seq === seq)?.body).to.equal(note.body);
    expect(seen.chain.holds).to.equal(true);
    const trail = await send(served().url, `/api/work-orders/${no}/trail`, { as: as('unit') });
    expect(trail.text).not.to.include('写错了地方');
    await added(no, '写错了地方');
    expect(await textsFor(no, 'unit')).to.deep.equal([undefined, '写错了地方']);
  });

  it('不是备注的条目、没有的条目、没有的工单、空的、超过二千字的：不收，什么也不写', async () => {
    const { no } = (await accept(served().url)).sheet;
    const { trail } = await read(no, 'agent');
    expect(problemIn(await strike(no, 1))).to.include({ status: 404, code: 'note.not-found' });
    expect(problemIn(await strike(no, 999)).code).to.equal('note.not-found');
    for (const entry of ['0', '-1', 'x', '1.5', '99999999999'])
      expect(problemIn(await strike(no, entry)).code, entry).to.equal('input.invalid');
    expect(problemIn(await strike('none', 1)).code).to.equal('case.not-found');
    expect(problemIn(await add('none', '试')).code).to.equal('case.not-found');
    for (const text of ['', '  \n ', '字'.repeat(2001), '\u0000', 5, null])
      expect(problemIn(await add(no, text)).status, JSON.stringify(text).slice(0, 20)).to.equal(400);
    expect((await read(no, 'agent')).trail).to.have.length(trail.length);
    await added(no, '字'.repeat(2000));
  });

  it('不出门：来电人的进度、其他系统的令牌、导出里没有，库里没有明文，后台任务做完也没有', async () => {
    const { url, system } = served();
    const accepted = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', waterCut),
    ) as WorkOrderView & {
      readonly callerSecret: string;
    };
    const { no } = accepted.sheet;
    const text = '备注里的暗号丁卯';
    await added(no, text);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();

    const progress = await post(url, '/api/progress', { no, secret: accepted.callerSecret });
    expect(progress.status).to.equal(200);
    const officer = await newcomer(system, { login: 'anquan', roles: ['security-admin'] });
    const { id } = answered(
      'addSystem',
      await post(url, '/api/systems', { name: '数据平台' }, {}, officer),
    ) as { id: number };
    const scopes = { scopes: ['work-orders:read', 'work-orders:all'], days: 9 };
    const { secret } = answered(
      'issueToken',
      await post(url, `/api/systems/${id}/tokens`, scopes, {}, officer),
    ) as { secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    const order = await send(url, `/api/work-orders/${no}`, { as: 'nobody', headers });
    expect(notesIn(answered('readWorkOrder', order) as WorkOrderView)).to.have.length(1);
    const trail = await send(url, `/api/work-orders/${no}/trail`, { as: 'nobody', headers });
    for (const reply of [progress, order, trail]) expect(reply.text).not.to.include(text);

    const wanted = { no, format: 'csv', purpose: '审计' };
    const one = answered(
      'orderTrailExport',
      await post(url, '/api/trail/exports', wanted, {}, as('auditor')),
    ) as { id: number };
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const file = await send(url, `/api/trail/exports/${one.id}/files/1`, { as: as('auditor') });
    expect(file.text).to.include(',内部备注,').and.not.include(text);

    const { rows: tables } = await system.database.pool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname = 'hotline' AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')`,
    );
    expect(tables.length).to.be.greaterThan(30);
    for (const { name } of tables) {
      const { rows } = await system.database.pool.query<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t`,
      );
      expect(
        rows.filter(({ row }) => row.includes(text)),
        name,
      ).to.deep.equal([]);
    }
  });

  it('办结以后也可以写；随封存的文字到期删除，条目和链照旧', async () => {
    const { url, system } = served();
    const { no } = (
      await accept(url, {
        ...waterCut,
        answers: { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '已告知' },
      })
    ).sheet;
    expect((await added(no, '归档前看过')).state).to.equal('ended');
    system.clock.moveTo(new Date('2031-06-02T10:00:00+08:00'));
    await runRetention(system, '管理员甲');
    const later = await newcomer(system, { login: 'later', roles: ['intake'] });
    people = { ...people, later };
    const after = await read(no, 'later');
    expect(notesIn(after).map(({ sealed }) => sealed)).to.deep.equal([{}]);
    expect(after.trail.some(({ type }) => type === 'texts.erased')).to.equal(true);
    expect(after.chain.holds).to.equal(true);
  });
});

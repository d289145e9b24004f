/** A unit that turns out to be complained of, or whose recusal is demanded, while it has the sheet (Art. 32). */
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { asViewer } from '../../src/platform/database/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import {
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

type Seen = z.input<(typeof operations.listSeenBeforeRecusal.answers)[200]['schema']>;

describe('第三十二条：后来才知道的回避，单位从登记起哪里都看不到', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const { system } = served();
    const { people: register } = system.identity;
    const person = (login: string, role: 'handler' | 'intake' | 'supervisor' | 'auditor', unit?: string) =>
      newcomer(system, {
        login,
        roles: [role],
        ...(unit === undefined ? {} : { unit, kind: 'department' as const }),
      });
    people = {
      own: await person('own', 'handler', '某水务局'),
      other: await person('other', 'handler', '某城管局'),
      agent: await person('agent', 'intake'),
      supervisor: await person('supervisor', 'supervisor'),
      auditor: await person('auditor', 'auditor'),
    };
    await register.addUnit({ name: '某水务局营业所', kind: 'enterprise', parent: '某水务局' }, '测试');
    people = { ...people, branch: await person('branch', 'handler', '某水务局营业所') };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);

  const handed = async (more: object = {}): Promise<WorkOrderView> => {
    const { url } = served();
    const about = { ...waterCut, title: '阀门井盖丢失', callerContact: '13912345678' };
    const order = answered('acceptRequest', await post(url, '/api/work-orders', about)) as WorkOrderView;
    const noted = await completeOnly(url, order, { conduct: 'orderly', confidential: false, ...more });
    const decided = await completeOnly(url, noted, { wayOut: 'dispatch' });
    return completeOnly(url, decided, { unit: '某水务局' });
  };
  const told = (no: string, message: string, answers: object, who: string) =>
    post(served().url, `/api/work-orders/${no}/messages`, { message, answers }, {}, as(who));
  const state = (no: string, units: string, who = 'agent') =>
    told(
      no,
      'recusal-stated',
      { withdrawingUnits: units, recusalBasis: 'accused', recusalFacts: '来电人补充说明' },
      who,
    );
  const demand = (no: string, units = '某水务局') =>
    told(no, 'recusal-demanded', { demandedUnits: units, demandReason: '与承办人有亲属关系' }, 'agent');
  /** Everywhere that lists sheets, and the sheet itself. */
  const placesOf = async (no: string, who: string): Promise<readonly string[]> => {
    const { url, system } = served();
    const inbox = encodeURIComponent('unit:某水务局');
    const lists = [
      '/api/work-orders',
      `/api/work-orders?q=${encodeURIComponent('井盖')}`,
      '/api/tasks?limit=200',
      '/api/tasks?limit=200&scope=mine',
      '/api/board/columns/none/cards',
      ...(who === 'own' ? [`/api/notifications?recipient=${inbox}`] : []),
    ];
    const seen: string[] = [];
    for (const path of lists) {
      if ((await send(url, path, { as: as(who) })).text.includes(no)) seen.push(path);
    }
    for (const path of [
      `/api/work-orders/${no}`,
      `/api/work-orders/${no}/trail`,
      `/api/work-orders/${no}/duties`,
    ]) {
      const reply = await send(url, path, { as: as(who) });
      if (reply.status === 200) seen.push(path);
      else expect(problemIn(reply).code, path).to.equal('case.not-found');
    }
    const viewer = await system.identity.sessions.watcher(as(who).secret);
    const units = viewer?.sight.kind === 'units' ? viewer.sight.units : ('all' as const);
    const rows = await asViewer(system.database, units, viewer?.recusedFrom).transaction((transaction) =>
      transaction.query<{ no: string }>('SELECT no FROM hotline.work_order WHERE no = $1', [no]),
    );
    return [...seen, ...rows.map(() => '数据库的行')];
  };
  const work = () =>
    createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) }).runDue();

  it('登记以前看得到；登记以后清单、检索、看板、通知、轨迹、数据库的行里都没有，待办不能办，来电人资料不能看', async () => {
    const { url } = served();
    const order = await handed();
    const { no } = order.sheet;
    await work();
    expect(await placesOf(no, 'own')).to.have.length.greaterThan(7);
    const task = order.tasks[0]?.id ?? '';
    const look = { purpose: 'reply', reason: '约定上门' };
    answered('revealCaller', await post(url, `/api/work-orders/${no}/caller/reveal`, look, {}, as('own')));
    const after = answered('sendMessage', await state(no, '某水务局')) as WorkOrderView;
    expect(after.tasks.map(({ role }) => role)).to.deep.equal(['dispatcher']);
    await work();
    expect(await placesOf(no, 'own')).to.deep.equal([]);
    expect(await placesOf(no, 'supervisor')).to.include('数据库的行');
    const path = `/api/tasks/${encodeURIComponent(task)}/completion`;
    expect(problemIn(await post(url, path, { answers: { receipt: 'accept' } }, {}, as('own'))).code).to.equal(
      'task.not-found',
    );
    expect(
      problemIn(await post(url, `/api/work-orders/${no}/caller/reveal`, look, {}, as('own'))).code,
    ).to.equal('case.not-found');

    const { items } = answered(
      'listSeenBeforeRecusal',
      await send(url, `/api/work-orders/${no}/recusals`, { as: as('supervisor') }),
    ) as Seen;
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ unit: '某水务局', from: '2026-03-02T10:00:00+08:00' });
    expect(items[0]?.entries).to.equal(order.trail.length);
    expect(items[0]?.reads.map(({ reader }) => reader)).to.deep.equal(['own']);
    expect(problemIn(await send(url, `/api/work-orders/${no}/recusals`, { as: as('own') })).status).to.equal(
      403,
    );

    const again = `/api/tasks/${encodeURIComponent(after.tasks[0]?.id ?? '')}/completion`;
    const ruled = { unit: '某水务局', returnDecisionReason: '职责所在' };
    const ruler = await served().people.doing('dispatcher', '督办员丁');
    const refused = await post(url, again, { answers: ruled }, {}, ruler);
    expect(problemIn(refused)).to.include({ code: 'unit.withdrawn', provision: '第三十二条' });
    expect(problemIn(refused).detail).to.include('某水务局已经从这件工单回避');

    const next = await completeOnly(url, after, { unit: '某城管局' }, '督办员丁');
    expect(next.tasks.map(({ role }) => role)).to.deep.equal(['unit']);
    expect(await placesOf(no, 'other')).to.include('数据库的行');
    expect(await placesOf(no, 'own')).to.deep.equal([]);
  });

  it('转交下属的，上级单位应当回避，上下都看不到', async () => {
    const { url } = served();
    const order = await handed();
    const { no } = order.sheet;
    await completeOnly(url, order, { receipt: 'pass-on', unit: '某水务局营业所' });
    expect(await placesOf(no, 'branch')).to.include('数据库的行');
    expect(await placesOf(no, 'own')).to.include('数据库的行');
    answered('sendMessage', await state(no, '某水务局'));
    expect(await placesOf(no, 'branch')).to.deep.equal([]);
    expect(await placesOf(no, 'own')).to.deep.equal([]);
  });

  it('打开着的页面，从登记起不再收到它的变动；别人照常', async () => {
    const { no } = (await handed()).sheet;
    const { system } = served();
    for (const who of ['own', 'supervisor']) {
      const viewer = await system.identity.sessions.watcher(as(who).secret);
      expect(viewer?.recusedFrom, who).not.to.include(no);
    }
    const own = watch(as('own'));
    const others = watch(as('supervisor'));
    await Promise.all([own.opened, others.opened]);
    answered('sendMessage', await state(no, '某水务局'));
    await others.until(no);
    // Any later notice would have come after this one.
    await own.until((await handed()).sheet.no);
    expect(own.text()).not.to.include(no);
    own.close();
    others.close();
  });

  it('单位自己登记的，只能写本单位；别的单位由热线登记', async () => {
    const { no } = (await handed()).sheet;
    const refused = await state(no, '某城管局', 'own');
    expect(problemIn(refused)).to.include({ code: 'access.denied', where: 'withdrawingUnits' });
    expect(problemIn(await state(no, '没有这个局')).code).to.equal('unit.not-found');
    expect(await placesOf(no, 'own')).to.include('数据库的行');
    answered('sendMessage', await state(no, '某水务局', 'own'));
    expect(await placesOf(no, 'own')).to.deep.equal([]);
  });

  it('第二款：没有控告、举报任何人的，无权要求回避：不收，承办单位照样看得到', async () => {
    const { no } = (await handed()).sheet;
    const refused = problemIn(await demand(no));
    expect(refused).to.include({ code: 'input.invalid', provision: '第三十二条第二款' });
    expect(refused.detail).to.include('只有控告人、举报人有权要求回避');
    expect(await placesOf(no, 'own')).to.include('数据库的行');
  });

  it('第二款：要求回避的，答复以前看不到，再要求一次不受理；登记要求的人不答复；不必回避的，说明理由，恢复', async () => {
    const { url } = served();
    const { no } = (await handed({ accusation: 'person' })).sheet;
    const waiting = answered('sendMessage', await demand(no)) as WorkOrderView;
    expect(await placesOf(no, 'own')).to.deep.equal([]);
    expect(waiting.deadlines.filter(({ paused }) => paused)).to.have.length.greaterThan(0);
    expect(problemIn(await demand(no, '某城管局'))).to.include({
      code: 'input.invalid',
      provision: '第三十二条第二款',
    });
    const task = waiting.tasks.find(({ role }) => role === 'supervisor');
    const path = `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`;
    const noReasons = { answers: { recusalAnswer: 'refuse' } };
    expect(problemIn(await post(url, path, noReasons, {}, as('supervisor'))).code).to.equal('input.invalid');
    const answers = { recusalAnswer: 'refuse', recusalReasons: '没有亲属关系' };
    answered('completeTask', await post(url, path, { answers }, {}, as('supervisor')));
    expect(await placesOf(no, 'own')).to.include('数据库的行');
  });

  it('其他系统的令牌也一样：单位的系统从登记起取不到', async () => {
    const { url } = served();
    const { no } = (await handed()).sheet;
    const officer = await served().people.allowed(['security-admin']);
    const { id } = answered(
      'addSystem',
      await post(url, '/api/systems', { name: '水务系统', unit: '某水务局' }, {}, officer),
    ) as { id: number };
    const { secret } = answered(
      'issueToken',
      await post(url, `/api/systems/${id}/tokens`, { scopes: ['work-orders:read'], days: 30 }, {}, officer),
    ) as { secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    const read = async () => (await send(url, `/api/work-orders/${no}`, { as: 'nobody', headers })).status;
    expect(await read()).to.equal(200);
    answered('sendMessage', await state(no, '某水务局'));
    expect(await read()).to.equal(404);
  });

  /** The stream of changes that a page keeps open. */
  function watch({ headers }: SignedIn) {
    const gone = new AbortController();
    let text = '';
    let heard: () => void = () => undefined;
    const reply = fetch(`${served().url}/api/events`, { headers, signal: gone.signal });
    void reply
      .then(async ({ body }) => {
        const decoder = new TextDecoder();
        for await (const part of body ?? []) {
          text += decoder.decode(part as Uint8Array, { stream: true });
          heard();
        }
      })
      .catch(() => undefined);
    return {
      opened: reply,
      text: () => text,
      close: () => gone.abort(),
      until: (wanted: string) =>
        new Promise<void>((resolve) => {
          heard = () => {
            if (text.includes(wanted)) resolve();
          };
          heard();
        }),
    };
  }
});

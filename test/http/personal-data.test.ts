/** Who sees which data of the caller, who may reveal them, and what is recorded. */
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { proposePolicy, rulePolicy } from '../../src/cases/index.js';
import { createApp, listen } from '../../src/http/index.js';
import type { LogFacts } from '../../src/kernel/index.js';
import { newcomer, type SignedIn, somebody } from '../support/people.js';
import {
  answered,
  complete,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';
import { plainTrails, settled } from '../support/entries.js';

type Reads = z.input<(typeof operations.listPersonalDataReads.answers)[200]['schema']>;

const about = {
  ...waterCut,
  callerName: '欧阳来电',
  callerContact: '13912345678',
  callerAddress: '某路九八号',
};

describe('来电人资料：谁看得到什么', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const person = (login: string, role: 'intake' | 'handler' | 'reviewer' | 'auditor', unit?: string) =>
      newcomer(served().system, {
        login,
        name: `${login}姓名`,
        roles: [role],
        ...(unit === undefined ? {} : { unit, kind: 'department' as const }),
      });
    const own = await person('own', 'handler', '某水务局');
    await served().system.identity.people.addUnit(
      { name: '某水务局营业所', kind: 'enterprise', parent: '某水务局' },
      '测试',
    );
    people = {
      own,
      agent: await person('agent', 'intake'),
      reviewer: await person('reviewer', 'reviewer'),
      auditor: await person('auditor', 'auditor'),
      foreign: await person('foreign', 'handler', '某城管局'),
      branch: await person('branch', 'handler', '某水务局营业所'),
    };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);

  const handed = async (more: object = {}, registered: object = {}): Promise<string> => {
    const { url } = served();
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', { ...about, ...more }),
    ) as WorkOrderView;
    const confidential = order.sheet.confidential;
    const noted = await completeOnly(url, order, { conduct: 'orderly', confidential, ...registered });
    const decided = await completeOnly(url, noted, { wayOut: 'dispatch' });
    return (await completeOnly(url, decided, { unit: '某水务局' })).sheet.no;
  };
  const shown = async (no: string, who: string): Promise<WorkOrderView['sheet']> => {
    const reply = await send(served().url, `/api/work-orders/${no}`, { as: as(who) });
    expect(reply.text).not.to.include(about.callerContact).and.not.to.include(about.callerName);
    return (answered('readWorkOrder', reply) as WorkOrderView).sheet;
  };
  const reveal = (no: string, who: string, purpose = 'reply') =>
    post(served().url, `/api/work-orders/${no}/caller/reveal`, { purpose, reason: '约定上门' }, {}, as(who));
  const reads = async (query: string): Promise<Reads> =>
    answered(
      'listPersonalDataReads',
      await send(served().url, `/api/personal-data-reads?${query}`, { as: as('auditor') }),
    ) as Reads;
  const refusals = async (code: string): Promise<number> => {
    await settled(served().system);
    const { rows } = await served().system.database.pool.query<{ count: number }>(
      `SELECT coalesce(sum((convert_from(body, 'UTF8')::json ->> 'count')::int), 0)::int AS count FROM hotline.trail_entry
        WHERE stream = 'refusals' AND position($1 IN convert_from(body, 'UTF8')) > 0`,
      [code],
    );
    return rows[0]?.count ?? 0;
  };
  const hidden = { callerName: null, callerContact: null, callerAddress: null };

  it('平常的：谁看都遮着；受理、承办、审核的可以说明用途查看，审计的不行', async () => {
    const no = await handed();
    for (const [who, revealable] of [
      ['own', true],
      ['agent', true],
      ['reviewer', true],
      ['auditor', false],
    ] as const) {
      expect(await shown(no, who), who).to.include({
        callerName: '欧*',
        callerContact: '****5678',
        callerAddress: '****',
        callerWithheld: null,
        callerRevealable: revealable,
      });
    }
    for (const who of ['own', 'agent', 'reviewer']) {
      expect(answered('revealCaller', await reveal(no, who))).to.deep.equal({
        name: about.callerName,
        contact: about.callerContact,
        address: about.callerAddress,
      });
    }
    expect(problemIn(await reveal(no, 'auditor')).code).to.equal('access.denied');
    expect(problemIn(await reveal(no, 'foreign')).code).to.equal('case.not-found');
  });

  it('第十六条：要求保密的，谁看都不显示，承办单位不得查看；登记时才说要保密的也一样', async () => {
    for (const no of [await handed({ confidential: true }), await handed({}, { confidential: true })]) {
      const before = await refusals('caller.withheld');
      expect(await shown(no, 'own')).to.include({ ...hidden, callerRevealable: false });
      expect((await shown(no, 'own')).callerWithheld?.provision).to.equal('第十六条');
      expect(problemIn(await reveal(no, 'own'))).to.include({
        status: 403,
        code: 'caller.withheld',
        provision: '第十六条',
      });
      expect(await refusals('caller.withheld')).to.equal(before + 1);
      expect(await shown(no, 'reviewer')).to.include({ ...hidden, callerRevealable: true });
      expect((await reveal(no, 'reviewer', 'follow-up')).status).to.equal(200);
    }
  });

  it('第十六条：要求保密的，承办单位连密文也读不到；登记时才说要保密的也一样', async () => {
    const no = await handed({ confidential: true });
    const later = await handed({}, { confidential: true });
    const open = await handed();
    const { asViewer } = await import('../../src/platform/database/index.js');
    const rows = await asViewer(served().system.database, ['某水务局']).transaction((transaction) =>
      transaction.query<{ no: string }>(
        'SELECT work_order AS no FROM hotline.caller WHERE work_order = ANY ($1)',
        [[no, later, open]],
      ),
    );
    expect(rows).to.deep.equal([{ no: open }]);
  });

  it('第三十二条：被投诉的是热线工作机构自己，里面的人看不到工单；审计的人看得到，看不到来电人', async () => {
    const no = await handed({ kind: 'complaint' }, { accusedUnit: '市热线工作机构' });
    expect((await send(served().url, `/api/work-orders/${no}`, { as: as('reviewer') })).status).to.equal(404);
    expect(problemIn(await reveal(no, 'reviewer')).code).to.equal('case.not-found');
    const sheet = await shown(no, 'auditor');
    expect(sheet).to.include({ ...hidden, callerRevealable: false });
    expect(sheet.callerWithheld?.provision).to.equal('第三十二条');
    expect((await reveal(no, 'own')).status).to.equal(200);
  });

  it('第三十二条：被投诉的单位、它的下属都看不到这张工单', async () => {
    const { url } = served();
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', { ...about, kind: 'complaint' }),
    ) as WorkOrderView;
    const noted = await completeOnly(url, order, {
      conduct: 'orderly',
      accusedUnit: '某水务局',
      confidential: false,
    });
    const decided = await completeOnly(url, noted, { wayOut: 'dispatch' });
    await completeOnly(url, decided, { unit: '某城管局' });
    for (const who of ['own', 'branch']) {
      const reply = await send(url, `/api/work-orders/${order.sheet.no}`, { as: as(who) });
      expect(problemIn(reply).code, who).to.equal('case.not-found');
    }
    expect(problemIn(await reveal(order.sheet.no, 'own')).code).to.equal('case.not-found');
  });

  it('第三十二条：被投诉的人看不到工单、待办、轨迹、看板和提示里的它，不能办，也不能查看；别人照常', async () => {
    const { url } = served();
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', {
        ...about,
        title: '接线员态度生硬说话难听',
        kind: 'complaint',
        accusedPersons: 'agent、查无此人',
      }),
    ) as WorkOrderView;
    const { no } = order.sheet;
    const [task] = order.tasks;
    const taskPath = `/api/tasks/${encodeURIComponent(task?.id ?? '')}`;
    const seenBy = async (path: string, who: string) => (await send(url, path, { as: as(who) })).text;
    for (const path of [
      '/api/work-orders',
      '/api/tasks?limit=200',
      '/api/board',
      '/api/definitions/acceptance/load',
    ]) {
      expect(await seenBy(path, 'agent'), path).not.to.include(no);
      expect(await seenBy(path, 'reviewer'), path).to.satisfy((text: string) =>
        path === '/api/tasks?limit=200' || path === '/api/work-orders' ? text.includes(no) : text.length > 0,
      );
    }
    const before = await refusals('case.not-found');
    for (const path of [`/api/work-orders/${no}`, `/api/work-orders/${no}/trail`, taskPath]) {
      expect(problemIn(await send(url, path, { as: as('agent') })).status, path).to.equal(404);
    }
    expect(problemIn(await reveal(no, 'agent')).code).to.equal('case.not-found');
    expect(
      problemIn(await post(url, `${taskPath}/completion`, { answers: {} }, {}, as('agent'))).code,
    ).to.equal('task.not-found');
    expect(await refusals('case.not-found')).to.equal(before + 3);
    const suggested = await post(
      url,
      '/api/intake/suggestions',
      { title: order.sheet.title },
      {},
      as('agent'),
    );
    expect(suggested.text).not.to.include(no);
    const others = await post(url, '/api/intake/suggestions', { title: order.sheet.title });
    expect(others.text).to.include(no);
    expect(order.trail.map(({ type }) => type)).to.include('person.recused');
    if (task) await complete(url, order, task, { conduct: 'orderly', accusation: 'person' }, '受理员乙');
  });

  it('第十九条、第三十二条：受理人员自己被投诉的，只能登记，处理方式由别人定；登记以后看不到', async () => {
    const { url } = served();
    const request = {
      ...about,
      title: '投诉接线员挂断电话',
      kind: 'complaint',
      accusedPersons: 'agent',
      answers: { conduct: 'orderly', accusation: 'person' },
    };
    const closing = { ...request.answers, wayOut: 'on-the-spot', answerSummary: '已解释' };
    expect(
      problemIn(await post(url, '/api/work-orders', { ...request, answers: closing }, {}, as('agent'))),
    ).to.include({ code: 'task.not-yours', provision: '第三十二条第二款' });
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', request, {}, as('agent')),
    ) as WorkOrderView;
    expect(order.tasks.map(({ element }) => element)).to.deep.equal(['Task_DecideWayOut']);
    expect((await send(url, `/api/work-orders/${order.sheet.no}`, { as: as('agent') })).status).to.equal(404);
    const [task] = order.tasks;
    const decision = { answers: { wayOut: 'dispatch' } };
    const path = `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`;
    expect(problemIn(await post(url, path, decision, {}, as('agent'))).code).to.equal('task.not-found');
    expect((await post(url, path, decision)).status).to.equal(200);
  });

  it('第三十二条：后来才登记须回避的，从那时起看不到；引擎一层也拒绝他办', async () => {
    const { url, system } = served();
    const { no } = (answered('acceptRequest', await post(url, '/api/work-orders', about)) as WorkOrderView)
      .sheet;
    expect((await send(url, `/api/work-orders/${no}`, { as: as('agent') })).status).to.equal(200);
    const recused = answered(
      'recusePersons',
      await post(url, `/api/work-orders/${no}/recusals`, { persons: 'agent' }, {}, as('reviewer')),
    ) as { unknown: string[]; workOrder: WorkOrderView };
    expect(recused.unknown).to.deep.equal([]);
    expect((await send(url, `/api/work-orders/${no}`, { as: as('agent') })).status).to.equal(404);
    const { completeTask } = await import('../../src/cases/index.js');
    const [task] = recused.workOrder.tasks;
    const refused: unknown = await completeTask(
      system,
      task?.id ?? '',
      {},
      {
        actor: 'agent姓名（agent）',
        recusedFrom: [no],
        does: () => true,
      },
    ).catch((error: unknown) => error);
    expect(refused).to.include({ code: 'task.not-yours', provision: '第三十二条' });
  });

  it('查看先记下再给看：本人当天的轨迹一条，写明工单、栏目、用途，没有内容；审计的按人、按天、按工单查', async () => {
    const no = await handed();
    await reveal(no, 'own');
    const { system } = served();
    const stream = 'reads:own:2026-03-02';
    const entries = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, [stream]),
    );
    const last = entries.get(stream)?.at(-1);
    expect(last?.type).to.equal('caller.revealed');
    expect(last?.body).to.deep.include({
      actor: 'own姓名（own）',
      case: no,
      fields: ['name', 'contact', 'address'],
      purpose: 'reply',
    });
    expect(JSON.stringify(last?.body)).not.to.include('约定上门').and.not.to.include('5678');
    expect((await system.database.transaction((t) => system.trail.verify(t, stream))).holds).to.equal(true);
    const [latest] = (await reads(`reader=own&workOrder=${no}&from=2026-03-02&to=2026-03-02`)).items;
    expect(latest).to.include({ reader: 'own', workOrder: no, purpose: 'reply', reason: '约定上门', stream });
    expect((await reads('to=2026-03-01')).total).to.equal(0);
    expect((await reads('reader=nobody')).total).to.equal(0);
  });

  it('记不下来就不给看', async () => {
    const no = await handed();
    const { database } = served().system;
    await database.pool.query(
      "INSERT INTO hotline.personal_data_read VALUES ('reads:own:2026-03-02', 1000000, now(), 'x', 'x', 'x', '{}')",
    );
    const { rows } = await database.pool.query<{ seq: number }>(
      "SELECT seq FROM hotline.trail_head WHERE stream = 'reads:own:2026-03-02'",
    );
    const next = (rows[0]?.seq ?? 0) + 1;
    await database.pool.query(
      "INSERT INTO hotline.personal_data_read VALUES ('reads:own:2026-03-02', $1, now(), 'x', 'x', 'x', '{}')",
      [next],
    );
    const reply = await reveal(no, 'own');
    expect(reply.status).to.equal(500);
    expect(reply.text).not.to.include('5678');
  });

  it('久未验证身份的要再输口令；没有事由、用途不在表上的不行', async () => {
    const no = await handed();
    const { system, url } = served();
    system.clock.moveTo(new Date('2026-03-02T10:11:00+08:00'));
    expect(problemIn(await reveal(no, 'reviewer')).code).to.equal('session.not-recent');
    system.clock.moveTo(new Date('2026-03-02T10:00:00+08:00'));
    for (const body of [{ purpose: 'reply' }, { purpose: '好奇', reason: '看看' }]) {
      const refused = await post(url, `/api/work-orders/${no}/caller/reveal`, body, {}, as('reviewer'));
      expect(problemIn(refused).code).to.equal('input.invalid');
    }
  });

  it('次数到了上限即拒绝，并记下；同时来的也一样', async () => {
    const no = await handed();
    const { most } = served().system.identity.rules.limits.reveals;
    const replies = await Promise.all(Array.from({ length: most + 5 }, () => reveal(no, 'agent')));
    const given = replies.filter(({ status }) => status === 200).length;
    expect((await reads('reader=agent&limit=200')).total).to.equal(most);
    expect(given).to.be.at.most(most);
    const held = replies.filter(({ status }) => status === 429).map((reply) => problemIn(reply).code);
    expect(new Set(held)).to.deep.equal(new Set(['caller.too-many']));
    expect(await refusals('caller.too-many')).to.equal(held.length);
  });

  it('日志里没有来电人，也没有事由', async () => {
    const no = await handed();
    const logged: string[] = [];
    const note = (text: string, facts?: LogFacts) => void logged.push(`${text} ${JSON.stringify(facts)}`);
    const app = createApp({
      ...served().system,
      log: { info: note, warn: note, error: (text, error, facts) => note(`${text} ${String(error)}`, facts) },
    });
    const other = await listen(app, { host: '127.0.0.1', port: 0 });
    try {
      const reply = await post(
        other.url,
        `/api/work-orders/${no}/caller/reveal`,
        { purpose: 'reply', reason: '约定上门' },
        {},
        as('reviewer'),
      );
      expect(reply.status).to.equal(200);
    } finally {
      await other.close();
    }
    expect(logged.join('\n')).to.include('revealCaller');
    for (const secret of ['欧阳', '5678', '九八号', '约定上门'])
      expect(logged.join('\n')).not.to.include(secret);
  });
});

describe('来电人资料：政策写明只是不对社会公开（第十六条）', () => {
  const served = useServer({ at: '2026-03-01T10:00:00+08:00' });
  const at: { [who: string]: SignedIn } = {};
  let count = 0;
  before(async () => {
    const { system } = served();
    const proposal = await proposePolicy(
      system,
      {
        key: 'confidentialFrom',
        value: 'public',
        effectiveOn: '2026-03-03',
        reason: '试',
        document: null,
      },
      somebody('甲'),
    );
    await rulePolicy(system, proposal.id, { decision: 'approve', reason: '同意' }, somebody('乙'));
  });
  /** With sessions of the present hour. */
  const arrive = async (): Promise<void> => {
    const day = served().system.clock.now().getTime();
    for (const [who, unit] of [
      ['water', '某水务局'],
      ['city', '某城管局'],
    ] as const) {
      const login = `${who}${day}-${(count += 1)}`;
      at[who] = await newcomer(served().system, { login, roles: ['handler'], unit, kind: 'department' });
    }
  };
  const as = (who: string): SignedIn => at[who] ?? expect.fail(`nobody is ${who}`);

  /** Handed to the water bureau and at the reply. */
  const atReply = async (day: string, more: object = {}): Promise<WorkOrderView> => {
    const { url, system } = served();
    system.clock.moveTo(new Date(`2026-03-0${day}T10:00:00+08:00`));
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', { ...about, confidential: true, ...more }),
    ) as WorkOrderView;
    const noted = await completeOnly(url, order, { conduct: 'orderly', confidential: true });
    const decided = await completeOnly(url, noted, { wayOut: 'dispatch' });
    const given = await completeOnly(url, decided, { unit: '某水务局' });
    const signed = await completeOnly(url, given, { receipt: 'accept' });
    return completeOnly(url, signed, { branch: 'within-limit' });
  };
  const stateOf = async (no: string, who: string) => {
    const read = await send(served().url, `/api/work-orders/${no}`, { as: as(who) });
    return (answered('readWorkOrder', read) as WorkOrderView).sheet;
  };
  const reveal = (no: string, who: string) =>
    post(
      served().url,
      `/api/work-orders/${no}/caller/reveal`,
      { purpose: 'reply', reason: '答复' },
      {},
      as(who),
    );
  const readable = async (no: string, recused: readonly string[] = []): Promise<number> => {
    const { asViewer } = await import('../../src/platform/database/index.js');
    const rows = await asViewer(served().system.database, ['某水务局'], recused).transaction((transaction) =>
      transaction.query('SELECT 1 FROM hotline.caller WHERE work_order = $1', [no]),
    );
    return rows.length;
  };
  const byPhone = async ({ tasks: [task] }: WorkOrderView) =>
    post(
      served().url,
      `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`,
      { answers: { replySummary: '已修好', replyChannel: 'phone' } },
      {},
      as('water'),
    );

  it('政策生效以前受理的，一直不给承办单位看，电话不能记；两道墙都在', async () => {
    const order = await atReply('2');
    const { no } = order.sheet;
    served().system.clock.moveTo(new Date('2026-03-03T10:00:00+08:00'));
    await arrive();
    expect(await stateOf(no, 'water')).to.include({ callerContact: null, callerRevealable: false });
    expect(problemIn(await reveal(no, 'water')).code).to.equal('caller.withheld');
    expect(await readable(no)).to.equal(0);
    expect(problemIn(await byPhone(order))).to.include({ code: 'input.invalid', provision: '第十六条' });
  });

  it('政策生效以后受理的，承办单位平常看不到，说明用途可以查看，电话答复照记；别的单位仍看不到', async () => {
    const order = await atReply('3');
    const { no } = order.sheet;
    await arrive();
    expect(await stateOf(no, 'water')).to.include({
      callerContact: null,
      callerWithheld: null,
      callerRevealable: true,
    });
    expect(answered('revealCaller', await reveal(no, 'water'))).to.include({ contact: about.callerContact });
    expect(await readable(no)).to.equal(1);
    expect(problemIn(await reveal(no, 'city')).code).to.equal('case.not-found');
    expect((await byPhone(order)).status).to.equal(200);
  });

  it('第三十二条：须回避的，政策怎样写都看不到', async () => {
    const { url } = served();
    const { no } = (await atReply('3')).sheet;
    await arrive();
    expect((await reveal(no, 'water')).status).to.equal(200);
    expect(await readable(no)).to.equal(1);
    const told = await post(url, `/api/work-orders/${no}/messages`, {
      message: 'recusal-stated',
      answers: { withdrawingUnits: '某水务局', recusalBasis: 'accused', recusalFacts: '被投诉的就是它' },
    });
    answered('sendMessage', told);
    expect((await send(url, `/api/work-orders/${no}`, { as: as('water') })).status).to.equal(404);
    expect(problemIn(await reveal(no, 'water')).code).to.equal('case.not-found');
    expect(await readable(no, [no])).to.equal(0);
  });
});

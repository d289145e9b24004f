/** The hotline body itself is complained of: it registers, and its superior does the rest (Arts 4, 32). */
import { expect } from 'chai';
import type { z } from 'zod';
import type { operations } from '../../src/http/contract/operations.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { readInbox } from '../../src/channel/notification/index.js';
import { asViewer } from '../../src/platform/database/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import {
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
  type WorkOrderView,
} from './serving.js';

type Duties = z.input<(typeof operations.readDuties.answers)[200]['schema']>;

const hotline = '市热线工作机构';

describe('第三十二条：被投诉的是热线工作机构自己', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let people: { readonly [who: string]: SignedIn };
  before(async () => {
    const { system } = served();
    const person = (login: string, roles: Parameters<typeof newcomer>[1]['roles'], more: object = {}) =>
      newcomer(system, { login, roles, ...more });
    people = {
      agent: await person('agent', ['intake']),
      reviewer: await person('reviewer', ['reviewer', 'supervisor']),
      auditor: await person('auditor', ['auditor']),
      desk: await person('desk', ['reviewer'], { unit: '话务一科', kind: 'hotline', parent: hotline }),
      office: await person('office', ['supervisor'], { unit: '市政府办公厅', kind: 'general-office' }),
      inspector: await person('inspector', ['inspector'], { unit: '市监察机关', kind: 'inspection' }),
      handler: await person('handler', ['handler'], {
        unit: '某水务局',
        kind: 'department',
        parent: hotline,
      }),
    };
  });
  const as = (who: string): SignedIn => people[who] ?? expect.fail(`nobody is ${who}`);

  const about = { ...waterCut, kind: 'complaint', title: '接线员推诿不接单', callerContact: '13912345678' };
  const statement = { conduct: 'orderly', accusation: 'unit', accusedUnit: hotline };
  const accepting = (answers: object, who = 'agent', more: object = {}): Promise<Reply> =>
    post(served().url, '/api/work-orders', { ...about, ...more, answers }, {}, as(who));
  const registered = async (): Promise<WorkOrderView> =>
    answered('acceptRequest', await accepting(statement)) as WorkOrderView;
  const completing = (order: WorkOrderView, answers: object, who: string): Promise<Reply> => {
    const path = `/api/tasks/${encodeURIComponent(order.tasks[0]?.id ?? '')}/completion`;
    return post(served().url, path, { answers }, {}, as(who));
  };
  const inbox = async (role: string, who: string): Promise<string> =>
    (
      await send(served().url, `/api/notifications?recipient=${encodeURIComponent(`role:${role}`)}`, {
        as: as(who),
      })
    ).text;
  const work = () =>
    createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) }).runDue();

  /** All places where the person may look, and where the sheet shows. */
  const placesOf = async (no: string, who: string): Promise<readonly string[]> => {
    const { url, system } = served();
    const seen: string[] = [];
    for (const path of [
      '/api/work-orders',
      `/api/work-orders?q=${encodeURIComponent('推诿')}`,
      '/api/tasks?limit=200',
      '/api/tasks?limit=200&scope=mine',
      '/api/board/columns/none/cards',
      '/api/duties',
      ...['intake', 'reviewer', 'supervisor'].map((role) => `/api/notifications?recipient=role%3A${role}`),
    ]) {
      if ((await send(url, path, { as: as(who) })).text.includes(no)) seen.push(path);
    }
    for (const path of ['', '/trail', '/duties']) {
      if ((await send(url, `/api/work-orders/${no}${path}`, { as: as(who) })).status === 200) {
        seen.push(`工单${path}`);
      }
    }
    const viewer = await system.identity.sessions.watcher(as(who).secret);
    const rows = await asViewer(system.database, 'all', viewer?.recusedFrom).transaction((transaction) =>
      transaction.query<{ no: string }>('SELECT no FROM hotline.work_order WHERE no = $1', [no]),
    );
    return [...seen, ...rows.map(() => '数据库的行')];
  };

  it('受理人员只能登记：处理方式须由别人定，写明依据和办法；登记以后热线的人哪里都看不到，也不能办', async () => {
    const refused = problemIn(
      await accepting({ ...statement, wayOut: 'on-the-spot', answerSummary: '已解释' }),
    );
    expect(refused).to.include({ code: 'task.not-yours', provision: '第三十二条第二款' });
    expect(refused.remedy).to.include('只登记');
    const order = await registered();
    const { no } = order.sheet;
    expect(order.tasks.map(({ role, roleName }) => ({ role, roleName }))).to.deep.equal([
      { role: 'general-office', roleName: '市政府办公厅' },
    ]);
    await work();
    for (const who of ['agent', 'reviewer', 'desk']) {
      expect(await placesOf(no, who), who).to.deep.equal([]);
      expect(problemIn(await completing(order, { wayOut: 'dispatch' }, who)).code).to.equal('task.not-found');
    }
    const message = { message: 'recusal-stated', answers: {} };
    expect(
      problemIn(await post(served().url, `/api/work-orders/${no}/messages`, message, {}, as('reviewer')))
        .code,
    ).to.equal('case.not-found');
  });

  it('同一个受理请求再发一次：告诉受理为哪一号，不再给看', async () => {
    const body = { ...about, answers: statement };
    const key = { 'idempotency-key': 'accused-hotline-1' };
    const sent = (): Promise<Reply> => post(served().url, '/api/work-orders', body, key, as('agent'));
    const { sheet } = answered('acceptRequest', await sent()) as WorkOrderView;
    const again = await sent();
    expect(problemIn(again)).to.include({ code: 'case.not-found', provision: '第三十二条第二款' });
    expect(again.text).to.include(sheet.no).and.not.to.include(about.title);
  });

  it('办公厅看得到，从处理方式办到办结；承办单位照常办，看得到来电人；通知给办公厅，不给热线', async () => {
    const order = await registered();
    const { no } = order.sheet;
    await work();
    expect(await inbox('general-office', 'office')).to.include(no);
    expect(await placesOf(no, 'office')).to.include.members(['工单', '/api/tasks?limit=200&scope=mine']);
    const decided = answered(
      'completeTask',
      await completing(order, { wayOut: 'dispatch' }, 'office'),
    ) as WorkOrderView;
    const dispatch = { unit: '某水务局', dispatchBasis: 'duty' };
    let at = answered('completeTask', await completing(decided, dispatch, 'office')) as WorkOrderView;
    expect(at.tasks.map(({ role }) => role)).to.deep.equal(['unit']);
    const look = { purpose: 'reply', reason: '约定上门' };
    const revealed = await post(
      served().url,
      `/api/work-orders/${no}/caller/reveal`,
      look,
      {},
      as('handler'),
    );
    expect(revealed.status).to.equal(200);
    for (const answers of [
      { receipt: 'accept' },
      { branch: 'within-limit' },
      { replyChannel: 'phone', replySummary: '已答复' },
      {},
      { audit: 'pass' },
    ]) {
      at = await completeOnly(served().url, at, answers, '办理人员');
    }
    const [task] = at.tasks;
    expect(task?.role).to.equal('general-office');
    await work();
    for (const who of ['agent', 'reviewer', 'desk']) {
      expect(await placesOf(no, who), who).to.deep.equal([]);
    }
    expect(await inbox('reviewer', 'auditor')).not.to.include(no);
    at = await completeOnly(served().url, at, { resolved: true, satisfaction: 'satisfied' }, '办公厅的人');
    expect(at.state).to.equal('ended');
    expect(at.trail.some(({ provisions }) => provisions.length > 0)).to.equal(true);
  });

  it('专职审计的人、监察机关看得到、不能办；热线的审计人员看不到来电人', async () => {
    const order = await registered();
    const { no } = order.sheet;
    for (const who of ['auditor', 'inspector']) {
      expect(await placesOf(no, who), who).to.include.members(['工单', '工单/trail']);
    }
    const reply = await send(served().url, `/api/work-orders/${no}`, { as: as('auditor') });
    const { sheet } = answered('readWorkOrder', reply) as WorkOrderView;
    expect(sheet).to.include({ callerName: null, callerRevealable: false });
    expect(sheet.callerWithheld?.provision).to.equal('第三十二条');
    expect(problemIn(await completing(order, { wayOut: 'dispatch' }, 'auditor')).status).to.equal(403);
  });

  it('办理中才知道的：开着的环节立即换人，代办的人得到通知', async () => {
    const { url } = served();
    const order = answered(
      'acceptRequest',
      await accepting({ conduct: 'orderly', accusation: 'matter' }),
    ) as WorkOrderView;
    const { no } = order.sheet;
    const decided = await completeOnly(url, order, { wayOut: 'dispatch' });
    let at = await completeOnly(url, decided, { unit: '某水务局' });
    for (const answers of [
      { receipt: 'accept' },
      { branch: 'within-limit' },
      { replyChannel: 'phone' },
      {},
    ]) {
      at = await completeOnly(url, at, answers, '办理人员');
    }
    expect(at.tasks.map(({ role }) => role)).to.deep.equal(['reviewer']);
    expect(await placesOf(no, 'reviewer')).to.include('工单');
    const stated = {
      message: 'recusal-stated',
      answers: { withdrawingUnits: hotline, recusalBasis: 'accused', recusalFacts: '来电人补充说明' },
    };
    const after = answered(
      'sendMessage',
      await post(url, `/api/work-orders/${no}/messages`, stated, {}, as('reviewer')),
    ) as WorkOrderView;
    expect(after.tasks.map(({ role }) => role)).to.deep.equal(['general-office']);
    await work();
    expect(await placesOf(no, 'reviewer')).to.deep.equal([]);
    expect(await placesOf(no, 'office')).to.include('/api/tasks?limit=200&scope=mine');
    expect(await inbox('general-office', 'office')).to.include(`"${no}"`);
    const audited = await completeOnly(url, after, {}, '办公厅的人');
    expect(audited.tasks.map(({ role }) => role)).to.deep.equal(['general-office']);
  });

  it('登记是热线已经办完的，不通知代办的机构；代办的久未办理，报它的上级，不报给它自己', async () => {
    const { url, system } = served();
    const told = async (recipient: string, no: string) =>
      (
        await system.database.transaction((transaction) =>
          readInbox(transaction, { recipient: `role:${recipient}`, unread: false, limit: 200 }),
        )
      )
        .filter(({ workOrder }) => workOrder === no)
        .map(({ title }) => title);
    const order = await registered();
    const { no } = order.sheet;
    await work();
    expect(await told('general-office', no)).to.deep.equal(['待办：确定处理方式']);
    let at = await completeOnly(url, order, { wayOut: 'dispatch' }, '办公厅的人');
    at = await completeOnly(url, at, { unit: '某水务局' }, '办公厅的人');
    for (const answers of [
      { receipt: 'accept' },
      { branch: 'within-limit' },
      { replyChannel: 'phone' },
      {},
    ]) {
      at = await completeOnly(url, at, answers, '办理人员');
    }
    const before = system.clock.now();
    try {
      system.clock.moveTo(new Date('2026-03-11T09:00:00+08:00'));
      await system.executor.fireDue(100);
      await work();
      expect(await told('general-office', no)).to.include.members([
        '市政府办公厅应办未办：尚未审核',
        '市政府办公厅久未办理：久未审核',
      ]);
      expect(await told('government', no)).to.deep.equal(['市政府办公厅久未办理：久未审核']);
      expect(await told('supervisor', no)).to.deep.equal([]);
    } finally {
      system.clock.moveTo(before);
    }
  });

  it('来电人又来要求说明，由代办的人登记；别人看得到的也不能替它登记', async () => {
    const { url } = served();
    const order = await registered();
    const decided = answered(
      'completeTask',
      await completing(order, { wayOut: 'dispatch' }, 'office'),
    ) as WorkOrderView;
    const dispatch = { unit: '某水务局', dispatchBasis: 'duty' };
    const at = answered('completeTask', await completing(decided, dispatch, 'office')) as WorkOrderView;
    const offered = at.messages.filter(({ instead }) => instead).map(({ message }) => message);
    expect(offered).to.include.members(['explanation-requested', 'recusal-demanded', 'withdrawal-told']);
    const path = `/api/work-orders/${order.sheet.no}/messages`;
    const demand = {
      message: 'recusal-demanded',
      answers: { demandedUnits: '某水务局', demandReason: '与承办人有亲属关系' },
    };
    expect(problemIn(await post(url, path, demand, {}, as('agent'))).code).to.equal('case.not-found');
    expect(problemIn(await post(url, path, demand, {}, as('inspector'))).code).to.equal('access.denied');
    const demanded = answered(
      'sendMessage',
      await post(url, path, demand, {}, as('office')),
    ) as WorkOrderView;
    expect(demanded.tasks.map(({ role }) => role)).to.include('general-office');
    const { sheet } = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', about, {}, as('agent')),
    ) as WorkOrderView;
    const other = `/api/work-orders/${sheet.no}/messages`;
    expect(problemIn(await post(url, other, demand, {}, as('office'))).code).to.equal('access.denied');
  });

  it('法定义务归代办的机构：登记是热线办的，转办起归办公厅', async () => {
    const order = await registered();
    await completing(order, { wayOut: 'dispatch' }, 'office');
    const reply = await send(served().url, `/api/work-orders/${order.sheet.no}/duties`, {
      as: as('auditor'),
    });
    const { items } = answered('readDuties', reply) as Duties;
    const bearersOf = (provision: string): readonly string[] =>
      items.find(({ provisions }) => provisions.some(({ id }) => id === provision))?.bearers ?? [];
    expect(bearersOf('art22.p1')).to.deep.equal([hotline]);
    expect(bearersOf('art23.p1.i2')).to.deep.equal(['市人民政府办公厅']);
  });

  it('被投诉的只是它的一个下属单位：那里的人看不到，其余的人照常办', async () => {
    const order = answered(
      'acceptRequest',
      await accepting({ ...statement, accusedUnit: '话务一科' }),
    ) as WorkOrderView;
    expect(order.tasks.map(({ role }) => role)).to.deep.equal(['intake']);
    expect(await placesOf(order.sheet.no, 'desk')).to.deep.equal([]);
    expect(await placesOf(order.sheet.no, 'reviewer')).to.include('工单');
  });

  it('热线工作机构在名册里叫别的名字，也一样', async () => {
    const { system } = served();
    await system.identity.people.addUnit({ name: '市民热线服务中心', kind: 'hotline' }, '测试');
    const order = answered(
      'acceptRequest',
      await accepting({ ...statement, accusedUnit: '市民热线服务中心' }),
    ) as WorkOrderView;
    expect(order.tasks.map(({ role }) => role)).to.deep.equal(['general-office']);
  });
});

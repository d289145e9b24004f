/** Stuck firings: who sees them, who may retry, who is notified. */
import { expect } from 'chai';
import type { Role } from '../../src/identity/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { newcomer, sessionOf, type SignedIn } from '../support/people.js';
import { plainTrails } from '../support/entries.js';
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { verifyTrail } from '../../src/accountability/index.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface Listed {
  readonly total: number;
  readonly next: string | null;
  readonly items: readonly Record<string, unknown>[];
}

interface Mendable {
  readonly basedOn: string;
  readonly tokens: readonly {
    readonly instance: number;
    readonly token: string;
    readonly at: { readonly id: string };
    readonly targets: readonly { readonly id: string; readonly name: string }[];
  }[];
  readonly variables: readonly { readonly name: string; readonly value: string | null }[];
}
interface Outlook {
  readonly says: readonly string[];
  readonly goesOn: boolean;
}
interface Proposals {
  readonly items: readonly {
    readonly proposal: number;
    readonly what: string;
    readonly reason: string;
    readonly isOwn: boolean;
    readonly outlook: Outlook | null;
    readonly void: string | null;
  }[];
}

describe('异常处置', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let [editor, supervisor, administrator]: SignedIn[] = [];

  before(async () => {
    const { system } = served();
    // A session would not outlive the three hours.
    await stalledCase(system, '抢修-0001');
    editor = await newcomer(system, { login: 'bianji', roles: ['compliance-editor'] });
    supervisor = await newcomer(system, { login: 'duban', roles: ['supervisor'] });
    administrator = await newcomer(system, { login: 'xitong', roles: ['system-admin'] });
  });

  const list = async (query = '', as = editor): Promise<Listed> =>
    answered('listIncidents', await send(served().url, `/api/incidents${query}`, as ? { as } : {})) as Listed;
  const retry = (body: object, as = editor) => post(served().url, '/api/incidents/retries', body, {}, as);

  it('列出哪件工单的什么、停在哪里、为什么、挡住什么、各条出口看什么', async () => {
    for (const one of [editor, supervisor, administrator]) expect((await list('', one)).total).to.equal(1);
    const { items } = await list();
    expect(items[0]).to.deep.include({
      workOrder: '抢修-0001',
      kind: 'timer',
      processName: '夜间抢修',
      ofName: '两小时没有修好',
      placeName: '谁来接手',
      title: '网关没有可走的出口',
      due: '2026-03-02T12:00:00+08:00',
      tries: 1,
      holdsUp: ['“增援”'],
      waysOut: [{ to: '“增援”', condition: 'helpers = true' }],
      values: [{ name: 'helpers', value: null }],
    });
    expect((await list('?workOrder=20260302-000001')).total).to.equal(0);
  });

  it('运行状况里算已届满而没有触发，不算触发过；该处置的岗位的收件箱里有', async () => {
    const { url, system } = served();
    const { deadlines } = answered('readStatus', await send(url, '/api/status')) as {
      deadlines: { pastDue: number; incidents: number };
    };
    expect(deadlines).to.include({ pastDue: 1, incidents: 1 });
    expect((await send(url, '/metrics')).text).to.match(/hotline_incidents 1\n/);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    for (const [as, role] of [
      [supervisor, 'supervisor'],
      [editor, 'compliance-editor'],
    ] as const) {
      const inbox = answered(
        'readInbox',
        await send(url, `/api/notifications?recipient=role:${role}&unread=true`, as ? { as } : {}),
      ) as { items: { title: string; text: string }[] };
      expect(inbox.items[0]?.title).to.equal('异常：两小时没有修好走不下去');
      expect(inbox.items[0]?.text).to.contain('抢修-0001');
    }
  });

  it('再试一次：仍走不下去的说明为什么，记入轨迹；没有的、别人须回避的拒绝', async () => {
    const { system } = served();
    const key = String((await list()).items[0]?.key);
    const still = answered('retryIncident', await retry({ workOrder: '抢修-0001', key })) as {
      mended: boolean;
      why: string;
    };
    expect(still.mended).to.equal(false);
    expect(still.why).to.contain('which');
    expect((await list()).items[0]?.tries).to.equal(2);
    expect(problemIn(await retry({ workOrder: '抢修-0001', key: 'timer/9/9' })).code).to.equal(
      'incident.not-open',
    );
    expect(problemIn(await retry({ workOrder: '抢修-0009', key })).code).to.equal('case.not-found');
    const trail = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['抢修-0001']),
    );
    expect(trail.get('抢修-0001')?.map(({ type }) => type)).to.deep.equal([
      'instance.started',
      'incident.opened',
      'incident.retried',
    ]);
    expect(trail.get('抢修-0001')?.at(-1)?.body).to.include({ actor: editor?.actor });
  });

  it('换到改好的一版，系统马上再试：走通了，各条期限照各自的时刻', async () => {
    const { system } = served();
    const [{ id: from = 0 } = {}] = await system.database.transaction((transaction) =>
      transaction.query<{ id: number }>(`SELECT id FROM definition_overview WHERE key = 'stalling'`),
    );
    await mendProcess(system);
    const [{ id: to = 0 } = {}] = await system.database.transaction((transaction) =>
      transaction.query<{ id: number }>(
        `SELECT id FROM definition_overview WHERE key = 'stalling' AND version = 2`,
      ),
    );
    const [{ id = '' } = {}] = await system.database.transaction((transaction) =>
      transaction.query<{ id: string }>(
        `SELECT id::text AS id FROM case_overview WHERE business_key = '抢修-0001'`,
      ),
    );
    const at = system.clock.now();
    await system.executor.execute([
      { kind: 'migrate', caseId: id, at, actor: '测试', migration: 1, from, to, mapping: {} },
    ]);
    expect(await system.executor.fireDue(10)).to.equal(1);
    expect((await list()).total).to.equal(0);
    const trail = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['抢修-0001']),
    );
    const [fired, closed] = trail.get('抢修-0001')?.slice(-2) ?? [];
    expect(fired).to.deep.include({ type: 'timer.fired', at: new Date('2026-03-02T12:00:00+08:00') });
    expect(closed?.body).to.include({ how: 'went-on', tries: 2 });
  });

  describe('两人更正变量、移动令牌', () => {
    let approver: SignedIn;
    before(async () => {
      const { system } = served();
      await stalledCase(system, '抢修-0002');
      await stalledCase(system, '抢修-0003');
      system.clock.moveTo(new Date(system.clock.now().getTime() + 2 * 3_600_000));
      await system.executor.fireDue(10);
      approver = await newcomer(system, { login: 'shenpi', roles: ['compliance-approver'] });
      if (editor) editor = { ...editor, ...(await sessionOf(system, editor.login)) };
    });

    const path = '/api/incidents';
    const mendable = async (workOrder: string): Promise<Mendable> =>
      answered(
        'readMendable',
        await send(
          served().url,
          `${path}/mendable?workOrder=${encodeURIComponent(workOrder)}`,
          editor ? { as: editor } : {},
        ),
      ) as Mendable;
    const proposals = async (workOrder: string, as = approver): Promise<Proposals['items']> =>
      (
        answered(
          'listProposals',
          await send(served().url, `${path}/proposals?workOrder=${encodeURIComponent(workOrder)}`, { as }),
        ) as Proposals
      ).items;
    const propose = (body: object, as = editor) => post(served().url, `${path}/proposals`, body, {}, as);
    const approve = (body: object, as = approver) =>
      post(served().url, `${path}/approvals`, { comment: '属实', ...body }, {}, as);
    const entriesOf = async (no: string) =>
      (
        await served().system.database.transaction((transaction) =>
          served().system.trail.read(transaction, [no]),
        )
      ).get(no) ?? [];
    const asRole = async (granted: Role, revoked: Role): Promise<void> => {
      const { identity } = served().system;
      await identity.people.revoke('bianji', revoked, '测试');
      await identity.people.grant('bianji', granted, '测试');
      if (editor) editor = { ...editor, ...(await sessionOf(served().system, 'bianji')) };
    };
    const helpers = { kind: 'set', name: 'helpers', value: true };

    it('更正变量：先看会怎样，一人提出，另一人批准，马上走通；轨迹写明两人、原来的值，理由封存', async () => {
      const workOrder = '抢修-0002';
      const { basedOn, variables, tokens } = await mendable(workOrder);
      expect(variables).to.deep.equal([
        {
          name: 'helpers',
          label: 'helpers',
          instance: null,
          token: null,
          kind: 'any',
          options: [],
          value: null,
        },
      ]);
      expect(tokens.map(({ at }) => at.id)).to.deep.equal(['work', 'remind']);
      const wanted = { workOrder, basedOn, act: helpers };
      const outlook = answered(
        'previewIntervention',
        await post(served().url, `${path}/previews`, wanted, {}, editor),
      ) as Outlook;
      expect(outlook.goesOn).to.equal(true);
      expect(outlook.says).to.include.members(['中断“抢修”', '“两小时没有修好”走通']);
      expect(await proposals(workOrder)).to.deep.equal([]);

      answered('proposeIntervention', await propose({ ...wanted, reason: '现场说有人手' }));
      await createJobRunner({ ...served().system, onError: (error) => expect.fail(String(error)) }).runDue();
      const inbox = await send(
        served().url,
        '/api/notifications?recipient=role:compliance-approver&unread=true',
        { as: approver },
      );
      expect(answered('readInbox', inbox)).to.containSubset({
        items: [{ title: '等您批准：人工处置' }],
      });
      const [proposed] = await proposals(workOrder);
      expect(proposed).to.include({ reason: '现场说有人手', isOwn: false, void: null });
      expect(proposed?.what).to.equal('把变量“helpers”由没有值改为“是”');
      expect(proposed?.outlook?.goesOn).to.equal(true);
      const { proposal = 0 } = proposed ?? {};
      const order = { workOrder, proposal };
      expect(problemIn(await approve(order, editor)).code).to.equal('access.denied');
      await asRole('compliance-approver', 'compliance-editor');
      expect(problemIn(await approve(order, editor)).code).to.equal('intervention.own');
      await asRole('compliance-editor', 'compliance-approver');
      expect(problemIn(await approve({ workOrder, proposal: 1 })).code).to.equal('intervention.not-found');
      expect(answered('approveIntervention', await approve(order))).to.include({ goesOn: true });
      expect(problemIn(await approve(order)).code).to.equal('intervention.settled');
      expect((await list(`?workOrder=${encodeURIComponent(workOrder)}`)).total).to.equal(0);

      const [corrected, fired] = (await entriesOf(workOrder)).slice(-3);
      expect(corrected).to.deep.include({ type: 'variable.corrected', sealed: { comment: '属实' } });
      expect(corrected).to.have.deep.property('body', {
        ...{ actor: approver.actor, proposedBy: editor?.actor, proposal, variable: 'helpers', from: 'null' },
        data: { helpers: true },
        recordedAt: served().system.clock.now().toISOString(),
      });
      expect(fired).to.deep.include({
        type: 'timer.fired',
        at: new Date('2026-03-02T15:00:00+08:00'),
      });
    });

    it('移动令牌：会中断什么、停哪些期限用话说出；工单其间动过的，提议作废', async () => {
      const workOrder = '抢修-0003';
      const { basedOn, tokens } = await mendable(workOrder);
      const work = tokens.find(({ at }) => at.id === 'work');
      expect(work?.targets.map(({ name }) => name)).to.include.members(['增援', '督促']);
      const act = { kind: 'move', instance: work?.instance, token: work?.token, to: 'rescue' };
      const wanted = { workOrder, basedOn, act, reason: '没有人接手，派增援' };
      const wrong = async (body: object) => problemIn(await propose({ ...wanted, ...body })).code;
      expect(await wrong({ act: { ...helpers, name: 'kind' } })).to.equal('intervention.invalid');
      expect(await wrong({ act: { ...helpers, value: null } })).to.equal('intervention.invalid');
      expect(await wrong({ act: { ...act, token: '99' } })).to.equal('intervention.invalid');
      expect(await wrong({ act: { ...act, to: 'begin' } })).to.equal('intervention.hindered');
      expect(await wrong({ basedOn: '0'.repeat(64) })).to.equal('intervention.outdated');
      expect(await wrong({ workOrder: '抢修-0009' })).to.equal('case.not-found');
      expect(await wrong({ workOrder: '抢修-0002' })).to.equal('incident.not-open');

      answered('proposeIntervention', await propose(wanted));
      const reminding = tokens.find(({ at }) => at.id === 'remind')?.token;
      const withdrawing = { ...wanted, act: { kind: 'withdraw', instance: 1, token: reminding } };
      answered('proposeIntervention', await propose(withdrawing));
      const [first, second] = await proposals(workOrder, editor);
      expect(first).to.include({ isOwn: true, what: '把“夜间抢修”流程停着的“抢修”移到“增援”' });
      expect(first?.outlook?.says).to.include.members([
        '中断“抢修”',
        '走到“增援”',
        '“两小时没有修好”不再需要',
      ]);
      answered('approveIntervention', await approve({ workOrder, proposal: second?.proposal }));
      expect((await proposals(workOrder))[0]?.void).to.contain('又有变化');
      const stale = { workOrder, proposal: first?.proposal };
      expect(problemIn(await approve(stale)).code).to.equal('intervention.outdated');
      const reason = '另行提出';
      answered(
        'withdrawIntervention',
        await post(served().url, `${path}/withdrawals`, { ...stale, reason }, {}, editor),
      );

      answered(
        'proposeIntervention',
        await propose({ ...wanted, basedOn: (await mendable(workOrder)).basedOn }),
      );
      const [again] = await proposals(workOrder);
      answered('approveIntervention', await approve({ workOrder, proposal: again?.proposal }));
      const entries = await entriesOf(workOrder);
      expect(entries.map(({ type }) => type).slice(-2)).to.deep.equal(['token.moved', 'incident.closed']);
      expect(entries.at(-2)?.sealed).to.deep.equal({ comment: '属实' });
    });

    it('改过以后，各表仍是轨迹所记的', async () => {
      const { findings } = await verifyTrail(served().system);
      expect(findings.filter(({ attack }) => attack !== 'unguarded')).to.deep.equal([]);
    });
  });
});

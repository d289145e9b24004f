/** What cannot go on: who sees it, who may try it again, who is told. */
import { expect } from 'chai';
import { createJobRunner } from '../../src/jobs/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { plainTrails } from '../support/entries.js';
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface Listed {
  readonly total: number;
  readonly next: string | null;
  readonly items: readonly Record<string, unknown>[];
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

  it('运行状况里算已届满而没有触发,不算触发过;该处置的岗位的收件箱里有', async () => {
    const { url, system } = served();
    const { deadlines } = answered('readStatus', await send(url, '/api/status')) as {
      deadlines: { pastDue: number; incidents: number };
    };
    expect(deadlines).to.include({ pastDue: 1, incidents: 1 });
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    for (const [as, role] of [
      [supervisor, 'supervisor'],
      [editor, 'compliance-editor'],
    ] as const) {
      const inbox = answered(
        'readInbox',
        await send(url, `/api/notifications?recipient=role:${role}&unread=true`, as ? { as } : {}),
      ) as { items: { title: string; text: string }[] };
      expect(inbox.items[0]?.title).to.equal('异常:两小时没有修好走不下去');
      expect(inbox.items[0]?.text).to.contain('抢修-0001');
    }
  });

  it('再试一次:仍走不下去的说明为什么,记入轨迹;没有的、别人须回避的拒绝', async () => {
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

  it('换到改好的一版,系统马上再试:走通了,各条期限照各自的时刻', async () => {
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
});

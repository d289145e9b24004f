import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { deploy } from '../../src/engine/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, completeOnly, dispatched, post, problemIn, send, useServer } from './serving.js';
import { plainTrails } from '../support/entries.js';

interface View {
  readonly id: number;
  readonly state: string;
  readonly moved: number;
  readonly stayed: number;
  readonly possible: readonly string[];
  readonly preview: {
    readonly examined: number;
    readonly movable: number;
    readonly hindrances: readonly { element: string; elementName: string; why: string; cases: number }[];
  } | null;
  readonly left: readonly { readonly no: string; readonly why: string }[];
}

const handling = packageText('processes/handling.bpmn', packageRoot);

describe('工单换到流程的新版', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let editor: SignedIn;
  let approver: SignedIn;
  let both: SignedIn;

  before(async () => {
    const { system } = served();
    editor = await newcomer(system, { login: 'bianji', name: '编辑', roles: ['compliance-editor'] });
    approver = await newcomer(system, { login: 'shenpi', name: '审批', roles: ['compliance-approver'] });
    both = await newcomer(system, { login: 'zhuangang', name: '转岗', roles: ['compliance-editor'] });
  });

  const propose = async (body: object, as = editor) =>
    post(
      served().url,
      '/api/migrations',
      { key: 'handling', from: 1, to: 2, reason: '按新版办', ...body },
      {},
      as,
    );
  const act = (id: number, path: string, as: SignedIn, body: object = {}) =>
    post(served().url, `/api/migrations/${id}/${path}`, body, {}, as);
  const run = (id: number, as: SignedIn) =>
    send(served().url, `/api/migrations/${id}/run`, { method: 'POST', as });
  const read = async (id: number, as = editor) =>
    answered('readMigration', await send(served().url, `/api/migrations/${id}`, { as })) as View;

  it('预览说明换不了的停在哪里；两人，后台换，期限不动，任务改名，轨迹有记录，换不了的留下', async () => {
    const { system, url } = served();
    const waiting = await dispatched(url);
    const [task] = waiting.tasks;
    const element = task?.element ?? '';
    const signed = await completeOnly(url, await dispatched(url), { decision: 'sign' }, '经办人');
    const [later] = signed.tasks;
    const gone = later?.element ?? '';
    expect(gone).not.to.equal(element);

    // The first task has another name, and the second is no task any more.
    const renamed = handling.replaceAll(new RegExp(`\\b${element}\\b`, 'g'), `${element}_New`);
    const next = renamed.replaceAll(new RegExp(`\\b${gone}\\b`, 'g'), `${gone}_Gone`);
    await deploy({ ...system, journal: system.trail }, next, { actor: '测试' });

    const proposed = answered(
      'proposeMigration',
      await propose({ mapping: { [element]: `${element}_New` } }),
    ) as View;
    expect(proposed.preview).to.include({ examined: 2, movable: 1 });
    expect(proposed.preview?.hindrances[0]).to.include({ element: gone, why: '新版没有这个环节', cases: 1 });
    expect(problemIn(await run(proposed.id, approver)).code).to.equal('migration.state');
    expect(proposed.possible).to.deep.equal(['withdraw']);
    expect((await read(proposed.id, approver)).possible).to.deep.equal(['approve', 'withdraw']);
    answered('approveMigration', await act(proposed.id, 'approvals', approver, { comment: '同意' }));
    expect((await read(proposed.id, approver)).possible).to.deep.equal(['withdraw', 'start']);
    expect(answered('runMigration', await run(proposed.id, approver))).to.include({ state: 'running' });
    expect((await read(proposed.id, approver)).possible).to.deep.equal([]);
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    expect(await read(proposed.id)).to.include({ state: 'finished', moved: 1, stayed: 1 });
    expect((await read(proposed.id)).left).to.deep.equal([
      { no: signed.sheet.no, why: `${gone}：新版没有这个环节` },
    ]);

    const after = answered(
      'readWorkOrder',
      await send(url, `/api/work-orders/${waiting.sheet.no}`),
    ) as typeof waiting;
    expect(after.tasks.map((one) => one.element)).to.deep.equal([`${element}_New`]);
    expect(after.deadlines.map(({ due }) => due)).to.deep.equal(waiting.deadlines.map(({ due }) => due));
    expect(after.deadlines.length).to.be.above(0);
    const { rows } = await system.database.pool.query<{ element: string }>(
      `SELECT t.element FROM hotline.task t JOIN hotline.process_case c ON c.id = t.case_id
        WHERE c.business_key = $1`,
      [waiting.sheet.no],
    );
    expect(rows).to.deep.equal([{ element: `${element}_New` }]);
    const trail = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, [waiting.sheet.no]),
    );
    const entry = trail.get(waiting.sheet.no)?.find(({ type }) => type === 'case.migrated');
    expect(entry?.body).to.deep.include({
      process: 'handling',
      from: 1,
      version: 2,
      migration: proposed.id,
      mapping: { [element]: `${element}_New` },
      actor: approver.actor,
    });
    // It goes on with the new version.
    await completeOnly(url, after, { decision: 'sign' }, '经办人');
  });

  it('提出的人不得批准，转岗以后也一样；不对的映射、版次、状态一律拒绝', async () => {
    const { system } = served();
    const code = async (body: object) => problemIn(await propose(body)).code;
    expect(await code({ to: 1 })).to.equal('migration.invalid');
    expect(await code({ to: 9 })).to.equal('definition.not-found');
    expect(await code({ mapping: { Nothing: 'Task' } })).to.equal('migration.invalid');
    const own = answered('proposeMigration', await propose({}, both)) as View;
    await system.identity.people.revoke(both.login, 'compliance-editor', '测试');
    await system.identity.people.grant(both.login, 'compliance-approver', '测试');
    const person = (await system.identity.people.list()).find(({ login }) => login === both.login);
    if (!person) expect.fail('gone');
    const { headersOf } = await import('../support/people.js');
    const secret = await system.database.transaction((transaction) =>
      system.identity.sessions.openIn(transaction, person),
    );
    both = { ...both, secret, headers: headersOf(secret) };
    expect((await read(own.id, both)).possible).to.deep.equal(['withdraw']);
    expect(problemIn(await act(own.id, 'approvals', both, { comment: '同意' })).code).to.equal(
      'migration.own',
    );
    answered('withdrawMigration', await act(own.id, 'withdrawal', both, { reason: '不换了' }));
    expect(problemIn(await act(own.id, 'approvals', approver, { comment: '同意' })).code).to.equal(
      'migration.state',
    );
    expect(problemIn(await act(999, 'approvals', approver, { comment: '同意' })).code).to.equal(
      'migration.not-found',
    );
    const backwards = answered('proposeMigration', await propose({ from: 2, to: 1 })) as View;
    answered('approveMigration', await act(backwards.id, 'approvals', approver, { comment: '同意' }));
    expect(problemIn(await run(backwards.id, approver)).code).to.equal('migration.invalid');
  });
});

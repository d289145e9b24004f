/** Every operation, called by every role: those without the right get nothing, and it is recorded. */
import { expect } from 'chai';
import { roles } from '../../src/identity/index.js';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import type { Operation } from '../../src/http/contract/operation.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, fill, post, problemIn, send, useServer } from './serving.js';
import { settled } from '../support/entries.js';

describe('权限', () => {
  const served = useServer();
  const table = Object.entries<Operation>(operations) as [OperationId, Operation][];
  const refusals = async () => {
    await settled(served().system);
    const { rows } = await served().system.database.pool.query<{ count: number }>(
      "SELECT coalesce(sum((convert_from(body, 'UTF8')::json ->> 'count')::int), 0)::int AS count FROM hotline.trail_entry WHERE stream = 'refusals'",
    );
    return rows[0]?.count ?? 0;
  };
  const call = (operation: Operation, known: { [name: string]: string }, as: SignedIn | 'nobody') =>
    send(
      served().url,
      operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '1'),
      {
        method: operation.method.toUpperCase(),
        as,
        ...(operation.body ? { headers: { 'content-type': 'application/json' }, body: '{}' } : {}),
      },
    );

  it('没有登录：除公开的以外一律 401，每次都记入轨迹', async () => {
    let before = await refusals();
    for (const [id, operation] of table) {
      if (operation.access === 'anyone') continue;
      const refused = problemIn(await call(operation, {}, 'nobody'));
      expect(refused.code, id).to.equal(operation.method === 'get' ? 'session.required' : refused.code);
      expect(refused.status, id).to.be.oneOf([401]);
      expect(await refusals(), id).to.equal(++before);
    }
  });

  it('每个角色：不归它的操作一律 403 并记入轨迹，归它的不以没有权限拒绝', async () => {
    for (const role of roles) {
      const one = await newcomer(served().system, { login: `only-${role}`, roles: [role] });
      const before = await refusals();
      const others = table.filter(([, { access }]) => typeof access !== 'string' && !access.includes(role));
      for (const [id, operation] of others) {
        const refused = problemIn(await call(operation, {}, one));
        expect(refused, `${role} ${id}`).to.include({ status: 403, code: 'access.denied' });
      }
      expect(await refusals(), role).to.equal(before + others.length);
    }
  });

  it('第十条：别的单位看不到这张工单，列表、详情、轨迹、待办、消息、办结都当它不存在，并记入轨迹', async () => {
    const { url, people } = served();
    const order = await dispatched(url);
    const [task] = order.tasks;
    const { no } = order.sheet;
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    const foreign = await people.doing('unit', '某城管局经办人', '某城管局');
    const list = async (path: string, as: SignedIn) =>
      ((await send(url, path, { as })).json as { total: number; items: { no: string }[] }).items.map(
        (item) => item.no,
      );
    for (const path of ['/api/work-orders', '/api/tasks']) {
      expect(await list(path, own)).to.include(no);
      expect(await list(path, foreign)).to.deep.equal([]);
    }
    answered('readWorkOrder', await send(url, `/api/work-orders/${no}`, { as: own }));
    const taskPath = `/api/tasks/${encodeURIComponent(task?.id ?? '')}`;
    const before = await refusals();
    for (const path of [`/api/work-orders/${no}`, `/api/work-orders/${no}/trail`, taskPath]) {
      const reply = await send(url, path, { as: foreign });
      expect(problemIn(reply).status, path).to.equal(404);
      expect(reply.text).not.to.include(order.sheet.title);
    }
    const message = { message: 'extension-applied' };
    expect(problemIn(await post(url, `/api/work-orders/${no}/messages`, message, {}, foreign)).code).to.equal(
      'case.not-found',
    );
    const completion = { answers: task ? fill(task) : {} };
    expect(problemIn(await post(url, `${taskPath}/completion`, completion, {}, foreign)).code).to.equal(
      'task.not-found',
    );
    expect(await refusals()).to.equal(before + 5);
    expect((await post(url, `${taskPath}/completion`, completion, {}, own)).status).to.equal(200);
  });

  it('第二道墙：查询忘了条件，以单位的身份也只读到自己的；不说是谁，什么也读不到', async () => {
    const { system } = served();
    const { asViewer } = await import('../../src/platform/database/index.js');
    const count = (units: readonly string[], relation: string) =>
      asViewer(system.database, units).transaction(async (transaction) => {
        const [row] = await transaction.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM hotline.${relation}`,
        );
        return row?.count;
      });
    for (const relation of [
      'work_order',
      'process_case',
      'task',
      'deadline',
      'trail_entry',
      'sealed_value',
    ]) {
      expect(await count([], relation), relation).to.equal(0);
      expect(await count(['某城管局'], relation), relation).to.equal(0);
    }
    expect(await count(['某水务局'], 'work_order')).to.equal(1);
    const denied = await asViewer(system.database, ['某水务局'])
      .transaction((transaction) => transaction.query('SELECT * FROM hotline.person'))
      .catch((error: unknown) => error);
    expect(denied).to.have.property('code', '42501');
  });

  it('流程之间的消息不能由人冒充', async () => {
    const { url } = served();
    const { sheet } = await dispatched(url);
    for (const message of ['dispatch', 'overdue', 'handled', 'not-handled-after-supervision']) {
      const reply = await post(url, `/api/work-orders/${sheet.no}/messages`, { message });
      expect(problemIn(reply), message).to.include({ status: 403, code: 'access.denied' });
    }
  });

  it('互斥的角色授予时拒绝；数据里并存的，两个都不算', async () => {
    const { system, url } = served();
    await newcomer(system, { login: 'editor', roles: ['compliance-editor'] });
    const grant = await send(url, '/api/persons/editor/roles/compliance-approver', { method: 'PUT' });
    expect(problemIn(grant)).to.include({ status: 409, code: 'role.exclusive' });
    const both = await newcomer(system, { login: 'both', roles: ['compliance-editor'] });
    const body = { of: 'both', role: 'compliance-approver', actor: '越权' };
    const written = await system.database.transaction((transaction) =>
      system.trail.append(transaction, [
        { stream: 'accounts', type: 'role.granted', at: system.clock.now(), body },
      ]),
    );
    await system.database.pool.query(
      `INSERT INTO hotline.role_grant (person, role, granted_at, granted_by, entry)
       SELECT id, 'compliance-approver', created_at, '越权', $1 FROM hotline.person WHERE login = 'both'`,
      [system.trail.numberOf(written.get('accounts') ?? null)],
    );
    const proposal = { value: 'P2D', effectiveOn: '2027-01-01', reason: '试' };
    const refused = await post(url, '/api/policies/supervisionLimit/proposals', proposal, {}, both);
    expect(problemIn(refused).code).to.equal('access.denied');
  });
});

/** An auditor sees everything and changes nothing: every operation of the contract, as 审计, with the database before and after. */
import { expect } from 'chai';
import fc from 'fast-check';
import { after } from 'mocha';
import pg from 'pg';
import { sequence } from '../../src/accountability/index.js';
import { documented, endsItself, fitting, pathOf, type Documented } from '../support/document.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { dispatched, send, useServer } from './serving.js';

/** Permitted changes: the auditor's own session and account, reads and exports, refusals. */
const own: readonly string[] = [
  'session',
  'sign_in_failure',
  'counted_entry',
  'oidc_flow',
  // Of the streams `accounts` (a log-in), `refusals` and `exports` alone: looked at below.
  'trail_entry',
  'trail_head',
  'trail_export',
  // Ordering an export first places and signs the entries.
  ...['trail_leaf', 'trail_log', 'trail_tile', 'trail_checkpoint', 'trail_search', 'trail_terms'],
];

describe('第十条、第二十二条：审计人员只看', () => {
  let owner: pg.Client;
  // Before the database goes.
  after(() => owner.end());
  const served = useServer();
  let auditor: SignedIn;
  let known: { readonly [name: string]: string } = {};

  let asked = '';
  let stood: ReadonlyMap<string, string> = new Map();

  /**
   * Tables and their content, each as one hash; read as the owner, because the program's role may
   * not read every table.
   */
  const contents = async (): Promise<ReadonlyMap<string, string>> => {
    const { rows } = await owner.query<{ name: string; hash: string | null }>(asked);
    return new Map(rows.map(({ name, hash }) => [name, hash ?? '']));
  };
  const streams = async (): Promise<readonly string[]> => {
    const { rows } = await served().system.database.pool.query<{ stream: string }>(
      `SELECT stream || ' ' || count(*) AS stream FROM hotline.trail_entry
        WHERE stream NOT IN ('accounts', 'refusals', 'exports') GROUP BY stream ORDER BY 1`,
    );
    return rows.map(({ stream }) => stream);
  };
  const call = async ({ operation, parameters, body }: Documented, seed: number) => {
    const query = parameters
      .filter((one) => one.in === 'query' && one.required === true)
      .map(
        ({ name, schema }) =>
          `${name}=${encodeURIComponent(String(fc.sample(fitting(schema), { seed, numRuns: 1 })[0]))}`,
      );
    return send(served().url, `${pathOf(operation.path, known)}?${query.join('&')}`, {
      as: auditor,
      method: operation.method.toUpperCase(),
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(fc.sample(fitting(body), { seed, numRuns: 1 })[0]) } : {}),
    });
  };

  before(async () => {
    const order = await dispatched(served().url);
    const { no } = order.sheet;
    known = {
      no,
      id: order.tasks[0]?.id ?? '1',
      key: 'handling',
      version: '1',
      login: 'somebody',
      role: 'intake',
    };
    await newcomer(served().system, { login: 'somebody', roles: ['intake'] });
    auditor = await newcomer(served().system, { login: 'shenji', roles: ['auditor'] });
    await sequence(served().system.database);
    owner = new pg.Client({ connectionString: served().system.database.url });
    await owner.connect();
    const { rows: tables } = await owner.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'hotline' ORDER BY 1",
    );
    asked = tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, md5(string_agg(r::text, E'\\n' ORDER BY r::text)) AS hash FROM hotline."${name}" r`,
      )
      .join(' UNION ALL ');
    stood = await contents();
  });

  // Operations on the session itself: they end it, or ask for a password.
  const ofTheSession = ['signOut', 'signIn', 'endSession', 'changePassword', 'reauthenticate'];

  for (const one of documented.filter(endsItself).filter(({ id }) => !ofTheSession.includes(id))) {
    it(`${one.id}：什么也没有改`, async () => {
      const [before, recorded] = [stood, await streams()];
      const statuses: number[] = [];
      for (const seed of [1, 2, 3]) statuses.push((await call(one, seed)).status);
      stood = await contents();
      const changed = [...stood].filter(([name, hash]) => before.get(name) !== hash).map(([name]) => name);
      expect(changed.filter((name) => !own.includes(name))).to.deep.equal([]);
      expect(await streams()).to.deep.equal(recorded);
      const { access, method } = one.operation;
      const theirs = typeof access === 'string' || access.includes('auditor');
      if (method !== 'get' && !theirs) expect(statuses).to.deep.equal([403, 403, 403]);
    });
  }

  it('归审计人员的只有要求导出、核对印在纸上的根、核查和比较流程图（不留下什么）、问和决定线索、把自己的通知记为已读，和本人帐号的', () => {
    const theirs = documented.filter(
      ({ operation: { access, method } }) =>
        method !== 'get' &&
        (access === 'signed-in' || (typeof access !== 'string' && access.includes('auditor'))),
    );
    expect(theirs.map(({ id }) => id)).to.have.members([
      'orderTrailExport',
      // An entry of its own, nothing else.
      'holdTrailRoot',
      // They are read with a body, nothing is kept.
      'checkDiagram',
      'compareDiagrams',
      'askAboutRadar',
      'decideRadar',
      'markNotificationRead',
      'markNotificationsRead',
      'reauthenticate',
      'changePassword',
      'confirmSecondFactor',
      'cancelSecondFactor',
      'endSession',
    ]);
  });
});

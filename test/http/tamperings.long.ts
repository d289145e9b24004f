/**
 * SQL changes with all rights, each on a copy of one used database: verification names table, row
 * and cause; and no page or command fails with a program error.
 */
import { expect } from 'chai';
import pg from 'pg';
import { verifyNightly, verifyTrail } from '../../src/accountability/index.js';
import { parsePeriod } from '../../src/measures/assessment/index.js';
import { recomputePeriod } from '../../src/cases/index.js';
import { latestCheckpoint } from '../../src/accountability/store/checkpoint-store.js';
import { Refusal, systemClock } from '../../src/kernel/index.js';
import { documented, endsItself, pathOf } from '../support/document.js';
import { asSuperuser } from '../support/tamper.js';
import { testServer } from '../support/test-server.js';
import { lawfully, logTamperings, guardTamperings } from './log-tamperings.js';
import { accept, send, useServer } from './serving.js';
import { live, rowTamperings } from './tamperings.js';

describe('以全部权限改库，各在一份副本上（第二十二条、第四十条）', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let no = '';
  let kept = '';
  let admin: pg.Client | undefined;
  const pages = documented.filter((one) => one.operation.method === 'get' && endsItself(one));
  const own = () => new URL(served().system.database.url).pathname.slice(1);

  /** Each page is requested as its own reader. */
  const paths = (): readonly string[] =>
    pages.map(({ parameters, operation: { path } }) =>
      pathOf(path, {
        ...{ no, key: 'handling', version: '1', login: 'yi', id: '1', element: 'Task_A' },
        ...Object.fromEntries(
          parameters.filter(({ schema }) => schema.type === 'integer').map(({ name }) => [name, '1']),
        ),
      }),
    );

  const query = (sql: string) => admin?.query(sql);

  /** Restores the used database. */
  async function afresh(): Promise<void> {
    await query(`DROP DATABASE ${own()} WITH (FORCE)`);
    await query(`CREATE DATABASE ${own()} TEMPLATE ${kept}`);
    // The pool releases cut connections one by one.
    for (let tries = 0; tries < 50; tries += 1) {
      const there = await served()
        .system.database.transaction((transaction) => transaction.query('SELECT 1'))
        .catch(() => undefined);
      if (there) return;
      await systemClock.sleep(20);
    }
  }

  before(async function () {
    this.timeout(120_000);
    no = await live(served());
    for (const { operation } of pages) await served().people.allowed(operation.access);
    // The programs' sessions use the copy as well.
    for (const path of paths()) await send(served().url, path);
    admin = new pg.Client({ connectionString: (await testServer()).adminUrl });
    await admin.connect();
    kept = `${own()}_kept`;
    await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${own()}'`);
    await query(`CREATE DATABASE ${kept} TEMPLATE ${own()}`);
  });
  after(async () => {
    await query(`DROP DATABASE IF EXISTS ${kept} WITH (FORCE)`);
    await admin?.end();
  });

  /** Failures by a program error; there should be none. */
  async function failures(): Promise<readonly string[]> {
    const { system, url, reported } = served();
    const failed: string[] = [];
    reported.length = 0;
    for (const path of paths()) {
      const { status, text } = await send(url, path).catch((error: unknown) => ({
        ...{ status: 0, text: String(error) },
      }));
      if (status === 0 || text.includes('"code":"internal.error"'))
        failed.push(`${path} ${status} ${text.slice(0, 300)}`);
    }
    // A refusal names the fault, even if only the operator can repair it: nothing can be signed
    // with another key.
    failed.push(...reported.filter((error) => !(error instanceof Refusal)).map(String));
    const commands = {
      'trail verify': () => verifyTrail(system),
      'trail verify, a night': () => verifyNightly({ ...system, most: 10 }),
      'assessment recompute': () => recomputePeriod(system, 'live', parsePeriod('2026-03')),
    };
    for (const [name, run] of Object.entries(commands)) {
      const error = await run().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined && (error as { code?: string }).code === undefined)
        failed.push(`${name}: ${error instanceof Error ? (error.stack ?? '') : JSON.stringify(error)}`);
    }
    return failed;
  }

  it('副本没有动过的，全部成立', async () => {
    await afresh();
    const { findings } = await verifyTrail(served().system);
    expect(findings).to.deep.equal([]);
    expect(await failures()).to.deep.equal([]);
  });

  it('一共四十种以上', () => {
    expect(rowTamperings.length + logTamperings.length + guardTamperings.length).to.be.at.least(40);
  });

  /** Tables after whose first change all pages were requested, which saves a minute. */
  const looked = new Set<string>();

  for (const { what, table, sql, said } of rowTamperings) {
    it(`${what}：点名 ${table}，哪一行，为什么`, async function () {
      this.timeout(120_000);
      await afresh();
      await asSuperuser(
        served().system.database.url,
        [`SET session_replication_role = replica`],
        [`ALTER TABLE ${table} DISABLE TRIGGER ALL`],
        [sql(no)],
      );
      const { findings } = await verifyTrail(served().system);
      const found = findings.filter(({ row }) => row?.table === table);
      expect(found.map(({ detail }) => detail).join('\n')).to.match(said);
      if (looked.has(table)) return;
      looked.add(table);
      expect(await failures()).to.deep.equal([]);
    });
  }

  for (const { what, does, named } of logTamperings) {
    it(`${what}:${named}`, async function () {
      this.timeout(120_000);
      await afresh();
      await does(served().system.database.url, no);
      const { findings } = await verifyTrail(served().system);
      expect(
        findings.map(({ attack }) => attack),
        findings.map(({ detail }) => detail).join('\n'),
      ).to.include(named);
      expect(await failures()).to.deep.equal([]);
    });
  }

  for (const { what, sql, said } of guardTamperings) {
    it(`${what}：点名`, async function () {
      this.timeout(120_000);
      await afresh();
      await lawfully(served().system.database.url, sql);
      const { findings } = await verifyTrail(served().system);
      const found = findings.filter(({ attack }) => attack === 'unguarded');
      expect(found.map(({ detail }) => detail).join('\n')).to.match(said);
      expect(await failures()).to.deep.equal([]);
    });
  }

  it('整个库退回旧的备份：凭留存的检查点点名', async () => {
    await afresh();
    const { system, url } = served();
    await accept(url);
    await signed();
    const later = await system.database.transaction((transaction) => latestCheckpoint(transaction));
    await afresh();
    const { findings } = await verifyTrail({ ...system, kept: [later?.note ?? ''] });
    expect(findings.map(({ attack }) => attack)).to.include('log-cut');
  });

  async function signed(): Promise<void> {
    const { system } = served();
    const { sequence, signCheckpoint } = await import('../../src/accountability/index.js');
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
  }
});

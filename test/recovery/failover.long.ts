/**
 * The primary dies and its standby is promoted, with both in `DATABASE_URL`: the running program
 * continues with the new primary, and nothing accepted is lost.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { systemClock } from '../../src/kernel/index.js';
import { openSystem } from '../../src/main.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { ownServer, type OwnServer } from '../support/own-server.js';
import { launchServe, startServing, type ServingProgram } from '../support/serve-program.js';

/** Milliseconds. */
const patience = 20_000;

describe('主备切换', () => {
  let folder = '';
  let primary: OwnServer;
  let standby: OwnServer;
  let environment: NodeJS.ProcessEnv = {};
  let program: ServingProgram;
  let agent: SignedIn;
  const keys: string[] = [];

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), 'hotline-failover-'));
    primary = await ownServer(join(folder, 'one'));
    // Copied while it stands still, as pg_basebackup would while it runs.
    await primary.stop();
    const { username, password, port } = new URL(primary.url);
    standby = await ownServer(join(folder, 'two'), {}, async (cluster) => {
      await mkdir(dirname(cluster), { recursive: true });
      await cp(join(folder, 'one', 'postgres'), dirname(cluster), { recursive: true });
      await rm(join(cluster, 'postmaster.opts'));
      await writeFile(join(cluster, 'standby.signal'), '');
      const source = `host=127.0.0.1 port=${port} user=${username} password=${password}`;
      await writeFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    });
    await primary.start();
    while ((await primary.query('SELECT FROM pg_stat_replication')).length === 0) await systemClock.sleep(50);
    // Acknowledged data is on both servers.
    await set(primary, "SET synchronous_standby_names = '*'");
    const url = new URL(primary.url);
    // The one that cannot be written first.
    const hosts = `127.0.0.1:${standby.port},127.0.0.1:${port}`;
    const both = url.href
      .replace(url.host, hosts)
      .replace('sslmode=disable', 'sslmode=disable&target_session_attrs=read-write');
    const data = join(folder, 'data');
    const system = await openSystem({
      clock: systemClock,
      applicationName: 'test',
      url: both,
      directory: data,
    });
    agent = await newcomer(system, { login: 'shouli1', roles: ['intake'] });
    await system.close();
    environment = { ...process.env, DATABASE_URL: both, HOTLINE_DATA: data, HOTLINE_LOG_LEVEL: 'silent' };
    program = await startServing(environment);
  });
  after(async () => {
    await program.stop();
    await Promise.all([standby.stop(), primary.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** Until it is taken in. */
  async function submit(): Promise<void> {
    const key = `sheet-${keys.length}`;
    const begun = performance.now();
    for (;;) {
      const answer = await fetch(`${program.url}/api/work-orders`, {
        method: 'POST',
        headers: { ...agent.headers, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ channel: 'phone', kind: 'help', title: key, content: '早上起来就没有水。' }),
      });
      if (answer.ok) break;
      const said = await answer.text();
      expect(answer.status, said).to.equal(503);
      expect(performance.now() - begun, `不受理，一直答：${said}`).to.be.below(patience);
      await systemClock.sleep(20);
    }
    keys.push(key);
  }
  const titles = async (server: OwnServer) =>
    (await server.query<{ title: string }>('SELECT title FROM hotline.work_order ORDER BY title')).map(
      ({ title }) => title,
    );

  it('两台主机写在 DATABASE_URL 里，先写的是备库：用可写的那一台', async () => {
    for (let count = 0; count < 10; count++) await submit();
    expect(await titles(primary)).to.have.members(keys);
  });

  it('主库停掉、备库提升：程序不退出，三秒之内在新的主库上继续，受理过的都在，各一份', async function () {
    this.timeout(120_000);
    await primary.stop('immediate');
    expect((await fetch(`${program.url}/readyz`)).status).to.equal(503);
    await standby.query('SELECT pg_promote()');
    const promoted = performance.now();
    await submit();
    expect(performance.now() - promoted).to.be.at.most(3000);
    for (let count = 0; count < 10; count++) await submit();
    expect(await titles(standby)).to.have.members(keys);
    expect(program.process.exitCode).to.equal(null);
    expect((await fetch(`${program.url}/readyz`)).status).to.equal(200);
  });

  it('还连着的那一台变成只读，另一台可写：换过去', async function () {
    this.timeout(120_000);
    await set(standby, 'SET default_transaction_read_only = on');
    await primary.start();
    await set(primary, 'RESET synchronous_standby_names');
    await submit();
    expect(await titles(primary)).to.include(keys.at(-1));
    await set(standby, 'RESET default_transaction_read_only');
  });

  it('一台可写的也没有：启动时等着，说明原因', async () => {
    const servers = [primary, standby];
    for (const server of servers) await set(server, 'SET default_transaction_read_only = on');
    const another = launchServe(environment);
    await another.prints(/没有一台连得上而且可写.*程序等着它/);
    expect(await another.stop()).to.equal(0);
    for (const server of servers) await set(server, 'RESET default_transaction_read_only');
  });

  async function set(server: OwnServer, what: string): Promise<void> {
    await server.query(`ALTER SYSTEM ${what}`);
    await server.query('SELECT pg_reload_conf()');
  }
});

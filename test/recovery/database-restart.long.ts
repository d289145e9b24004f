/**
 * PostgreSQL stops and starts repeatedly under two programs that take in requests and run jobs: no
 * program ends, nothing is lost or doubled, and both recover within three seconds.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { systemClock } from '../../src/kernel/index.js';
import { openSystem } from '../../src/main.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { ownServer, type OwnServer } from '../support/own-server.js';
import { launchServe, startServing, type ServingProgram } from '../support/serve-program.js';

const restarts = 10;
const soon = 3000;
const submitters = 4;

describe('PostgreSQL 重新启动', () => {
  let folder = '';
  let server: OwnServer;
  let environment: NodeJS.ProcessEnv = {};
  let agent: SignedIn;
  let programs: readonly ServingProgram[] = [];
  const failed = new AbortController();

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), 'hotline-restart-'));
    server = await ownServer(join(folder, 'database'));
    const data = join(folder, 'data');
    const system = await openSystem({
      clock: systemClock,
      applicationName: 'test',
      url: server.url,
      directory: data,
    });
    agent = await newcomer(system, { login: 'shouli1', roles: ['intake'] });
    await system.close();
    environment = {
      ...process.env,
      DATABASE_URL: server.url,
      HOTLINE_DATA: data,
      HOTLINE_LOG_LEVEL: 'warn',
      // A program that ends unexpectedly prints where.
      HOTLINE_DEBUG: '1',
    };
    programs = await Promise.all([startServing(environment), startServing(environment)]);
  });
  after(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** @returns whether it was accepted, now or in an earlier attempt */
  async function submit(url: string, key: string): Promise<boolean> {
    const request = { channel: 'phone', kind: 'help', title: key, content: '早上起来就没有水。' };
    const answer = await fetch(`${url}/api/work-orders`, {
      method: 'POST',
      headers: {
        ...agent.headers,
        'content-type': 'application/json',
        'idempotency-key': encodeURIComponent(key),
      },
      body: JSON.stringify(request),
    }).catch(() => undefined);
    if (!answer) return false;
    if (answer.status !== 503) expect(answer.status, await answer.text()).to.be.oneOf([200, 201]);
    return answer.ok;
  }
  const taken = async (url: string, key: string): Promise<void> => {
    while (!failed.signal.aborted && !(await submit(url, key))) await systemClock.sleep(20);
  };
  const left = async () =>
    (
      await server.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM hotline_jobs._private_jobs WHERE key IS NULL',
      )
    )[0]?.count;

  /** Waits until a job is being worked on. @returns how many are */
  const working = async (): Promise<number> => {
    while (!failed.signal.aborted) {
      const [row] = await server.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM hotline_jobs._private_jobs WHERE locked_at IS NOT NULL',
      );
      if (row && row.count > 0) return row.count;
      await systemClock.sleep(2);
    }
    return 0;
  };

  it('十次，有办着的任务：没有程序退出，不丢不重，三秒之内恢复', async function () {
    this.timeout(300_000);
    const ended = Promise.race(
      programs.map(async (program) => {
        await once(program.process, 'close');
        throw new Error(`a program has ended:\n${program.output()}`);
      }),
    );
    await Promise.race([ended, disturbed()]).finally(() => failed.abort());
  });

  async function disturbed(): Promise<void> {
    const urls = programs.map(({ url }) => url);
    const keys: string[] = [];
    let disturbing = true;
    const submitting = Promise.all(
      Array.from({ length: submitters }, async (_, who) => {
        const url = urls[who % urls.length] ?? expect.fail();
        for (let count = 0; disturbing && !failed.signal.aborted; count++) {
          const key = `停水-${who}-${count}`;
          await taken(url, key);
          keys.push(key);
        }
      }),
    );
    const waits: number[] = [];
    /** Jobs that were being worked on when the server went, each time. */
    const underWay: number[] = [];
    const disturb = async () => {
      for (let round = 1; round <= restarts && !failed.signal.aborted; round++) {
        const goal = keys.length + 20;
        while (keys.length < goal && !failed.signal.aborted) await systemClock.sleep(20);
        underWay.push(await working());
        await server.stop(round % 2 === 0 ? 'fast' : 'immediate');
        await systemClock.sleep(round % 3 === 0 ? 1500 : 100);
        await server.start();
        const back = performance.now();
        const firsts = urls.map((_, at) => `恢复-${round}-${at}`);
        await Promise.all(urls.map((url, at) => taken(url, firsts[at] ?? '')));
        waits.push(Math.round(performance.now() - back));
        keys.push(...firsts);
      }
      disturbing = false;
    };
    await Promise.all([submitting, disturb()]);
    console.log(
      `      三秒之内：${waits.join('、')} 毫秒；${keys.length} 件；办着的任务：${underWay.join('、')}`,
    );
    expect(Math.max(...waits)).to.be.at.most(soon);

    while ((await left()) !== 0) await systemClock.sleep(100);
    const titles = await server.query<{ title: string }>('SELECT title FROM hotline.work_order');
    expect(titles.map(({ title }) => title).sort()).to.deep.equal([...keys].sort());
    // Those who register it are notified of each, once.
    const told = await server.query(
      `SELECT w.title, count(n.id)::int AS count
         FROM hotline.work_order w LEFT JOIN hotline.notification n ON n.stream = w.no
        GROUP BY w.no HAVING count(n.id) <> 1`,
    );
    expect(told).to.deep.equal([]);
    expect(await server.query('SELECT FROM hotline.process_case')).to.have.length(keys.length);
  }

  it('启动时数据库不在：等着，说一次；数据库来了就继续', async () => {
    await server.stop();
    const program = launchServe(environment);
    await program.prints(/数据库连接不上：那里没有程序在监听.*程序等着它/);
    // Two more attempts at the least.
    await systemClock.sleep(2500);
    await server.start();
    await program.prints(/已启动：http/);
    expect(program.output().match(/没有程序在监听/g)).to.have.length(1);
    expect(await program.stop()).to.equal(0);
  });

  it('等着的时候照样停得下来', async () => {
    await server.stop();
    const program = launchServe(environment);
    await program.prints(/程序等着它/);
    expect(await program.stop()).to.equal(0);
    await server.start();
  });
});

/**
 * A database that cannot be written, full or read-only: reported with its own code, not ready, and
 * recovering by itself.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { systemClock } from '../../src/kernel/index.js';
import { openSystem } from '../../src/main.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { ownServer, type OwnServer } from '../support/own-server.js';
import { launchServe, startServing, type ServingProgram } from '../support/serve-program.js';

const run = promisify(execFile);
const size = 200;
/** Little of the disk is the server's own. */
const small = { max_wal_size: '64MB', min_wal_size: '32MB', shared_buffers: '16MB' };

describe('数据库写不进去', () => {
  let folder = '';
  let disk = '';
  let mounted = false;
  let server: OwnServer;
  let program: ServingProgram;
  let agent: SignedIn;
  let environment: NodeJS.ProcessEnv = {};

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), 'hotline-unwritable-'));
    disk = join(folder, 'disk');
    await mkdir(disk);
    mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=755`, 'tmpfs', disk]).then(
      () => true,
      () => false,
    );
    server = await ownServer(join(disk, 'database'), small);
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
      HOTLINE_LOG_LEVEL: 'silent',
    };
    program = await startServing(environment);
  });
  after(async () => {
    await program.stop();
    await server.stop();
    if (mounted) await run('umount', ['-l', disk]);
    await rm(folder, { recursive: true, force: true });
  });

  const submit = async () => {
    const answer = await fetch(`${program.url}/api/work-orders`, {
      method: 'POST',
      headers: { ...agent.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: 'phone',
        kind: 'help',
        title: '停水',
        content: '早上起来就没有水。'.repeat(300),
      }),
    });
    const { code = '', remedy = '' } = (await answer.json()) as { code?: string; remedy?: string };
    return { status: answer.status, code, remedy };
  };
  const ready = async () => {
    const answer = await fetch(`${program.url}/readyz`);
    return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
  };
  const accepted = async (): Promise<number> =>
    (await server.query<{ count: number }>('SELECT count(*)::int AS count FROM hotline.work_order'))[0]
      ?.count ?? -1;
  const readyAgain = async (): Promise<void> => {
    while ((await ready()).status !== 200) await systemClock.sleep(50);
    expect((await submit()).status).to.equal(201);
  };

  it('磁盘写满：答 503 database.full，不算就绪，没有做一半的；腾出以后自行恢复', async function () {
    if (!mounted) {
      console.log('      不是 root，挂不了小的磁盘');
      return this.skip();
    }
    this.timeout(120_000);
    expect(await ready()).to.include({ status: 200 });
    const before = await accepted();
    const filler = join(disk, 'filler');
    const file = await open(filler, 'w');
    const { bavail, bsize } = await statfs(disk);
    await file.writeFile(Buffer.alloc(bavail * bsize)).catch(() => undefined);
    await file.close();
    const answers: Awaited<ReturnType<typeof submit>>[] = [];
    try {
      for (let count = 0; count < 40; count++) answers.push(await submit());
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused.length).to.be.greaterThan(0);
      for (const answer of refused) {
        expect(answer).to.include({ status: 503, code: 'database.full' });
        expect(answer.remedy).to.include('磁盘');
      }
      expect(await ready()).to.deep.equal({ status: 503, code: 'database.full' });
      expect(program.process.exitCode).to.equal(null);
    } finally {
      await rm(filler);
    }
    await readyAgain();
    const taken = answers.filter(({ status }) => status === 201).length;
    expect(await accepted()).to.equal(before + taken + 1);
  });

  it('只读：答 503 database.read-only，不算就绪；这时启动的程序说明原因；可写以后自行恢复', async function () {
    this.timeout(120_000);
    const set = async (how: string): Promise<void> => {
      await server.query(`ALTER SYSTEM ${how}`);
      await server.query('SELECT pg_reload_conf()');
    };
    await set('SET default_transaction_read_only = on');
    try {
      for (let tries = 0; (await ready()).status === 200; tries++) {
        expect(tries, '只读以后十秒，/readyz 仍答 200').to.be.below(200);
        await systemClock.sleep(50);
      }
      expect(await ready()).to.deep.equal({ status: 503, code: 'database.read-only' });
      const answer = await submit();
      expect(answer).to.include({ status: 503, code: 'database.read-only' });
      expect(answer.remedy).to.include('主库');
      const another = launchServe(environment);
      expect(await another.ended).to.equal(1);
      expect(another.output()).to.include('数据库是只读的').and.include('target_session_attrs=read-write');
    } finally {
      await set('RESET default_transaction_read_only');
    }
    await readyAgain();
  });
});

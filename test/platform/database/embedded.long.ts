import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import pg from 'pg';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { Refusal } from '../../../src/kernel/index.js';
import { findBinaries } from '../../../src/platform/database/embedded/binaries.js';
import { exists, locate } from '../../../src/platform/database/embedded/cluster.js';
import type { Embedded } from '../../../src/platform/database/embedded/index.js';
import { initialise } from '../../../src/platform/database/embedded/initialise.js';
import { sharedMegabytes } from '../../../src/platform/database/embedded/server.js';
import { serverUser } from '../../../src/platform/database/embedded/server-user.js';
import { startEmbedded } from '../../../src/platform/database/embedded/index.js';

const settings = { fsync: 'off' };
const running: Embedded[] = [];
async function start(directory: string, given: Readonly<Record<string, string>> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ directory, settings: { ...settings, ...given } });
  running.push(embedded);
  return embedded;
}
/** Obstacles that only root can meet; an ordinary user has nothing to test here. */
const itAsRoot = process.getuid?.() === 0 ? it : () => undefined;

describe('自带的 PostgreSQL', () => {
  let home: string;
  beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'hotline-embedded-'))));
  afterEach(async () => {
    // A test that has failed leaves none.
    for (const embedded of running.splice(0)) await embedded.stop();
    await rm(home, { recursive: true, force: true });
  });

  it('第一次启动建库，第二次启动找得到数据，停了之后没有进程留下', async () => {
    const directory = join(home, 'not', 'there', 'yet');
    const first = await start(directory);
    const server = await serverOf(directory);
    await query(first.ownerUrl, "CREATE TABLE note AS SELECT '水停了' AS text");
    await first.stop();
    expect(isAlive(server)).to.equal(false);
    const second = await start(directory);
    expect(await query(second.ownerUrl, 'SELECT text FROM note')).to.deep.equal([{ text: '水停了' }]);
    await second.stop();
  });

  it('只听 127.0.0.1，要口令，口令文件只有属主能读，UTF-8，排序不依赖系统的语言设置', async () => {
    const embedded = await start(home);
    const wrong = new URL(embedded.ownerUrl);
    wrong.password = 'wrong';
    expect(await failureOf(query(wrong.href, 'SELECT 1'))).to.have.property('code', '28P01');
    expect((await stat(join(home, 'postgres', 'password'))).mode & 0o777).to.equal(0o600);
    expect(
      await query(
        embedded.ownerUrl,
        `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets,
                datlocprovider AS provider, datlocale AS locale, pg_encoding_to_char(encoding) AS encoding
           FROM pg_database WHERE datname = current_database()`,
      ),
    ).to.deep.equal([
      { listen: '127.0.0.1', sockets: '', provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' },
    ]);
    await embedded.stop();
  });

  it('共享内存是内存的八分之一，不少于 128 MB，不多于 1 GB；另有指定的，照指定的', async () => {
    const gigabyte = 2 ** 30;
    expect([0.5, 1, 4, 8, 64].map((memory) => sharedMegabytes(memory * gigabyte))).to.deep.equal([
      128, 128, 512, 1024, 1024,
    ]);
    const asked = "SELECT pg_size_bytes(current_setting('shared_buffers'))::int / 1048576 AS megabytes";
    const megabytes = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
      const embedded = await start(home, given);
      const rows = await query(embedded.ownerUrl, asked);
      await embedded.stop();
      return rows;
    };
    const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
    expect(await megabytes({})).to.deep.equal([{ megabytes: sharedMegabytes(memory) }]);
    expect(await megabytes({ shared_buffers: '200MB' })).to.deep.equal([{ megabytes: 200 }]);
  });

  itAsRoot('root 启动时数据库不以 root 运行，数据目录在别人进不去的文件夹里也行', async () => {
    await chmod(home, 0o700);
    const embedded = await start(join(home, 'data'));
    expect((await stat(`/proc/${await serverOf(join(home, 'data'))}`)).uid).to.not.equal(0);
    await embedded.stop();
  });

  itAsRoot('root 启动时，程序本身在别人进不去的文件夹里也行', async () => {
    const found = await findBinaries();
    const root = join(home, 'native');
    await cp(found.root, root, { recursive: true });
    const closed = {
      ...found,
      root,
      initdb: join(root, 'bin', 'initdb'),
      postgres: join(root, 'bin', 'postgres'),
    };
    for (const program of [closed.initdb, closed.postgres]) await chmod(program, 0o700);
    await chmod(home, 0o700);
    const cluster = await locate(join(home, 'data'));
    const user = await serverUser(closed, cluster.directory, cluster.path);
    await initialise(cluster, closed, user, { durable: false });
    expect(await exists(cluster, closed)).to.equal(true);
  });

  itAsRoot('普通用户启动也行', async () => {
    await chown(home, 65534, 65534);
    const program = await Program.run(home, { uid: 65534, gid: 65534 });
    expect(await program.said).to.match(/^in postgres:/);
    expect((await stat(join(home, 'postgres', 'cluster'))).uid).to.equal(65534);
    await program.leave();

    const asRoot = await start(home);
    expect((await stat(join(home, 'postgres', 'cluster'))).uid).to.equal(65534);
    await asRoot.stop();
  });

  it('程序被 kill -9，数据库还在，下一个程序接着用同一个', async () => {
    const program = await Program.run(home);
    await program.said;
    const server = await serverOf(home);
    program.child.kill('SIGKILL');
    await once(program.child, 'exit');
    expect(isAlive(server)).to.equal(true);
    const next = await start(home);
    expect(await serverOf(home)).to.equal(server);
    await next.stop();
    expect(isAlive(server)).to.equal(false);
  });

  it('终端的 Ctrl-C 只到程序，不到数据库', async () => {
    const program = await Program.run(home);
    const url = (await program.said).slice('in '.length);
    process.kill(-program.group, 'SIGINT');
    expect(await program.next()).to.equal('interrupted');
    expect(await query(url, 'SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    await program.leave();
  });

  it('几个程序同时第一次启动，共用一个数据库，最后离开的停掉它', async () => {
    const [last, ...others] = await Promise.all([start(home), start(home), start(home), start(home)]);
    const server = await serverOf(home);
    expect(new Set(others.map((member) => member.ownerUrl))).to.deep.equal(new Set([last.ownerUrl]));
    for (const member of others) await member.stop();
    expect(await query(last.ownerUrl, 'SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    await last.stop();
    expect(isAlive(server)).to.equal(false);
  });

  it('一个正在离开，另一个正好进来，谁也不落空', async () => {
    let member = await start(home);
    for (let round = 0; round < 5; round++) {
      const [next] = await Promise.all([start(home), member.stop()]);
      expect(await query(next.ownerUrl, 'SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
      member = next;
    }
    await member.stop();
  });

  it('数据库崩溃后由还在用它的程序重新启动，地址不变', async () => {
    const embedded = await start(home);
    process.kill(await serverOf(home), 'SIGKILL');
    await eventually(() => query(embedded.ownerUrl, 'SELECT 1 AS one'));
    await embedded.stop();
  });

  const notes: [what: string, note: (pid: number) => string][] = [
    ['号码已经没有进程', (pid) => `${pid}`],
    ['号码现在属于别的进程', () => `${process.pid}`],
    ['只写了一半', () => ''],
  ];
  for (const [what, note] of notes) {
    it(`崩溃留下的 postmaster.pid:${what}，照样启动`, async () => {
      const program = await Program.run(home);
      await program.said;
      const server = await serverOf(home);
      program.child.kill('SIGKILL');
      await once(program.child, 'exit');
      const file = join(home, 'postgres', 'cluster', 'postmaster.pid');
      const text = await readFile(file, 'utf8');
      process.kill(server, 'SIGKILL');
      await eventually(() => Promise.resolve(expect(isAlive(server)).to.equal(false)));
      await writeFile(file, note(server) && text.replace(/^\d+/, note(server)));
      const next = await start(home);
      expect(await query(next.ownerUrl, 'SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
      await next.stop();
    });
  }

  it('第一次建库时被 kill -9，下次从头来', async () => {
    await mkdir(join(home, 'postgres.partial-999999999-abcd', 'cluster'), { recursive: true });
    const embedded = await start(home);
    expect(await failureOf(stat(join(home, 'postgres.partial-999999999-abcd')))).to.have.property(
      'code',
      'ENOENT',
    );
    await embedded.stop();
  });

  describe('不能用的数据目录，一句话说清', () => {
    it('只有密钥在里面的不算', async () => {
      const directory = join(home, 'data');
      await mkdir(join(directory, 'keys'), { recursive: true });
      await writeFile(join(directory, 'keys', 'vault.key'), 'x');
      await start(directory);
      expect(await readdir(directory)).to.include.members(['keys', 'postgres']);
    });

    const broken: [what: string, break_: (directory: string) => Promise<unknown>, saying: RegExp][] = [
      [
        '是一个文件',
        async (directory) => {
          await rm(directory, { recursive: true });
          await writeFile(directory, 'x');
        },
        /不是文件夹/,
      ],
      [
        '里面是别的东西',
        (directory) => writeFile(join(directory, 'letter.txt'), 'x'),
        /letter\.txt.*不是本系统的数据目录/,
      ],
      [
        '是别的 PostgreSQL 的',
        (directory) => writeFile(join(directory, 'PG_VERSION'), '15'),
        /别的 PostgreSQL/,
      ],
      [
        '版本不同',
        async (directory) => {
          await (await start(directory)).stop();
          await writeFile(join(directory, 'postgres', 'cluster', 'PG_VERSION'), '15\n');
        },
        /由 PostgreSQL 15 建立.*PostgreSQL 18/,
      ],
      [
        '缺文件',
        async (directory) => {
          await (await start(directory)).stop();
          await rm(join(directory, 'postgres', 'cluster', 'global', 'pg_control'));
        },
        /已损坏.*pg_control/,
      ],
      [
        '缺口令',
        async (directory) => {
          await (await start(directory)).stop();
          await rm(join(directory, 'postgres', 'password'));
        },
        /口令文件/,
      ],
      [
        '口令不符',
        async (directory) => {
          await (await start(directory)).stop();
          await writeFile(join(directory, 'postgres', 'password'), 'wrong');
        },
        /不接受登录/,
      ],
      [
        '数据库起不来：附上日志的最后几行',
        async (directory) => {
          await (await start(directory)).stop();
          await writeFile(join(directory, 'postgres', 'cluster', 'global', 'pg_control'), Buffer.alloc(8192));
        },
        /启动不了.*postgres\.log.*(FATAL|PANIC)/s,
      ],
    ];
    for (const [what, break_, saying] of broken) {
      it(what, async () => {
        const directory = join(home, 'data');
        await mkdir(directory);
        await break_(directory);
        const refusal = await failureOf(start(directory));
        expect(refusal).to.be.instanceOf(Refusal);
        expect(refusal).to.include({ code: 'data-directory.broken' });
        expect((refusal as Refusal).message).to.match(saying);
        expect((refusal as Refusal).remedy).to.be.a('string');
        expect(await leftovers(directory)).to.deep.equal([]);
      });
    }

    itAsRoot('别的用户的', async () => {
      const directory = join(home, 'data');
      await chmod(home, 0o755);
      await (await start(directory)).stop();
      const program = await Program.run(directory, { uid: 65534, gid: 65534 });
      expect(await program.said).to.match(/^refused data-directory\.broken /);
      await once(program.child, 'close');
    });
  });
});

class Program {
  private constructor(
    readonly child: ChildProcess,
    /** The process group: what a terminal's Ctrl-C reaches. */
    readonly group: number,
    readonly next: () => Promise<string>,
    readonly said: Promise<string>,
  ) {}

  static async run(directory: string, user: { uid?: number; gid?: number } = {}): Promise<Program> {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(packageRoot, 'test/support/embedded-program.ts'), directory],
      { cwd: packageRoot, stdio: ['pipe', 'pipe', 'inherit'], detached: true, ...user },
    );
    await once(child, 'spawn');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => (await lines.next()).value as string;
    return new Program(child, child.pid ?? 0, next, next());
  }

  async leave(): Promise<void> {
    this.child.stdin?.write('leave\n');
    expect(await this.next()).to.equal('left');
    await once(this.child, 'close');
  }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows as unknown[];
  } finally {
    await client.end();
  }
}

async function serverOf(directory: string): Promise<number> {
  return Number(
    (await readFile(join(directory, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0],
  );
}

async function leftovers(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.includes('partial'));
}

/** A zombie process is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Tries again until it succeeds; the test's own limit ends it. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

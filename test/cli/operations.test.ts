/** The commands of docs/operations.md, run as they stand on a real PostgreSQL: setting up the database, the event triggers. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import pg from 'pg';
import { packageRoot } from '../../src/kernel/package-root.js';
import { startEmbedded } from '../../src/persistence/embedded/index.js';
import { parseTarget } from '../../src/persistence/target.js';
import { hotline } from './hotline.js';

const manual = readFileSync(join(packageRoot, 'docs', 'operations.md'), 'utf8');
const blocksOf = (language: string): readonly string[] =>
  [...manual.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );

const password = 'ein-wort-fuer-den-versuch';

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version']);
    return true;
  } catch {
    return false;
  }
}

describe('docs/operations.md 里的命令', () => {
  describe('数据库的设立和事件触发器', () => {
    let [folder, url] = ['', ''];
    let admin: pg.Client | undefined;
    let end = (): Promise<void> => Promise.resolve();
    let environment: NodeJS.ProcessEnv = {};

    before(async function () {
      const clients = ['createuser', 'createdb', 'psql'];
      if (!clients.every(isThere)) {
        console.warn(`      跳过:没有 ${clients.join('、')}(PostgreSQL 的客户端程序)`);
        return this.skip();
      }
      folder = await mkdtemp(join(tmpdir(), 'hotline-operations-'));
      const server = await startEmbedded({ directory: folder, settings: { fsync: 'off' } });
      end = () => server.stop();
      url = server.ownerUrl;
      const owner = new pg.Client({ connectionString: url });
      await owner.connect();
      await owner.query(`CREATE ROLE postgres SUPERUSER LOGIN PASSWORD '${password}'`);
      await owner.end();
      const { hostname: host, port } = new URL(url);
      environment = { ...process.env, PGHOST: host, PGPORT: port, PGUSER: 'postgres', PGPASSWORD: password };
      admin = new pg.Client({ host, port: Number(port), user: 'postgres', password, database: 'postgres' });
      await admin.connect();
      // The manual's owner is no superuser: the embedded server's, of the same name, steps aside, and its database.
      await admin.query('ALTER ROLE hotline_owner RENAME TO embedded_owner');
      await admin.query('ALTER DATABASE hotline RENAME TO embedded');
    });
    after(async () => {
      if (admin) {
        await admin.query('DROP DATABASE IF EXISTS hotline WITH (FORCE)');
        await admin.query('DROP ROLE IF EXISTS hotline_owner');
        await admin.query('ALTER DATABASE embedded RENAME TO hotline');
        await admin.query('ALTER ROLE embedded_owner RENAME TO hotline_owner');
        await admin.end();
      }
      await end();
      if (folder !== '') await rm(folder, { recursive: true, force: true });
    });

    /** Without a terminal, so that a password is read from what we hand in. */
    const run = async (command: string, input = '', database = 'postgres') => {
      const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
        detached: true,
        env: { ...environment, PGDATABASE: database },
      });
      const closed = once(child, 'close') as Promise<[number]>;
      child.stdin.end(input);
      const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
      expect((await closed)[0], `${command}\n${error}`).to.equal(0);
      return out;
    };
    const ownerUrl = () => {
      const named = /^export DATABASE_URL='([^']+)'$/m.exec(manual)?.[1] ?? expect.fail('no DATABASE_URL');
      const { hostname, port } = new URL(url);
      const made = new URL(named.replace('…', password));
      expect(made.username).to.equal('hotline_owner');
      made.hostname = hostname;
      made.port = port;
      // The embedded server has no certificate.
      made.searchParams.set('sslmode', 'disable');
      return made.href;
    };

    it('建用户、建库、装扩展:照写执行;程序以不是超级用户的库主迁移,降为受限的角色', async () => {
      const [block = ''] = blocksOf('bash');
      for (const line of block.split('\n').filter((one) => one !== '' && !one.startsWith('export'))) {
        await run(line, line.includes('--pwprompt') ? `${password}\n${password}\n` : '');
      }
      const shown = await hotline(ownerUrl(), 'retention', 'show');
      expect(shown.code, shown.error).to.equal(0);
      const { rows } =
        (await admin?.query(
          "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ('hotline_owner', 'hotline_app')",
        )) ?? {};
      expect(rows).to.deep.equal(Array(2).fill({ rolsuper: false, rolbypassrls: false }));
    });

    it('事件触发器:由管理员照写建一次;此后改表是轨迹 schema 的一条,写明是谁', async () => {
      const [block = ''] = blocksOf('sql');
      await run('psql --set ON_ERROR_STOP=1 --quiet', block, 'hotline');
      const owner = new pg.Client({ connectionString: ownerUrl() });
      await owner.connect();
      try {
        await owner.query('CREATE TABLE hotline.of_the_test (id integer)');
        const { rows } = await owner.query<{ body: Buffer }>(
          "SELECT body FROM hotline.trail_entry WHERE stream = 'schema' ORDER BY seq DESC LIMIT 1",
        );
        expect(rows[0]?.body.toString('utf8')).to.include('of_the_test').and.include('hotline_owner');
      } finally {
        await owner.end();
      }
    });

    it('别的数据库里没有结束的事务:限住空闲的设置照写执行,查出来的是哪个数据库的哪个会话', async () => {
      const [, limit = '', listing = ''] = blocksOf('sql');
      await run('psql --set ON_ERROR_STOP=1 --quiet', limit, 'hotline');
      expect(await run('psql -At', 'SHOW idle_in_transaction_session_timeout', 'embedded')).to.equal(
        '10min\n',
      );
      const { hostname: host, port } = new URL(url);
      const open = new pg.Client({
        host,
        port: Number(port),
        user: 'postgres',
        password,
        database: 'embedded',
      });
      await open.connect();
      try {
        await open.query('BEGIN');
        const { rows } = await open.query<{ pid: number }>(
          'SELECT pg_backend_pid() AS pid, pg_current_xact_id()',
        );
        expect(await run('psql -At', listing, 'hotline')).to.match(
          new RegExp(`^${rows[0]?.pid}\\|embedded\\|postgres\\|`),
        );
      } finally {
        await open.end();
      }
    });
  });

  it('各处的 DATABASE_URL 都是程序认得的写法', () => {
    const urls = [...manual.matchAll(/^export DATABASE_URL='([^']+)'$/gm)].map(([, one = '']) => one);
    expect(urls.map((one) => parseTarget(one).hosts.map(({ host }) => host))).to.deep.equal([
      ['db.example'],
      ['db1.example', 'db2.example'],
    ]);
  });

  const named = [...manual.matchAll(/`(?:\w+=\S+ )?(?:npx )?hotline ((?:[a-z][a-z-]* ?)+)/g)].map(
    ([, words = '']) => words.trim(),
  );
  for (const words of new Set(named)) {
    it(`hotline ${words}:有这个命令`, async () => {
      const { code, out, error } = await hotline(
        'postgres://nobody@127.0.0.1:1/none',
        ...words.split(' '),
        '--help',
      );
      expect(code, error).to.equal(0);
      expect(out).to.include(words.split(' ').at(-1) ?? '');
    });
  }

  it('举到了要紧的命令', () => {
    expect(named).to.include.members([
      'serve',
      'trail verify',
      'retention show',
      'retention run',
      'trail rotate-key',
    ]);
  });
});

/** The commands of docs/operations.md, run as they stand on a real PostgreSQL: setting up the database, the event triggers. */
import { expect } from 'chai';
import pg from 'pg';
import { parseTarget } from '../../src/platform/database/target.js';
import {
  areThere,
  blocksOf,
  clients,
  embeddedServer,
  manual,
  ownerUrlOf,
  setUpDatabase,
  type ManualServer,
} from '../support/manual.js';
import { asOwner, ownersRows } from '../support/owner.js';
import { hotline } from './hotline.js';

describe('docs/operations.md 里的命令', () => {
  describe('数据库的设立和事件触发器', () => {
    let server: ManualServer | undefined;
    const there = (): ManualServer => server ?? expect.fail('no server');

    before(async function () {
      if (!areThere(clients)) {
        console.warn(`      跳过：没有 ${clients.join('、')}（PostgreSQL 的客户端程序）`);
        return this.skip();
      }
      server = await embeddedServer();
    });
    after(() => server?.stop());

    it('建用户、建库、装扩展：照写执行；程序以不是超级用户的库主迁移，降为受限的角色', async () => {
      await setUpDatabase(there());
      const shown = await hotline(ownerUrlOf(there()), 'retention', 'show');
      expect(shown.code, shown.error).to.equal(0);
      const rows = await ownersRows(
        there().url,
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ('hotline_owner', 'hotline_app')",
      );
      expect(rows).to.deep.equal(Array(2).fill({ rolsuper: false, rolbypassrls: false }));
    });

    it('事件触发器：由管理员照写建一次；此后改表是轨迹 schema 的一条，写明是谁', async () => {
      const [block = ''] = blocksOf('sql');
      await there().run('psql --set ON_ERROR_STOP=1 --quiet', block, 'hotline');
      const url = ownerUrlOf(there());
      await asOwner(url, 'CREATE TABLE hotline.of_the_test (id integer)');
      const [last] = await ownersRows<{ body: Buffer }>(
        url,
        "SELECT body FROM hotline.trail_entry WHERE stream = 'schema' ORDER BY seq DESC LIMIT 1",
      );
      expect(last?.body.toString('utf8')).to.include('of_the_test').and.include('hotline_owner');
    });

    it('别的数据库里没有结束的事务：限住空闲的设置照写执行，查出来的是哪个数据库的哪个会话', async () => {
      const [, limit = '', listing = ''] = blocksOf('sql');
      const { run, url } = there();
      await run('psql --set ON_ERROR_STOP=1 --quiet', limit, 'hotline');
      expect(await run('psql -At', 'SHOW idle_in_transaction_session_timeout', 'embedded')).to.equal(
        '10min\n',
      );
      const open = new pg.Client({ connectionString: url.replace(/\/postgres(?=\?)/, '/embedded') });
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
    it(`hotline ${words}：有这个命令`, async () => {
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

import { expect } from 'chai';
import pg from 'pg';
import { useDatabase } from '../../support/database.js';

describe('数据库：打开', () => {
  const database = useDatabase();

  it('程序以受限角色 hotline_app 工作，时区 UTC，模式 hotline 和它的任务队列', async () => {
    const { rows } = await database().pool.query<{ role: string; zone: string; path: string; name: string }>(
      `SELECT current_user AS role, current_setting('timezone') AS zone, current_setting('search_path') AS path,
              current_setting('application_name') AS name`,
    );
    expect(rows).to.deep.equal([
      { role: 'hotline_app', zone: 'UTC', path: 'hotline,hotline_jobs', name: 'test' },
    ]);
    expect(await database().dataSource.query('SELECT current_user AS role')).to.deep.equal([
      { role: 'hotline_app' },
    ]);
  });

  it('RESET 和 DISCARD ALL 之后仍是受限角色', async () => {
    const client = await database().pool.connect();
    try {
      for (const reset of ['RESET ROLE', 'RESET ALL', 'DISCARD ALL']) {
        await client.query(reset);
        expect((await client.query('SELECT current_user AS role')).rows, reset).to.deep.equal([
          { role: 'hotline_app' },
        ]);
      }
    } finally {
      client.release();
    }
  });

  const forbidden = [
    'CREATE TABLE hotline.extra (id int)',
    'CREATE TABLE public.extra (id int)',
    'DROP TABLE hotline.migrations',
    'DELETE FROM hotline.migrations',
    'ALTER SCHEMA hotline RENAME TO other',
    'DROP SCHEMA hotline CASCADE',
    'CREATE ROLE other',
    "COPY (SELECT 1) TO PROGRAM 'true'",
  ];
  for (const sql of forbidden) {
    it(`受限角色不能执行：${sql}`, async () => {
      const error = await database()
        .pool.query(sql)
        .then(
          () => undefined,
          (problem: { code?: string }) => problem,
        );
      expect(error).to.have.property('code', '42501');
    });
  }

  it('timestamptz 读成时刻，bigint 读成数，日期读成文字，超出精度的整数报错', async () => {
    const { rows } = await database().pool.query(
      `SELECT '2026-11-24T00:00:00+08:00'::timestamptz AS at, 5::bigint AS big, '{1,null}'::bigint[] AS list,
              '2026-11-24'::date AS day, 1.10::numeric AS exact`,
    );
    expect(rows).to.deep.equal([
      { at: new Date('2026-11-23T16:00:00Z'), big: 5, list: [1, null], day: '2026-11-24', exact: '1.10' },
    ]);
    const error = await database()
      .pool.query('SELECT 9007199254740993::bigint')
      .then(
        () => undefined,
        (problem: unknown) => problem,
      );
    expect(error).to.be.instanceOf(RangeError);
  });

  it('空闲的连接被掐断，程序不受影响', async () => {
    await database().pool.query('SELECT 1');
    await disconnectAll(database().url);
    expect((await database().transaction((tx) => tx.query('SELECT 1 AS one')))[0]).to.deep.equal({ one: 1 });
  });
});

async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

async function disconnectAll(url: string): Promise<void> {
  await asOwner(url, (owner) =>
    owner.query(
      'SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    ),
  );
}

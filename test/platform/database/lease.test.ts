/** What a stalled program holds is released when its lease ends; awake again, it repeats its work. */
import { expect } from 'chai';
import pg from 'pg';
import { openDatabase, type Database, type Transaction } from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

describe('租期', () => {
  let owner: pg.Client;
  let database: Database;
  // Registered first, because the next hook drops the database even if somebody is connected.
  after(() => Promise.all([owner.end(), database.close()]));
  const fresh = useDatabase();

  before(async () => {
    owner = new pg.Client({ connectionString: fresh().url });
    await owner.connect();
    await owner.query(`
      CREATE TABLE hotline.counter (id int PRIMARY KEY, value int NOT NULL);
      GRANT SELECT, UPDATE ON hotline.counter TO hotline_app;
      INSERT INTO hotline.counter VALUES (1, 0)`);
    const url = new URL(fresh().url);
    url.searchParams.set('options', '-c idle_in_transaction_session_timeout=100ms');
    database = await openDatabase({ applicationName: 'lease', url: url.href });
  });
  beforeEach(() => owner.query('UPDATE hotline.counter SET value = 0'));

  const add = (tx: Transaction) =>
    tx.prepared('add', 'UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value');

  /** Takes the row, and the first time stalls until the server has ended its connection. */
  const stalledOnce = async (then: (tx: Transaction) => Promise<unknown>): Promise<number> => {
    let runs = 0;
    await database.transaction(async (tx) => {
      runs += 1;
      await add(tx);
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      while (runs === 1 && (await isConnected(row?.pid)));
      await then(tx);
    });
    return runs;
  };

  const isConnected = async (pid: number | undefined): Promise<boolean> =>
    ((await owner.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).rowCount ?? 0) > 0;

  it('事务里停住不动，租期到了服务器收回所占的行，醒来重做一次，不多做', async () => {
    expect(await stalledOnce(add)).to.equal(2);
    expect(await value()).to.equal(2);
  });

  it('停在提交之前，醒来知道没有提交，也重做一次', async () => {
    expect(await stalledOnce(() => Promise.resolve())).to.equal(2);
    expect(await value()).to.equal(1);
  });

  it('PostgreSQL 17 以上，整个事务也有时限', async () => {
    const settings = await fresh().transaction((tx) =>
      tx.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name IN
           ('idle_in_transaction_session_timeout', 'transaction_timeout', 'tcp_user_timeout') AND setting <> '0'`,
      ),
    );
    const [row] = await fresh().transaction((tx) =>
      tx.query<{ version: number }>("SELECT current_setting('server_version_num')::int AS version"),
    );
    expect(settings.map(({ name }) => name)).to.include('idle_in_transaction_session_timeout');
    if ((row?.version ?? 0) >= 170_000) {
      expect(settings.map(({ name }) => name)).to.include('transaction_timeout');
    }
  });

  async function value(): Promise<number | undefined> {
    const { rows } = await owner.query<{ value: number }>('SELECT value FROM hotline.counter');
    return rows[0]?.value;
  }
});

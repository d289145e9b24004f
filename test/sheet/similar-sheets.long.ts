import pg from 'pg';
import { expect } from 'chai';
import { similarSheets } from '../../src/sheet/index.js';
import { asOwner } from '../support/owner.js';
import { useDatabase } from '../support/database.js';

describe('相近的工单', () => {
  const database = useDatabase();
  const seed = (sql: string) => asOwner(database().url, sql);

  it('两万张工单里查相近的，用索引而不逐张读', async () => {
    await seed(`
      INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
      SELECT 'T' || n, CASE WHEN n % 50 = 0 THEN 'replay' ELSE 'live' END, 'phone', 'help',
             chr(19968 + n) || chr(20968 + n % 977) || chr(25000 + n % 991) || '反映停水', repeat('内容', 150), true, false, now()
        FROM generate_series(1, 20000) AS n;
      INSERT INTO hotline.work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at)
      VALUES ('甲', 'live', 'phone', 'help', '东湖小区三号楼电梯困人', '', true, false, now()),
             ('乙', 'replay', 'phone', 'help', '东湖小区三号楼电梯困人', '', true, false, now());
      ANALYZE hotline.work_order`);
    const found = await database().transaction((transaction) =>
      similarSheets(transaction, '东湖小区三号楼电梯又困人', 5),
    );
    expect(found.map(({ no }) => no)).to.deep.equal(['甲']);
    expect(found[0]?.similarity).to.be.within(0.5, 1);
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query('SET search_path = hotline, extensions; SET plan_cache_mode = force_generic_plan');
    await owner.query(
      "PREPARE probe AS SELECT no FROM work_order w WHERE w.title % $1::text AND w.realm = 'live'",
    );
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>("EXPLAIN EXECUTE probe('东湖小区')");
    await owner.end();
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).to.include('work_order_title_trigrams');
  });
});

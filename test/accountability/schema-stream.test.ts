/** The database itself records changes of the schema, and the program's role has few rights. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect } from 'chai';
import pg from 'pg';
import { createTrail } from '../../src/accountability/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { shippedMigrations } from '../../src/platform/database/migrations/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { useDatabase } from '../support/database.js';
import { plainTrails, type PlainEntry } from '../support/entries.js';
import { note } from '../support/note.js';

describe('轨迹：数据库结构的改动', () => {
  const database = useDatabase();
  const trail = createTrail(createVault(newKeyRing()), onlyLaw(shippedLaw('2026-03-02')));

  const schema = async (): Promise<readonly PlainEntry[]> =>
    database().transaction(
      async (transaction) => (await plainTrails(trail, transaction, ['schema'])).get('schema') ?? [],
    );
  const asOwner = async (...statements: string[]): Promise<void> => {
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    try {
      for (const sql of statements) await owner.query(sql);
    } finally {
      await owner.end();
    }
  };

  it('新库的轨迹从一条开始：每次迁移一条，写明所执行文件的摘要', async () => {
    const entries = await schema();
    expect(
      entries.map(({ type, body }) => ({ type, name: body['name'], sha256: body['sha256'] })),
    ).to.deep.equal(shippedMigrations().map(({ name, sha256 }) => ({ type: 'migration.run', name, sha256 })));
  });

  it('改表、改触发器、授权、删表都有一条，以复制身份来做也有；写明语句', async () => {
    const before = (await schema()).length;
    await asOwner(
      "SET session_replication_role = 'replica'",
      "CREATE TABLE hotline.probe (text text DEFAULT '张三“\\\"\t\u0001')",
      'ALTER TABLE hotline.trail_entry DISABLE TRIGGER ALL',
      'ALTER TABLE hotline.trail_entry ENABLE ALWAYS TRIGGER trail_entry_append_only, ENABLE ALWAYS TRIGGER trail_entry_no_truncate',
      'GRANT SELECT ON hotline.probe TO hotline_app',
      'CREATE TEMPORARY TABLE nobody (text text)',
      'DROP TABLE hotline.probe',
    );
    const written = (await schema()).slice(before);
    expect(written.map(({ body }) => [body['command'], body['objects']])).to.deep.equal([
      ['CREATE TABLE', 'table hotline.probe'],
      ['ALTER TABLE', 'table hotline.trail_entry'],
      ['ALTER TABLE', 'table hotline.trail_entry'],
      ['GRANT', 'TABLE'],
      ['DROP TABLE', 'table hotline.probe'],
    ]);
    expect(written[1]?.body['statement']).to.equal('ALTER TABLE hotline.trail_entry DISABLE TRIGGER ALL');
    expect(written.map(({ body }) => body['statementSha256'])).to.deep.equal(written.map(() => undefined));
  });

  it('很长的语句写开头和整句的摘要', async () => {
    const before = (await schema()).length;
    const long = `COMMENT ON TABLE hotline.task IS '${'长'.repeat(5000)}'`;
    await asOwner(long);
    const [entry] = (await schema()).slice(before);
    expect(entry?.body).to.include({
      statement: long.slice(0, 2000),
      statementSha256: createHash('sha256').update(long).digest('hex'),
    });
  });

  it('只记本模式的：别的模式里建表、授权不记，本模式的列和函数授权记', async () => {
    const before = (await schema()).length;
    await asOwner(
      'CREATE SCHEMA other',
      'CREATE TABLE other.probe (text text)',
      'GRANT SELECT ON other.probe TO hotline_app',
      'DROP SCHEMA other CASCADE',
      'GRANT SELECT (key) ON hotline.definition TO hotline_app',
      'GRANT EXECUTE ON FUNCTION hotline.newest_visible TO hotline_app',
      'REVOKE EXECUTE ON FUNCTION hotline.newest_visible FROM hotline_app',
      'GRANT USAGE ON SCHEMA hotline TO hotline_viewer',
      'CREATE POLICY probe ON hotline.definition USING (true)',
      'DROP POLICY probe ON hotline.definition',
      'ALTER TABLE hotline_jobs._private_jobs ALTER payload SET STATISTICS 10',
    );
    const written = (await schema()).slice(before);
    expect(written.map(({ body }) => [body['command'], body['objects']])).to.deep.equal([
      ['GRANT', 'TABLE'],
      ['GRANT', 'FUNCTION'],
      ['REVOKE', 'FUNCTION'],
      ['GRANT', 'SCHEMA'],
      ['CREATE POLICY', 'policy probe on hotline.definition'],
      ['DROP POLICY', 'policy probe on hotline.definition'],
      ['ALTER TABLE', 'table hotline_jobs._private_jobs'],
    ]);
  });

  it('数据库写的条目与程序写的一个样：字节规范，哈希相连', async () => {
    await asOwner(
      `SELECT hotline.append_to_trail('schema', 'note', '{"z":"\\"\\\\\\u0001\\u001f\\n\\u007fé","a":7}')`,
    );
    await database().transaction((transaction) => trail.append(transaction, [note('probe', new Date(0))]));
    const rows = await database().transaction((transaction) =>
      transaction.query<{ stream: string; body: Buffer; at: Date }>(
        "SELECT stream, body, at FROM hotline.trail_entry WHERE stream IN ('probe', 'schema')",
      ),
    );
    for (const { body, at } of rows) {
      const read = JSON.parse(body.toString()) as { at: string };
      expect(body.toString()).to.equal(canonicalize(read)?.normalize('NFC'));
      expect(read.at).to.equal(at.toISOString());
    }
    const verdicts = await database().transaction((transaction) =>
      Promise.all(['probe', 'schema'].map((stream) => trail.verify(transaction, stream))),
    );
    for (const verdict of verdicts) expect(verdict).to.include({ holds: true });
  });

  it('删掉条目的表，数据库不肯：写不下记录的改动不发生', async () => {
    const outcome = await asOwner('DROP TABLE hotline.trail_entry').then(
      () => 'done',
      (error: Error) => error.message,
    );
    expect(outcome).to.include('trail_entry');
    expect(await schema()).not.to.have.length(0);
  });
});

describe('轨迹：程序的角色能做的', () => {
  const database = useDatabase();

  /** All rights of `hotline_app` on the tables of the trail. */
  const granted: { readonly [table: string]: readonly string[] } = {
    trail_checkpoint: ['INSERT', 'SELECT'],
    trail_cosignature: ['INSERT', 'SELECT'],
    trail_entry: ['SELECT'],
    trail_head: ['INSERT', 'SELECT', 'UPDATE'],
    trail_leaf: ['INSERT', 'SELECT'],
    trail_log: ['SELECT', 'UPDATE'],
    trail_tile: ['INSERT', 'SELECT', 'UPDATE'],
    trail_verification: ['INSERT', 'SELECT'],
  };

  it('只有添加条目、推进链头、排号、签名所要的权限', async () => {
    const rows = await database().transaction((transaction) =>
      transaction.query<{ table: string; rights: string[] }>(
        `SELECT relname AS table, array_agg(privilege ORDER BY privilege) AS rights
           FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace AND nspname = 'hotline',
                unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
          WHERE relkind = 'r' AND relname = ANY($1) AND has_table_privilege('hotline_app', pg_class.oid, privilege)
          GROUP BY relname`,
        [Object.keys(granted)],
      ),
    );
    expect(Object.fromEntries(rows.map(({ table, rights }) => [table, rights]))).to.deep.equal(granted);
    const [columns] = await database().transaction((transaction) =>
      transaction.query<{ names: string[] }>(
        `SELECT array_agg(attname::text ORDER BY attnum) AS names FROM pg_attribute
          WHERE attrelid = 'hotline.trail_entry'::regclass AND attnum > 0
            AND has_column_privilege('hotline_app', attrelid, attnum, 'INSERT')`,
      ),
    );
    expect(columns?.names).to.deep.equal(['stream', 'seq', 'at', 'type', 'leaf', 'body']);
  });

  it('每张表都有触发器挡住修改、删除、清空，而且总是生效', async () => {
    const rows = await database().transaction((transaction) =>
      transaction.query<{ table: string; kept: boolean }>(
        `SELECT relname AS table,
                bool_or(tgtype & 16 > 0 AND always) AND bool_or(tgtype & 8 > 0 AND always)
                  AND bool_or(tgtype & 32 > 0 AND always) AND bool_and(always) AS kept
           FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace AND nspname = 'hotline'
           LEFT JOIN (SELECT *, tgenabled = 'A' AS always FROM pg_trigger) AS t ON tgrelid = pg_class.oid
          WHERE relkind = 'r' AND relname = ANY($1) GROUP BY relname`,
        [Object.keys(granted)],
      ),
    );
    expect(rows.map(({ table }) => table).sort()).to.deep.equal(Object.keys(granted).sort());
    expect(rows.filter(({ kept }) => !kept)).to.deep.equal([]);
  });

  it('程序的角色不能建表，也不能替数据库记录结构的改动', async () => {
    for (const sql of [
      'CREATE TABLE hotline.mine ()',
      "SELECT hotline.append_to_trail('schema', 'schema.changed', '{}')",
      'ALTER TABLE hotline.trail_entry DISABLE TRIGGER ALL',
    ]) {
      const outcome = await database()
        .transaction((transaction) => transaction.query(sql))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
      expect(outcome, sql).to.equal('42501');
    }
  });
});

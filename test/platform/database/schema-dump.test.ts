/** The schema's dump equals the repository's, under any schema name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { openDatabase, schemaNames, type Database } from '../../../src/platform/database/index.js';
import { schemaDifferences } from '../../../src/platform/database/schema-difference.js';
import { dumpSchema, schemaText } from '../../../src/platform/database/schema-dump.js';
import { emptyDatabase, freshDatabase, useDatabase, type TestDatabase } from '../../support/database.js';
import { asOwner } from '../../support/owner.js';

const committed = readFileSync(
  join(packageRoot, 'src', 'platform', 'database', 'schema', 'dump.txt'),
  'utf8',
);

const differencesOf = (database: Database) =>
  database.transaction((transaction) => schemaDifferences(transaction, database.schema));

const dumpOf = async (database: Database): Promise<string> =>
  schemaText(
    await database.transaction((transaction) => dumpSchema(transaction, schemaNames(database.schema))),
  );

describe('数据库结构的文本', () => {
  const database = useDatabase();

  it('与仓库里的一致；改了结构以后执行 npx tsx tools/schema-dump.ts', async () => {
    expect(await dumpOf(database())).to.equal(committed);
  });

  it('换一个模式名，文本一字不差', async () => {
    const url = await emptyDatabase();
    const other = await openDatabase({ url, schema: 'linyi', applicationName: 'test' });
    try {
      expect(await dumpOf(other)).to.equal(await dumpOf(database()));
    } finally {
      await other.close();
    }
  });

  it('扩展装在哪个模式里，文本一字不差；换成同名的假货看得出来', async () => {
    const url = await emptyDatabase();
    await asOwner(
      url,
      'CREATE SCHEMA "Shared tools"',
      'CREATE EXTENSION pg_trgm WITH SCHEMA public',
      'CREATE EXTENSION btree_gin WITH SCHEMA "Shared tools"',
    );
    const other = await openDatabase({ url, applicationName: 'test' });
    try {
      expect(await dumpOf(other)).to.equal(await dumpOf(database()));
      await asOwner(
        url,
        'CREATE FUNCTION public.viewer_sees(key text) RETURNS boolean LANGUAGE sql RETURN true',
        'GRANT EXECUTE ON FUNCTION public.viewer_sees TO PUBLIC',
        'ALTER POLICY viewer ON hotline.caller USING (public.viewer_sees(work_order))',
      );
      expect(await dumpOf(other)).to.include('public.viewer_sees(work_order)');
    } finally {
      await other.close();
    }
  });

  const changes = [
    'ALTER TABLE hotline.unit ADD COLUMN note text',
    'ALTER TABLE hotline.unit ALTER COLUMN kind DROP NOT NULL',
    'ALTER TABLE hotline.unit DROP CONSTRAINT unit_name_check',
    'DROP INDEX hotline.session_seen',
    'ALTER TABLE hotline.trail_entry DISABLE TRIGGER trail_entry_append_only',
    'ALTER TABLE hotline.trail_entry ENABLE TRIGGER trail_entry_append_only',
    'ALTER POLICY viewer ON hotline.caller USING (true)',
    'ALTER TABLE hotline.caller DISABLE ROW LEVEL SECURITY',
    'GRANT DELETE ON hotline.trail_entry TO hotline_app',
    'GRANT SELECT (login) ON hotline.person TO hotline_viewer',
    'CREATE OR REPLACE FUNCTION hotline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    'CREATE OR REPLACE FUNCTION hotline.viewer_sees(key text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER RETURN true',
    'ALTER FUNCTION hotline.search_sheets SECURITY INVOKER',
    'GRANT EXECUTE ON FUNCTION hotline.newest_visible TO PUBLIC',
    'ALTER VIEW hotline.visible_party RESET (security_barrier)',
    'CREATE ROLE intruder',
    'ALTER TABLE hotline.caller OWNER TO intruder',
    'ALTER SCHEMA hotline OWNER TO intruder',
    'GRANT SELECT ON hotline.work_order TO intruder',
    // What looks like a line of ours.
    'DROP POLICY viewer ON hotline.work_order',
    'CREATE POLICY "viewer for r to <viewer> using viewer_sees(no)\n  note" ON hotline.work_order FOR SELECT TO hotline_viewer USING (true)',
    'ALTER TABLE hotline.trail_entry DROP CONSTRAINT trail_entry_pkey',
    'ALTER TABLE hotline.trail_entry ADD CONSTRAINT "trail_entry_pkey PRIMARY KEY (stream, seq)\n  note" CHECK (true)',
    'CREATE ROLE "<app>"',
    'GRANT DELETE ON hotline.unit TO "<app>"',
    // Functions that fit better than the extensions' own, and a schema with the name of a table.
    'CREATE SCHEMA evil',
    'GRANT CREATE ON SCHEMA evil TO PUBLIC; ALTER EXTENSION btree_gin SET SCHEMA evil',
    'CREATE SCHEMA trail_entry',
    'CREATE FUNCTION trail_entry.entry_said(bytea, bytea) RETURNS json LANGUAGE sql RETURN NULL::json',
    'CREATE OR REPLACE VIEW hotline.proved_entry WITH (security_invoker) AS SELECT stream, seq, type, trail_entry.entry_said(leaf, body) AS said FROM hotline.trail_entry',
  ];
  /** They prepare what follows. */
  const prepares = /^CREATE (ROLE|SCHEMA|FUNCTION trail_entry)/;
  it('每一种改动都看得出来', async () => {
    const changed: TestDatabase = await freshDatabase();
    try {
      let before = await dumpOf(changed);
      expect(await differencesOf(changed)).to.deep.equal([]);
      for (const change of changes) {
        await asOwner(changed.url, change);
        const after = await dumpOf(changed);
        if (!prepares.test(change)) expect(after, change).not.to.equal(before);
        before = after;
      }
      expect((await differencesOf(changed)).map(({ object }) => object)).to.include.members([
        ...['schema', 'extensions', 'references', 'table caller', 'table work_order', 'table trail_entry'],
        ...['table unit', 'view visible_party', 'function refuse_change() returns trigger'],
      ]);
    } finally {
      await changed.close();
      await asOwner(database().url, 'DROP ROLE IF EXISTS intruder', 'DROP ROLE IF EXISTS "<app>"');
    }
  });
});

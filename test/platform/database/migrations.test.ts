/** How a database comes to its schema, and which databases a program refuses. */
import { expect } from 'chai';
import { openDatabase } from '../../../src/platform/database/index.js';
import {
  migration,
  shippedMigrations,
  type Migration,
} from '../../../src/platform/database/migrations/index.js';
import { prepare } from '../../../src/platform/database/preparation.js';
import { parseTarget } from '../../../src/platform/database/target.js';
import { accept, useServer } from '../../http/serving.js';
import { emptyDatabase } from '../../support/database.js';
import { asOwner, ownersRows } from '../../support/owner.js';
import { refusalFrom } from '../../support/refusal.js';

const [baseline] = shippedMigrations();
if (!baseline) throw new Error('there is no baseline');

/** A second migration, as a later version will bring one. */
const second = (sql: string): Migration => migration(2, 'note', [{ name: '0002-note.sql', sql }]);
const withNote = second(`
  ALTER TABLE work_order ADD COLUMN note text NOT NULL DEFAULT '';
  UPDATE work_order SET note = '见 ' || no;
  GRANT UPDATE (note) ON work_order TO :"app";`);

/** Everything that a migration could leave: relations, functions, digests, entries of the stream `schema`. */
const stateOf = (url: string): Promise<object[]> =>
  ownersRows(
    url,
    `SELECT (SELECT json_agg(relname ORDER BY relname) FROM pg_class c
              WHERE relnamespace = 'hotline'::regnamespace) AS relations,
            (SELECT json_agg(proname ORDER BY proname) FROM pg_proc
              WHERE pronamespace = 'hotline'::regnamespace) AS functions,
            (SELECT json_agg(name) FROM hotline.migrations) AS migrations,
            (SELECT json_agg(d) FROM hotline.migration_digest d) AS digests,
            (SELECT json_agg(h) FROM hotline.trail_head h WHERE stream = 'schema') AS head`,
  );

describe('数据库：迁移', () => {
  it('二十个程序同时打开同一个空库，每个迁移只做一次', async () => {
    const url = await emptyDatabase();
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        openDatabase({ url, applicationName: `opener-${n}`, poolSize: 2 }),
      ),
    );
    await Promise.all(opened.map((database) => database.close()));
    const names = shippedMigrations().map(({ name }) => ({ name }));
    expect(await ownersRows(url, 'SELECT name FROM hotline.migrations ORDER BY id')).to.deep.equal(names);
    expect(await ownersRows(url, 'SELECT name FROM hotline.migration_digest')).to.have.deep.members(names);
  });

  it('多个空库同时迁移时，全服务器共用的角色不冲突', async () => {
    const urls = await Promise.all(Array.from({ length: 4 }, () => emptyDatabase()));
    const opened = await Promise.all(urls.map((url) => openDatabase({ url, applicationName: 'opener' })));
    await Promise.all(opened.map((database) => database.close()));
  });

  it('失败的迁移什么也不留下；改正以后接着做', async () => {
    const url = await emptyDatabase();
    await prepare(parseTarget(url));
    const before = await stateOf(url);
    const broken = second('CREATE TABLE half_done (id integer); SELECT 1 / 0');
    const failure = await prepare(parseTarget(url), { migrations: [baseline, broken] }).then(
      () => undefined,
      (error: { message: string }) => error.message,
    );
    expect(failure).to.include('division by zero');
    expect(await stateOf(url)).to.deep.equal(before);
    await prepare(parseTarget(url), { migrations: [baseline, withNote] });
    expect(await ownersRows(url, 'SELECT FROM hotline.migration_digest')).to.have.length(2);
  });
});

describe('数据库：办过件的库升级', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('几个程序同时升级，只做一次；工单还在，在运行的旧程序照常，以后启动的旧程序不打开它', async () => {
    const before = await accept(served().url);
    const { url } = served().system.database;
    await Promise.all(
      Array.from({ length: 8 }, () => prepare(parseTarget(url), { migrations: [baseline, withNote] })),
    );
    expect(await ownersRows(url, 'SELECT no, note FROM hotline.work_order')).to.deep.equal([
      { no: before.sheet.no, note: `见 ${before.sheet.no}` },
    ]);
    expect((await accept(served().url)).sheet.no).not.to.equal(before.sheet.no);
    const recorded = `SELECT convert_from(body, 'UTF8')::json ->> 'sha256' AS sha256 FROM hotline.trail_entry
                       WHERE stream = 'schema' AND type = 'migration.run' ORDER BY seq`;
    expect(await ownersRows(url, recorded)).to.deep.equal(
      [baseline, withNote].map(({ sha256 }) => ({ sha256 })),
    );
    const old = await refusalFrom(prepare(parseTarget(url)));
    expect(old?.code).to.equal('database.unusable');
    expect(old?.message).to.include('更新版本').and.to.include(withNote.name);
  });

  it('改过的迁移文件、改过的基线、发布以前的库：都不打开，说明原因和办法，什么也不动', async () => {
    const { url } = served().system.database;
    const before = await stateOf(url);
    const edited = second(`${withNote.files[0]?.sql ?? ''} -- 改过`);
    const otherBaseline = migration(1, 'baseline', [...baseline.files, { name: '98-more.sql', sql: '' }]);
    for (const [list, named] of [
      [[baseline, edited], edited.name],
      [[otherBaseline, withNote], baseline.name],
    ] as const) {
      const refusal = await refusalFrom(prepare(parseTarget(url), { migrations: list }));
      expect(refusal?.code).to.equal('database.unusable');
      expect(refusal?.message).to.include('另一份表结构').and.to.include(named);
      expect(refusal?.remedy).to.include('另给一个空的数据库').and.to.include('HOTLINE_DATA');
    }
    expect(await stateOf(url)).to.deep.equal(before);
    const older = await emptyDatabase();
    await asOwner(
      older,
      `CREATE SCHEMA hotline;
       CREATE TABLE hotline.migrations (id serial, timestamp bigint, name text);
       INSERT INTO hotline.migrations (timestamp, name) VALUES (1000000000000, 'Roles0001000000000000');
       CREATE TABLE hotline.process_case (id bigint)`,
    );
    const refusal = await refusalFrom(openDatabase({ url: older, applicationName: 'test' }));
    expect(refusal?.message).to.include('发布以前的程序建的');
    expect(refusal?.remedy).to.include('另给一个空的数据库');
    const there =
      "SELECT relname FROM pg_class WHERE relnamespace = 'hotline'::regnamespace AND relkind = 'r'";
    expect(await ownersRows(older, there)).to.have.deep.members([
      { relname: 'migrations' },
      { relname: 'process_case' },
    ]);
    expect(await ownersRows(older, `SELECT to_regnamespace('hotline_jobs') AS jobs`)).to.deep.equal([
      { jobs: null },
    ]);
  });
});

/** Who may do what to the tables of the trail, tried out one by one: exactly what `docs/reference/trail-tables.md` says, nothing more. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import pg from 'pg';
import {
  sequence,
  signCheckpoint,
  signPresentTree,
  indexTrail,
  verifyTrail,
} from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { orderInBackground } from '../../src/cases/index.js';
import { seal } from '../../src/kernel/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useSystem } from '../support/system.js';
import { cosign } from '../support/trail-attacks.js';
import { useWitness } from '../support/witness.js';
import { note } from '../support/note.js';

const main = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const signer = { ...main, second: sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9)) };

/** A different value than the present one, by the column's type. */
const spoilt: Readonly<Record<string, string>> = {
  integer: '% - 1',
  bigint: '% - 1',
  smallint: '% - 1',
  xid8: "'1'",
  text: "% || 'x'",
  bytea: 'sha256(%)',
  boolean: 'NOT %',
  json: "'[]'",
  jsonb: "'[]'",
  'text[]': "'{x}'",
  tsvector: "''",
  'timestamp with time zone': "% - interval '1 day'",
};

interface Column {
  readonly name: string;
  readonly type: string;
}

describe('轨迹的表：各个角色能做的恰好是写明的（第二十二条）', () => {
  const system = useSystem();
  const witness = useWitness(main.vkey, () => system().clock.now());
  let written: ReadonlyMap<string, readonly string[]> = new Map();
  const lookedAt: string[] = [];

  before(async () => {
    const { database, trail, clock, laws } = system();
    const [person] = await database.transaction(async (transaction) => {
      const sealed = [seal('reason', '停水')];
      await trail.append(transaction, [{ ...note('甲', clock.now()), sealed }]);
      return transaction.query<{ id: number }>(
        `WITH one AS (INSERT INTO hotline.unit (name, kind) VALUES ('市审计局', 'city') RETURNING id)
         INSERT INTO hotline.person (login, name, unit, created_at) SELECT 'sj', '审计员', id, now() FROM one RETURNING id`,
      );
    });
    await signPresentTree({ ...system(), signer });
    await sequence(database);
    await signCheckpoint({ database, clock, laws, signer });
    await cosign(database, witness());
    await indexTrail(database);
    await verifyTrail(system());
    await orderInBackground(
      { ...system(), signer: () => Promise.resolve(signer) },
      {
        selection: { stream: '甲' },
        format: 'csv',
        requester: '审计员',
        exporter: { program: 'hotline test' },
        purpose: '审计',
      },
      person?.id ?? 0,
    );
    written = tableIn(await readFile(join(packageRoot, 'docs', 'reference', 'trail-tables.md'), 'utf8'));
  });

  /** Acts as the owner of the tables, who may do everything that no trigger refuses. */
  const asOwner = async <Answer>(work: (owner: pg.Client) => Promise<Answer>): Promise<Answer> => {
    const owner = new pg.Client({ connectionString: system().database.url });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  };

  /** Whether rights and triggers permit a statement, whatever else prevents it. */
  const isLet = async (owner: pg.Client, as: string, sql: string): Promise<boolean> => {
    await owner.query('BEGIN');
    try {
      await owner.query(as);
      await owner.query(sql);
      return true;
    } catch (error) {
      return (error as { code?: string }).code !== '42501';
    } finally {
      await owner.query('ROLLBACK');
    }
  };

  const allowed = async (
    owner: pg.Client,
    as: string,
    table: string,
    columns: readonly Column[],
  ): Promise<string> => {
    const names = columns.map(({ name }) => name);
    const insert = await isLet(
      owner,
      as,
      `INSERT INTO hotline.${table} (${names.join(', ')}) SELECT ${names.join(', ')} FROM hotline.${table}`,
    );
    const some = [];
    for (const { name } of columns)
      if (
        await isLet(owner, as, `INSERT INTO hotline.${table} (${name}) SELECT ${name} FROM hotline.${table}`)
      )
        some.push(name);
    const changes = [];
    for (const { name, type } of columns) {
      const value = spoilt[type]?.replaceAll('%', name);
      if (value === undefined) expect.fail(`${table}.${name} ${type}: no other value is known`);
      if (await isLet(owner, as, `UPDATE hotline.${table} SET ${name} = ${value}`)) changes.push(name);
    }
    const said = [
      insert ? '插入' : some.length > 0 ? `插入（${some.join(' ')}）` : '',
      changes.length === columns.length ? '修改' : changes.length > 0 ? `修改（${changes.join(' ')}）` : '',
      (await isLet(owner, as, `DELETE FROM hotline.${table}`)) ? '删除' : '',
      (await isLet(owner, as, `TRUNCATE hotline.${table} CASCADE`)) ? '清空' : '',
    ];
    return said.filter(Boolean).join('、') || '—';
  };

  it('每一张表、每一个角色、每一种操作，都在真的行上试过', async () => {
    await asOwner(async (owner) => {
      const { rows: roles } = await owner.query<{ role: string }>(
        `SELECT DISTINCT grantee::regrole::text AS role
           FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace AND nspname = 'hotline',
                aclexplode(coalesce(relacl, acldefault('r', relowner))) WHERE grantee <> relowner ORDER BY 1`,
      );
      expect(roles.map(({ role }) => role)).to.deep.equal(['hotline_app', 'hotline_viewer']);
      const { rows: tables } = await owner.query<{ table: string; columns: Column[] }>(
        `SELECT relname AS table, json_agg(json_build_object('name', attname, 'type', format_type(atttypid, NULL))
                  ORDER BY attnum) AS columns
           FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace AND nspname = 'hotline'
           JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attidentity <> 'a'
          WHERE relkind IN ('r', 'p') AND (relname ~ '^(trail|manifest)_' OR relname = 'sealed_value')
          GROUP BY relname ORDER BY relname`,
      );
      for (const { table, columns } of tables) {
        const { rowCount } = await owner.query(`SELECT FROM hotline.${table} LIMIT 1`);
        expect(rowCount, `${table} is empty: nothing can be tried on it`).to.equal(1);
        const row = [`\`${table}\``];
        for (const as of [
          'SET LOCAL ROLE hotline_app',
          'SET LOCAL ROLE hotline_viewer',
          'SELECT 1',
          'SET LOCAL session_replication_role = replica',
        ])
          row.push(await allowed(owner, as, table, columns));
        lookedAt.push(table);
        expect(written.get(`\`${table}\``)?.join(' | ')).to.equal(row.join(' | '));
      }
    });
  });

  it('表里没有多写的', () => {
    expect([...written.keys()]).to.deep.equal(lookedAt.map((table) => `\`${table}\``));
  });
});

function tableIn(text: string): ReadonlyMap<string, readonly string[]> {
  const [, table = ''] = /\| 表 +\| 程序 [^\n]*\n\|[- |]+\n((?:\|[^\n]*\n)+)/.exec(text) ?? [];
  const rows = table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  return new Map(rows.map((row) => [row[0] ?? '', row]));
}

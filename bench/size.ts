/** Bytes per sheet of every relation, and of each part of the trail's bodies. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#src/kernel/package-root.js';
import { madeUpMessages } from '../test/support/messages.js';
import { benchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

export async function run(): Promise<void> {
  const server = await benchServer();
  try {
    const url = await server.database('size');
    const directory = join(server.directory, 'bench-keys');
    await mkdir(directory, { recursive: true });
    const real = join(packageRoot, '..', 'shared', 'cases', 'messages.jsonl');
    const madeUp = join(server.directory, 'made-up.jsonl');
    if (!existsSync(real)) await writeFile(madeUp, [...madeUpMessages(2000)].join('\n'));
    const worker = fork(
      join(import.meta.dirname, 'size-worker.ts'),
      [url, directory, existsSync(real) ? real : madeUp],
      { execArgv: ['--import', 'tsx'] },
    );
    const [cases] = (await once(worker, 'message')) as [number];
    const client = new pg.Client({ connectionString: url, options: '-c search_path=hotline' });
    await client.connect();
    try {
      await client.query('VACUUM (FULL, ANALYZE)');
      await relations(client, cases);
      await bodies(client, cases);
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}

interface Relation {
  name: string;
  heap: number;
  toast: number;
  indexes: string | null;
  indexed: number;
}

async function relations(client: pg.Client, cases: number): Promise<void> {
  const { rows } = await client.query<Relation>(
    `SELECT c.relname AS name, pg_relation_size(c.oid)::float AS heap,
            coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)::float AS toast,
            pg_indexes_size(c.oid)::float AS indexed,
            (SELECT string_agg(i.indexrelid::regclass || ' ' || round(pg_relation_size(i.indexrelid)::numeric / $1),
                               ', ' ORDER BY pg_relation_size(i.indexrelid) DESC)
               FROM pg_index i
              WHERE i.indrelid = c.oid AND pg_relation_size(i.indexrelid) >= 20 * $1) AS indexes
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('hotline', 'graphile_worker') AND c.relkind = 'r'
      ORDER BY pg_total_relation_size(c.oid) DESC`,
    [cases],
  );
  const of = (bytes: number): string => rounded(bytes / cases);
  const whole = ({ heap, toast, indexed }: Relation): number => heap + toast + indexed;
  const row = (one: Relation) => [
    one.name,
    of(one.heap),
    of(one.toast),
    of(one.indexed),
    of(whole(one)),
    one.indexes ?? '',
  ];
  const sum = (part: (one: Relation) => number): number => rows.reduce((all, one) => all + part(one), 0);
  const all: Relation = {
    name: 'all',
    heap: sum(({ heap }) => heap),
    toast: sum(({ toast }) => toast),
    indexed: sum(({ indexed }) => indexed),
    indexes: null,
  };
  table(
    `What a sheet leaves behind, bytes a sheet (${rounded(cases)} sheets)`,
    ['table', 'heap', 'TOAST', 'indexes', 'all', 'indexes of 20 bytes and more'],
    [...rows.filter((one) => whole(one) >= 20 * cases).map(row), row(all)],
  );
}

/** JSON text of each part of the bodies; the content of `armed` one level deeper. */
async function bodies(client: pg.Client, cases: number): Promise<void> {
  const { rows } = await client.query<{ stream: string; body: Buffer }>(
    'SELECT stream, body FROM trail_entry WHERE stream IN (SELECT business_key FROM process_case)',
  );
  const parts = new Map<string, number>();
  const add = (name: string, bytes: number): void => void parts.set(name, (parts.get(name) ?? 0) + bytes);
  const bySheet = new Map<string, number>();
  for (const { stream, body } of rows) {
    bySheet.set(stream, (bySheet.get(stream) ?? 0) + body.length);
    const content = JSON.parse(body.toString()) as Record<string, unknown>;
    for (const [name, value] of Object.entries(content)) {
      add(name, size(name, value));
      if (name !== 'armed' || !Array.isArray(value)) continue;
      for (const one of value as Record<string, unknown>[])
        for (const [inner, of] of Object.entries(one)) add(`armed.${inner}`, size(inner, of));
    }
  }
  const total = rows.reduce((sum, { body }) => sum + body.length, 0);
  table(
    'Of the bodies of its entries, bytes a sheet',
    ['part', 'bytes', 'share'],
    [
      ['all', rounded(total / cases), ''],
      ['median sheet', rounded(median([...bySheet.values()])), ''],
      ['entries', rounded(rows.length / cases, 1), ''],
      ...[...parts]
        .sort(([, a], [, b]) => b - a)
        .filter(([, bytes]) => bytes >= 20 * cases)
        .map(([name, bytes]) => [name, rounded(bytes / cases), `${rounded((100 * bytes) / total)} %`]),
    ],
  );
}

const size = (name: string, value: unknown): number =>
  Buffer.byteLength(JSON.stringify({ [name]: value })) - 1;

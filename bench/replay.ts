/** `hotline replay`: cases per second, memory from 1,000 to 20,000 cases, bytes per finished case. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#src/kernel/package-root.js';
import { madeUpMessages } from '../test/support/messages.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

interface Replayed {
  readonly cases: number;
  readonly seconds: number;
  readonly megabytes: number;
}

async function replayed(url: string, file: string): Promise<Replayed> {
  const child = fork(join(import.meta.dirname, 'replay-worker.ts'), [url, file], {
    execArgv: ['--import', 'tsx'],
  });
  const [report] = (await once(child, 'message')) as [Replayed];
  return report;
}

/** Bytes of each table with indexes, after VACUUM. */
async function footprint(url: string, cases: number): Promise<(readonly (string | number)[])[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('VACUUM FULL');
  const { rows } = await client.query<{ relname: string; bytes: string }>(
    `SELECT relname, pg_total_relation_size(oid) AS bytes FROM pg_class
      WHERE relnamespace = 'hotline'::regnamespace AND relkind = 'r'
        AND relname IN ('trail_entry', 'trail_head', 'sealed_value', 'process_case', 'work_order',
                        'task', 'deadline') ORDER BY 2 DESC`,
  );
  await client.end();
  const sizes = rows.map((row) => [row.relname, Number(row.bytes) / cases] as const);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  return [...sizes, ['all', total] as const].map(([name, bytes]) => [name, rounded(bytes)]);
}

export async function run(): Promise<void> {
  const server = await benchServer();
  const folder = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  try {
    const rows: (readonly (string | number)[])[] = [];
    const report = ({ cases, seconds, megabytes }: Replayed, what: string): void => {
      rows.push([what, rounded(cases), rounded(seconds, 1), rounded(cases / seconds), rounded(megabytes)]);
    };
    const real = join(packageRoot, '..', 'shared', 'cases', 'messages.jsonl');
    if (existsSync(real)) report(await replayed(await server.database('real'), real), 'real messages');
    else console.error('没有 ../shared/cases/messages.jsonl，真实诉求一项略过');
    let left: (readonly (string | number)[])[] = [];
    for (const count of [1_000, 20_000]) {
      const file = join(folder, `${count}.jsonl`);
      await writeFile(file, [...madeUpMessages(count)].join('\n'));
      const url = await server.database(`made_up_${count}`);
      report(await replayed(url, file), 'made-up messages');
      if (count === 1_000) left = await footprint(url, count);
    }
    table('Replay', ['messages', 'cases', 'seconds', 'cases/s', 'most memory, MiB'], rows);
    table('What a finished case leaves behind', ['table', 'bytes a case'], left);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

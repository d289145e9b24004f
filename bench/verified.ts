/**
 * Verification with all tables, of real messages run to their end: whole, and by nights; and the
 * cost of proving a case's state.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { indexTrail, sequence, signCheckpoint } from '#src/accountability/index.js';
import { followTrail } from '#src/measures/assessment/index.js';
import { deployShipped } from '#src/cases/index.js';
import { replay } from '#src/cases/replay/index.js';
import { loadCasesByKey, stateDigest } from '#src/engine/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem, type System } from '#src/main.js';
import { followDuties } from '#src/law/regulation/index.js';
import { benchServer } from './postgres.js';
import { median, rounded, table } from './table.js';
import { signer } from './trail-large.js';
import type { Verified } from './verify-worker.js';

const most = Number(process.env['BENCH_MESSAGES'] ?? 2_017);
/** Number of copies of the messages, to see whether memory grows with the trail. */
const copies = Number(process.env['BENCH_COPIES'] ?? 1);
const rounds = 3;

export async function run(): Promise<void> {
  const server = await benchServer();
  const url = await server.database('verified');
  const { directory } = server;
  const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
  try {
    await deployShipped(system);
    const { database } = system;
    const source = new URL('../../shared/cases/messages.jsonl', import.meta.url);
    const messages = readFileSync(source, 'utf8').trim().split('\n').slice(0, most);
    const lines: (readonly (string | number)[])[] = [];
    for (let copy = 1; copy <= copies; copy += 1) {
      const file = join(directory, 'messages.jsonl');
      const numbered = messages.map((line) => {
        const message = JSON.parse(line) as { readonly no: string };
        return JSON.stringify({ ...message, no: `${copy}-${message.no}` });
      });
      await writeFile(file, numbered.join('\n'));
      await replay(system, file, { onLine: () => undefined, onBad: () => undefined });
      await sequence(database);
      while ((await followDuties(database, system.catalogues)) > 0);
      while ((await followTrail(database, system.catalogues)) > 0);
      while ((await indexTrail(database)) > 0);
      await signCheckpoint({ ...system, signer });
      const rows = await rowsHeld(system);
      for (const [what, night] of [
        ['everything', []],
        ['a night, of so many', [String(most * 10)]],
      ] as const) {
        const runs: Verified[] = [];
        while (runs.length < rounds) runs.push(await verified(url, directory, night));
        const [{ entries = 0, findings = [] } = {}] = runs;
        if (findings.length > 0) console.log(JSON.stringify(findings));
        const seconds = median(runs.map((one) => one.seconds));
        const megabytes = Math.max(...runs.map((one) => one.megabytes));
        lines.push([
          ...[what, rounded(entries), rounded(rows), rounded(entries / seconds), rounded(seconds, 1)],
          ...[rounded(megabytes), findings.length],
        ]);
      }
    }
    table(
      '`trail verify` with all tables, in a program of its own',
      ['what', 'entries', 'rows in all', 'entries/s', 's', 'most memory, MiB', 'findings'],
      lines,
    );
    const files = await database.transaction(async (transaction) => {
      const keys = await transaction.query<{ key: string }>(
        'SELECT business_key AS key FROM process_case ORDER BY id LIMIT 500',
      );
      return [
        ...(
          await loadCasesByKey(
            transaction,
            keys.map(({ key }) => key),
          )
        ).values(),
      ];
    });
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now();
      for (const one of files) stateDigest(one);
      times.push(((performance.now() - from) * 1000) / files.length);
    }
    table(
      'Proving a case before an act',
      ['what', 'µs a case'],
      [['digest of its state', rounded(median(times))]],
    );
  } finally {
    await system.close();
    await server.stop();
  }
}

const rowsHeld = async ({ database, projections }: System): Promise<number> => {
  const [{ rows = 0 } = {}] = await database.transaction((transaction) =>
    transaction.query<{ rows: number }>(
      `SELECT sum((xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', t), false, true, '')))[1]::text::int)::int AS rows
         FROM unnest($1::text[]) AS t`,
      [[...new Set(projections.flatMap(({ tables }) => tables)), 'trail_search']],
    ),
  );
  return rows;
};

async function verified(url: string, directory: string, night: readonly string[]): Promise<Verified> {
  const worker = join(import.meta.dirname, 'verify-worker.ts');
  const child = fork(worker, [url, directory, ...night], { execArgv: ['--import', 'tsx'] });
  const [report] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Verified | number];
  if (typeof report === 'number') throw new Error(`the verification ended with ${report}`);
  return report;
}

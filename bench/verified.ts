/** Verification with all tables, of real messages lived to their end: whole, and by nights; and what proving a case's state costs. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  indexTrail,
  sequence,
  signCheckpoint,
  verifyNightly,
  verifyTrail,
} from '#src/accountability/index.js';
import { followTrail } from '#src/assessment/index.js';
import { deployShipped } from '#src/casework/index.js';
import { replay } from '#src/casework/replay/index.js';
import { loadCasesByKey, stateDigest } from '#src/engine/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { followDuties } from '#src/regulation/index.js';
import { benchServer } from './postgres.js';
import { median, rounded, table } from './table.js';
import { signer } from './trail-large.js';

const most = Number(process.env['BENCH_MESSAGES'] ?? 2_017);
const rounds = 3;

export async function run(): Promise<void> {
  const server = await benchServer();
  const url = await server.database('verified');
  const { directory } = server;
  const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
  try {
    await deployShipped(system);
    const source = new URL('../../shared/cases/messages.jsonl', import.meta.url);
    const file = join(directory, 'messages.jsonl');
    await writeFile(file, readFileSync(source, 'utf8').trim().split('\n').slice(0, most).join('\n'));
    await replay(system, file, { onLine: () => undefined, onBad: () => undefined });
    const { database } = system;
    await sequence(database);
    while ((await followDuties(database, system.catalogues)) > 0);
    while ((await followTrail(database, system.catalogues)) > 0);
    while ((await indexTrail(database)) > 0);
    await signCheckpoint({ ...system, signer });
    const [{ rows: kept = 0 } = {}] = await database.transaction((transaction) =>
      transaction.query<{ rows: number }>(
        `SELECT sum((xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', t), false, true, '')))[1]::text::int)::int AS rows
           FROM unnest($1::text[]) AS t`,
        [[...new Set(system.comparisons.flatMap(({ tables }) => tables)), 'trail_search']],
      ),
    );
    const lines: (readonly string[])[] = [];
    const timed = async (
      what: string,
      work: () => Promise<{ entries: number; findings: readonly unknown[] }>,
    ) => {
      const [times, peaks]: [number[], number[]] = [[], []];
      let [entries, found] = [0, 0];
      for (let round = 0; round < rounds; round += 1) {
        const watch = setInterval(() => peaks.push(process.memoryUsage.rss()), 50);
        const from = performance.now();
        const seen = await work();
        times.push((performance.now() - from) / 1000);
        clearInterval(watch);
        [entries, found] = [seen.entries, seen.findings.length];
        if (found > 0) console.log(JSON.stringify(seen.findings.slice(0, 3)));
      }
      const seconds = median(times);
      const mebibytes = Math.max(0, ...peaks) / 2 ** 20;
      lines.push([
        what,
        rounded(entries),
        rounded(entries / seconds),
        rounded(seconds, 1),
        rounded(mebibytes),
        String(found),
      ]);
    };
    await timed('everything', () => verifyTrail(system));
    await timed('a night, of so many', () => verifyNightly({ ...system, most: Math.ceil(most * 10) }));
    table(
      `\`trail verify\` with all tables (${rounded(kept)} rows)`,
      ['what', 'entries', 'entries/s', 's', 'MiB', 'findings'],
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

/** Merging: how many of thirty planted incidents' callers are proposed, and how many strangers. */
import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { deployShipped } from '#src/cases/index.js';
import { movableClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { plantIncidents, type Wording } from '../test/support/incidents/generate.js';
import { liveIncidents } from '../test/support/incidents/lived.js';
import { heldOutWords } from '../test/support/incidents/words-held-out.js';
import { tuningWords } from '../test/support/incidents/words-tuning.js';
import { benchServer, type BenchServer } from './postgres.js';
import { rounded, table } from './table.js';

const runs: readonly [name: string, words: Wording, seed: number][] = [
  ['tuning', tuningWords, 1],
  ['held out', heldOutWords, 7],
];

export async function run(): Promise<void> {
  const file = new URL('../../shared/cases/messages.jsonl', import.meta.url);
  const messages = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly title: string; readonly text: string });
  const server = await benchServer();
  const rows: (string | number)[][] = [];
  try {
    for (const [name, words, seed] of runs) {
      rows.push(await lived(server, name, plantIncidents(words, seed, messages)));
    }
  } finally {
    await server.stop();
  }
  table(
    'Thirty incidents of 5 to 200 callers, with real messages among the strangers',
    [
      'words',
      'sheets',
      'members proposed, %',
      'at intake, %',
      'wrong proposals, %',
      'strangers, %',
      'ms, p50',
      'p99',
    ],
    rows,
  );
}

async function lived(
  server: BenchServer,
  name: string,
  planted: ReturnType<typeof plantIncidents>,
): Promise<(string | number)[]> {
  const clock = movableClock(planted[0]?.receivedAt ?? new Date(0));
  const url = await server.database(`merging_${name.replaceAll(' ', '_')}`);
  const system = await openSystem({ clock, applicationName: 'bench', url, directory: server.directory });
  try {
    await deployShipped(system);
    const figures = await liveIncidents(system, planted, {
      moveTo: (instant) => clock.moveTo(instant),
      now: () => performance.now(),
    });
    const share = (count: number, of: number): string => rounded((100 * count) / of, 1);
    const { members, times } = figures;
    return [
      ...[
        name,
        rounded(figures.sheets),
        share(figures.found, members),
        share(figures.foundAtIntake, members),
      ],
      ...[share(figures.wrong, figures.proposals), share(figures.strangersProposed, figures.strangers)],
      ...[0.5, 0.99].map((part) => rounded(times[Math.floor(times.length * part)] ?? 0)),
    ];
  } finally {
    await system.close();
  }
}

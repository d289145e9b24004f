/** Cases that nobody works on, and their expected escalations, for tests that disturb the scheduler. */
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { deployShipped } from '../../src/cases/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { createCaseRunner } from './case-runner.js';
import { builtTestProgram } from './built-program.js';
import type { SchedulerOrder, SchedulerReport } from './scheduler-program.js';
import type { TestSystem } from './system.js';
import { levelsIn, processOf, subjectOf, type ReadableEntry } from '../../src/accountability/events/index.js';

const facts: JsonObject = {
  channel: 'phone',
  kind: 'help',
  wishesReply: true,
  confidential: false,
  district: null,
  place: null,
  unit: '市城管局',
  dispatchBasis: 'duty',
};

/** Dispatched on different days and hours, one of them before a weekend with a holiday behind it. */
const dispatched = [
  '2026-03-02T10:00:00+08:00',
  '2026-03-02T23:59:59+08:00',
  '2026-03-03T00:00:00+08:00',
  '2026-03-06T16:30:00+08:00',
  '2026-03-31T09:15:00+08:00',
].map((text) => new Date(text));

export const clockFrom = new Date('2026-03-02T00:00:00+08:00');
export const clockTo = new Date('2026-06-01T00:00:00+08:00');

const dispatchOf = (index: number): Date => dispatched[index % dispatched.length] ?? clockFrom;
const keyOf = (index: number): string => `逾期-${String(index).padStart(6, '0')}`;

/** Starts live cases on the real executor, numbers `from` to `count` - 1; nobody ever handles them. */
export async function openNeglectedCases(system: TestSystem, count: number, from = 0): Promise<void> {
  const batch = 500;
  for (let start = from; start < count; start += batch) {
    const indices = Array.from({ length: Math.min(batch, count - start) }, (_, offset) => start + offset);
    await system.executor.execute(
      indices.map((index) => ({
        kind: 'start',
        businessKey: keyOf(index),
        process: 'handling',
        realm: 'live',
        at: dispatchOf(index),
        variables: facts,
      })),
    );
  }
}

export async function neglectedSystem(system: TestSystem, count: number): Promise<void> {
  await deployShipped(system);
  await openNeglectedCases(system, count);
}

/** A case's entries, one line each: type, legal instant, element and levels. */
type Story = readonly string[];

const line = (entry: ReadableEntry & { at: Date }): string =>
  [
    entry.type,
    entry.at.toISOString(),
    processOf(entry)?.process ?? '',
    subjectOf(entry) ?? '',
    JSON.stringify(levelsIn(entry)),
  ].join(' ');

/** The same cases in memory, where nothing disturbs them. */
async function undisturbedStories(): Promise<readonly Story[]> {
  return Promise.all(
    dispatched.map(async (at) => {
      const runner = await createCaseRunner();
      runner.start('handling', at, facts);
      runner.moveTo(clockTo);
      return runner.entries.map(line);
    }),
  );
}

export interface Verdict {
  /** Cases whose trail differs from the undisturbed one, with both trails. */
  readonly different: readonly { readonly key: string; readonly found: Story; readonly expected: Story }[];
  readonly brokenChains: readonly string[];
  readonly incidents: number;
  readonly stillDue: number;
  /** How often each level was given, over all cases. */
  readonly levels: { readonly [level: string]: number };
}

export async function verdictOn(system: TestSystem, count: number): Promise<Verdict> {
  const expected = await undisturbedStories();
  const different: Verdict['different'][number][] = [];
  const brokenChains: string[] = [];
  const levels: { [level: string]: number } = {};
  const batch = 250;
  for (let start = 0; start < count; start += batch) {
    const indices = Array.from({ length: Math.min(batch, count - start) }, (_, offset) => start + offset);
    await system.database.transaction(async (transaction) => {
      const trails = await system.trail.read(transaction, indices.map(keyOf));
      for (const index of indices) {
        const key = keyOf(index);
        const entries = trails.get(key) ?? [];
        const found = entries.map(line);
        const story = expected[index % expected.length] ?? [];
        if (found.join('\n') !== story.join('\n')) different.push({ key, found, expected: story });
        for (const level of entries.flatMap(levelsIn)) {
          levels[level] = (levels[level] ?? 0) + 1;
        }
        if (!(await system.trail.verify(transaction, key)).holds) brokenChains.push(key);
      }
    });
  }
  const [row] = await system.database.transaction((transaction) =>
    transaction.query<{ incidents: number; still_due: number }>(
      `SELECT (SELECT count(*) FROM hotline.incident)::int AS incidents,
              count(*) FILTER (WHERE due_at <= $1)::int AS still_due FROM hotline.deadline`,
      [clockTo],
    ),
  );
  return {
    different,
    brokenChains,
    levels,
    incidents: row?.incidents ?? -1,
    stillDue: row?.still_due ?? -1,
  };
}

/** Program processes that share the work, and their reports. */
export interface Programs {
  /** Resolves once it has opened the database, or has ended before that. */
  start(): Promise<ChildProcess>;
  readonly running: ReadonlySet<ChildProcess>;
  /** Every report of every program, in the order of arrival. */
  reports(): AsyncIterable<SchedulerReport>;
  /** Releases all of them; resolves when they have ended. */
  stop(): Promise<void>;
}

export function createPrograms(order: SchedulerOrder): Programs {
  const running = new Set<ChildProcess>();
  const told = new EventEmitter();
  return {
    running,
    start: async () => {
      const child = fork(await builtTestProgram('scheduler-program.ts'), [JSON.stringify(order)], {
        execArgv: [],
      });
      running.add(child);
      child.once('exit', () => running.delete(child));
      child.on('message', (report: SchedulerReport) => told.emit('report', report));
      // Killed before it was ready, it will not be.
      await Promise.race([once(child, 'message'), once(child, 'exit')]);
      return child;
    },
    reports: async function* () {
      for await (const [report] of on(told, 'report')) yield report as SchedulerReport;
    },
    stop: async () => {
      await Promise.all(
        [...running].map(async (child) => {
          const ended = once(child, 'exit');
          child.disconnect();
          await ended;
        }),
      );
    },
  };
}

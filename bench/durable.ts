/**
 * Durable steps of this checkout, optionally compared with another: a program and a server each, in
 * alternating rounds.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Order, Report } from './durable-worker.js';
import { median, rounded, table } from './table.js';

const ways = [
  { how: 'a transaction a step, 1 at a time', batch: 1, underWay: 1, cases: 20 },
  { how: 'a transaction a step, 8 at a time', batch: 1, underWay: 8, cases: 60 },
  { how: 'a transaction for 100 cases, 3 at a time', batch: 100, underWay: 3, cases: 300 },
];
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 15);
const warmUp = 2;

/** @param checkouts directories with a built `dist`; the last one is the reference */
export async function run(checkouts: readonly string[] = ['.']): Promise<void> {
  const programs = await Promise.all(checkouts.map((checkout) => start(resolve(checkout))));
  try {
    const rows: (readonly string[])[] = [];
    for (const { how, ...way } of ways) {
      const seen = programs.map((): Report[] => []);
      for (let round = -warmUp; round < rounds; round += 1) {
        // Alternates which one goes first.
        const order = [...programs.keys()];
        if (round % 2 !== 0) order.reverse();
        for (const at of order) {
          const report = await ask(programs[at], { ...way, name: `${way.batch}-${way.underWay}-${round}` });
          if (round >= 0) seen[at]?.push(report);
        }
      }
      const last = seen.at(-1) ?? [];
      for (const [at, reports] of seen.entries()) {
        const ratios = reports.map((report, round) => report.rate / (last[round]?.rate ?? Number.NaN));
        rows.push([
          how,
          checkouts[at] ?? '',
          rounded(median(reports.map(({ rate }) => rate))),
          rounded(median(reports.map(({ programCpu }) => programCpu))),
          rounded(median(reports.map(({ serverCpu }) => serverCpu))),
          `${rounded(100 * median(ratios))} %`,
        ]);
      }
    }
    table(
      `Durable steps (${rounds} rounds, medians)`,
      ['way', 'checkout', 'steps/s', 'CPU µs a step, program', 'PostgreSQL', 'steps/s, share of the last'],
      rows,
    );
  } finally {
    await Promise.all(programs.map(stop));
  }
}

async function start(checkout: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'durable-worker.ts'), [checkout], {
    execArgv: ['--import', 'tsx'],
  });
  await answerOf(child);
  return child;
}

async function ask(program: ChildProcess | undefined, order: Order): Promise<Report> {
  if (!program) throw new Error('no program');
  const answer = answerOf(program);
  program.send(order);
  return (await answer) as Report;
}

async function answerOf(program: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const [answer] = (await Promise.race([
      once(program, 'message', { signal }),
      once(program, 'exit', { signal }).then(([code]) => {
        throw new Error(`the program ended with ${code}`);
      }),
    ])) as [unknown];
    return answer;
  } finally {
    waiting.abort();
  }
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  const gone = once(program, 'exit');
  program.send('end');
  await gone;
}

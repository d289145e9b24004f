/**
 * Durable steps a second on the embedded PostgreSQL, with one and two program processes, against the very same rows
 * written by bare `pg` in the same run and the same transactions, and against `bpmn-engine` behind the same door.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Report, Told } from './durable-worker.js';
import { benchServer, type BenchServer } from './postgres.js';
import { rounded, table } from './table.js';

const worker = join(import.meta.dirname, 'durable-worker.ts');

const ways = [
  { how: 'a transaction a step, 24 at a time', batch: 1, underWay: 24, cases: 800 },
  { how: 'a transaction for 100 cases, 3 at a time', batch: 100, underWay: 3, cases: 3000 },
];

async function measure(
  server: BenchServer,
  name: string,
  order: Omit<Order, 'engineUrl' | 'bareUrl' | 'worker'>,
  processes: number,
) {
  const engineUrl = await server.database(`${name}_engine`);
  const bareUrl = await server.database(`${name}_bare`);
  const children: ChildProcess[] = [];
  for (let number = 1; number <= processes; number += 1) {
    const full: Order = { ...order, engineUrl, bareUrl, worker: number };
    const child = fork(worker, [JSON.stringify(full)], { execArgv: ['--import', 'tsx'] });
    await once(child, 'message');
    children.push(child);
  }
  const tell = async (told: Told): Promise<Report[]> =>
    Promise.all(
      children.map(async (child) => {
        const answer = once(child, 'message');
        child.send(told);
        const [report] = (await answer) as [Report];
        return report;
      }),
    );
  const engine = await tell({ go: 'engine' });
  const bare = await tell({ go: 'bare' });
  for (const child of children) child.send({ end: true });
  await Promise.all(children.map((child) => once(child, 'exit')));
  const rate = (reports: Report[]): number =>
    reports.reduce((sum, report) => sum + report.steps, 0) /
    Math.max(...reports.map((report) => report.seconds));
  const cpu = (reports: Report[]): number =>
    (1e6 * reports.reduce((sum, report) => sum + report.cpuSeconds, 0)) /
    reports.reduce((sum, report) => sum + report.steps, 0);
  return { engine: rate(engine), bare: rate(bare), engineCpu: cpu(engine), bareCpu: cpu(bare) };
}

export async function run(): Promise<void> {
  const server = await benchServer();
  try {
    const rows: (readonly (string | number)[])[] = [];
    for (const { how, batch, underWay, cases } of ways) {
      for (const processes of [1, 2]) {
        const order = { batch, underWay, cases: cases / processes, runtime: 'token' } as const;
        const result = await measure(server, `token_${batch}_${processes}`, order, processes);
        rows.push([
          `token, ${processes} process${processes > 1 ? 'es' : ''}, ${how}`,
          rounded(result.engine),
          rounded(result.bare),
          `${rounded((100 * result.engine) / result.bare)} %`,
          rounded(result.engineCpu),
          rounded(result.bareCpu),
        ]);
      }
    }
    const library = await measure(
      server,
      'library',
      { batch: 5, underWay: 1, cases: 10, runtime: 'bpmn-engine' },
      1,
    );
    rows.push([
      'bpmn-engine, 1 process (10 cases)',
      rounded(library.engine),
      rounded(library.bare),
      `${rounded((100 * library.engine) / library.bare, 1)} %`,
      rounded(library.engineCpu),
      rounded(library.bareCpu),
    ]);
    table(
      'Durable steps (a trail entry a step)',
      [
        'program',
        'steps/s',
        'same rows by bare pg, steps/s',
        'share',
        'program CPU µs a step',
        'bare pg CPU µs a step',
      ],
      rows,
    );
  } finally {
    await server.stop();
  }
}

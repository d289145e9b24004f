/**
 * A notice moves every open deadline of a city: time until all are recomputed, and latency of steps meanwhile, one at a
 * time in the same program.
 */
import {
  completeTask,
  loadCalendarNotice,
  previewNotice,
  readNoticeFile,
  recomputeDeadlines,
  taskId,
} from '#src/cases/index.js';
import { document2027, notice2027 } from '../test/support/notice-2027.js';
import { openCity, type City } from './city.js';
import type { BenchServer } from './postgres.js';
import { median, rounded, table } from './table.js';

/** Five working days from here span the moved days. */
const dispatched = new Date('2026-12-28T10:00:00+08:00');
const stepsBefore = 500;

export async function run(server: BenchServer, deadlines: number): Promise<void> {
  const city = await openCity(server, 'recomputation', dispatched);
  await city.growTo(deadlines);
  await city.system.database.pool.query('ANALYZE');
  const open = await city.open();
  const tasks = (await receipts(city)).values();
  const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), 'bench', document2027);

  const previewed = await seconds(() => previewNotice(city.system, file));
  await steps(city, tasks, () => Promise.resolve(), stepsBefore / 5);
  const before = await steps(city, tasks, () => Promise.resolve(), stepsBefore);
  let recomputed = Number.NaN;
  const meanwhile = await steps(city, tasks, async () => {
    recomputed = await seconds(async () => {
      const { notice } = await loadCalendarNotice(city.system, file, '测量');
      const found = await recomputeDeadlines(city.system, notice);
      if (!found?.finishedAt || found.moved < open * 0.9) throw new Error(`not all moved: ${found?.moved}`);
    });
  });
  await city.system.close();

  table(
    'A schedule that moves every open deadline',
    ['open deadlines', 'preview, s', 'all computed again, s', 'deadlines/s'],
    [[rounded(open), rounded(previewed, 1), rounded(recomputed, 1), rounded(open / recomputed)]],
  );
  const row = (name: string, { values }: { readonly values: readonly number[] }) => [
    name,
    rounded(values.length),
    rounded(median(values), 1),
    rounded(at(values, 0.99), 1),
    rounded(Math.max(...values), 1),
  ];
  const ratio = (of: (values: readonly number[]) => number): string =>
    `${rounded(of(meanwhile.values) / of(before.values), 1)}×`;
  table(
    'Tasks completed one at a time',
    ['', 'tasks', 'ms, p50', 'p99', 'longest'],
    [
      row('before', before),
      row('meanwhile', meanwhile),
      [
        'ratio',
        '',
        ratio(median),
        ratio((values) => at(values, 0.99)),
        ratio((values) => Math.max(...values)),
      ],
    ],
  );
}

/** Completes tasks until `work` is done, or `count` of them; returns the milliseconds of each. */
async function steps(
  { system }: City,
  tasks: ArrayIterator<string>,
  work: () => Promise<void>,
  count = Number.POSITIVE_INFINITY,
): Promise<{ readonly values: readonly number[] }> {
  let ended = count < Number.POSITIVE_INFINITY;
  const working = work().finally(() => (ended = true));
  const values: number[] = [];
  while (values.length < count && (!ended || count < Number.POSITIVE_INFINITY)) {
    const { value, done } = tasks.next();
    if (done) break;
    const took = await seconds(() =>
      completeTask(system, value, { receipt: 'accept' }, { actor: '测量', does: () => true }),
    );
    values.push(took * 1000);
  }
  await working;
  return { values };
}

/** All over the city, so that some cases are being recomputed. */
async function receipts({ system }: City): Promise<string[]> {
  const { rows } = await system.database.pool.query<Parameters<typeof taskId>[1] & { caseId: string }>(
    `SELECT case_id AS "caseId", instance, token, element, opened_at AS "openedAt"
       FROM hotline.task WHERE element = 'Task_Receive' ORDER BY md5(case_id::text)`,
  );
  return rows.map((row) => taskId(row.caseId, row));
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - from) / 1e9;
}

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/**
 * Photos of about ten megabytes added to sheets at a given rate: whether the program keeps up, how
 * long one takes, and how much memory the program needs. The rate is fixed, whatever the program
 * does (an open loop); beyond the limits of one sheet, the next one is used.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { systemClock } from '#src/kernel/index.js';
import { cpuSecondsOf } from './cpu.js';
import { readMessages } from './http-questions.js';
import { askersOf, fill } from './many-sheets.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

const rates = (process.env['BENCH_UPLOADS'] ?? '1,2,4,20').split(',').map(Number);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 20);
/** Under the limits of a sheet: 40 files, 200 MiB. */
const perSheet = 15;

export async function run(): Promise<void> {
  const server = await benchServer(undefined, {});
  const directory = join(server.directory, 'bench-keys');
  await mkdir(directory, { recursive: true });
  const uploads = rates.reduce((sum, rate) => sum + rate * seconds, 0);
  const open = Math.ceil(uploads / perSheet) + 1;
  const url = await server.filled('uploads', (at) =>
    fill({ url: at, directory, open, ended: 0 }, readMessages()),
  );
  const { intake, numbers } = await askersOf({ url, directory });
  const worker = fork(join(import.meta.dirname, 'http-worker.ts'), [url, directory], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    const [address] = (await once(worker, 'message')) as [string];
    const photo = await photograph();
    let next = 0;
    const add = async (): Promise<number> => {
      const no = numbers[Math.floor(next++ / perSheet)] ?? '';
      const begun = performance.now();
      const answer = await fetch(`${address}/api/work-orders/${no}/attachments?shows=matter`, {
        method: 'POST',
        headers: { ...intake, 'content-type': 'application/octet-stream', 'x-file-name': 'photo.jpg' },
        // Each file differs, because a repeated file would be recognised.
        body: Buffer.concat([photo, Buffer.from(String(next))]),
      });
      await answer.arrayBuffer();
      return answer.status === 201 ? performance.now() - begun : Number.NaN;
    };
    await add();
    const rows: string[][] = [];
    for (const rate of rates) rows.push(await atRate(rate, add, worker.pid ?? 0));
    table(
      `Photos of ${rounded(photo.length / 1e6, 1)} MB, ${seconds} s each`,
      [
        'asked, 1/s',
        'answered, 1/s',
        'refused',
        'ms, p50',
        'p99',
        'CPU ms each',
        'memory, MB: least',
        'most',
      ],
      rows,
    );
  } finally {
    worker.disconnect();
    await once(worker, 'exit');
    await server.stop();
  }
}

async function atRate(rate: number, add: () => Promise<number>, pid: number): Promise<string[]> {
  const memory: number[] = [];
  const watch = setInterval(() => void memoryOf(pid).then((bytes) => memory.push(bytes)), 200);
  const cpu = cpuSecondsOf(pid);
  const begun = performance.now();
  const added: Promise<number>[] = [];
  for (let count = 0; count < rate * seconds; count += 1) {
    await systemClock.sleep(Math.max(0, begun + (1000 * count) / rate - performance.now()));
    added.push(add().catch(() => Number.NaN));
  }
  const times = (await Promise.all(added)).filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const took = (performance.now() - begun) / 1000;
  clearInterval(watch);
  const at = (share: number): string => rounded(times[Math.floor(share * times.length)] ?? Number.NaN);
  return [
    String(rate),
    rounded(times.length / took, 1),
    rounded(added.length - times.length),
    at(0.5),
    at(0.99),
    rounded((1000 * (cpuSecondsOf(pid) - cpu)) / times.length),
    rounded(Math.min(...memory)),
    rounded(Math.max(...memory)),
  ];
}

/** Resident megabytes; NaN except on Linux. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1000;
}

/** Twelve million noisy pixels, like a telephone's photo at night. */
function photograph(): Promise<Buffer> {
  return sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: '#667788',
      noise: { type: 'gaussian', mean: 120, sigma: 40 },
    },
  })
    .jpeg({ quality: 94 })
    .toBuffer();
}

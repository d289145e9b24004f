/** Exports of a year's trail in every format: seconds, bytes and maximum memory. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFormats } from '#src/cases/index.js';
import type { Exported } from './export-worker.js';
import { fillTrail } from './many-entries.js';
import { benchServer } from './postgres.js';
import { rounded, table } from './table.js';

const atLeast = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const formats = process.env.BENCH_FORMATS?.split(',') ?? exportFormats;

async function exported(url: string, directory: string, format: string): Promise<Exported | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  try {
    const child = fork(
      join(import.meta.dirname, 'export-worker.ts'),
      [url, directory, format, join(folder, 'out')],
      { execArgv: ['--import', 'tsx'] },
    );
    const [report] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
      Exported | number,
    ];
    return typeof report === 'number' ? undefined : report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function run(): Promise<void> {
  const server = await benchServer();
  const directory = await mkdtemp(join(tmpdir(), 'hotline-bench-'));
  try {
    const url = await server.database('exports');
    const size = await fillTrail(url, directory, atLeast);
    console.error(`轨迹 ${size} 条`);
    const rows: (readonly (string | number)[])[] = [];
    for (const format of formats) {
      const report = await exported(url, directory, format);
      if (!report) {
        rows.push([format, 'refused', '', '', '', '']);
        continue;
      }
      const { entries, files, bytes, seconds, megabytes } = report;
      rows.push([
        format,
        rounded(entries),
        rounded(entries / seconds),
        rounded(megabytes),
        rounded(bytes / 2 ** 20),
        files,
      ]);
    }
    const head = ['form', 'entries', 'entries/s', 'most memory, MiB', 'MiB written', 'files'];
    table('Exports of the trail', head, rows);
  } finally {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

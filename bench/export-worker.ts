/** Exports everything in one format; reports time and maximum memory. */
import { stat } from 'node:fs/promises';
import { signerSource, streamsOf, type Selection } from '#src/accountability/index.js';
import { exportTrail, type ExportFormat } from '#src/cases/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';

export interface Exported {
  readonly entries: number;
  readonly files: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Of the whole program, from its start. */
  readonly megabytes: number;
}

const [url = '', directory = '', format = '', file = ''] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
const signer = await signerSource(directory)();
const from = process.hrtime.bigint();
const order = {
  selection: await selectionOf(format),
  format: format as ExportFormat,
  requester: '测量',
  exporter: { program: 'bench' },
  purpose: '测量',
};
const { entries, files } = await exportTrail({ ...system, signer }, order, file);
const seconds = Number(process.hrtime.bigint() - from) / 1e9;
const sizes = await Promise.all(files.map(async (name) => (await stat(name)).size));
await system.close();
const bytes = sizes.reduce((sum, size) => sum + size, 0);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.send?.({ entries, files: files.length, bytes, seconds, megabytes } satisfies Exported);

/** Everything; for a report its maximum. */
async function selectionOf(of: string): Promise<Selection> {
  if (of !== 'pdf') return { from: new Date(0) };
  const streams = await system.database.transaction((transaction) =>
    streamsOf(transaction, { from: new Date(0) }, Number.MAX_SAFE_INTEGER),
  );
  const some: string[] = [];
  let room = 10_000;
  for (const { stream, length } of streams) {
    if (stream === 'exports' || length > room) continue;
    room -= length;
    some.push(stream);
  }
  return { streams: some };
}

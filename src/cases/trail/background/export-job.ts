/**
 * Background exports, because an export takes minutes: the request orders it, and the job queue
 * writes it. If a program is killed, another one restarts the job; leftovers are swept.
 */
import { basename, join } from 'node:path';
import { z } from 'zod';
import {
  addExport,
  askWitnesses,
  beginExport,
  expireExports,
  failExport,
  finishExport,
  keptExports,
  noteProgress,
  readExport,
  readWitnesses,
  unfinishedExports,
  type KeptExport,
  type LogSigner,
} from '../../../accountability/index.js';
import { civilDateOf } from '../../../kernel/civil-date.js';
import { addJobs, defineJob, handled, type Job } from '../../../platform/jobs/index.js';
import { Refusal, repeat, type Log, type Repeating } from '../../../kernel/index.js';
import {
  orderExport,
  type OrderDeps,
  type OrderedExport,
  type TrailExportDeps,
  type TrailExportOrder,
} from '../order-export.js';
import { writeExport } from '../write-export.js';
import type { ExportFiles } from './files.js';
import { keptOrder, readOrder } from './ordered.js';

const attempts = 6;
const kind = defineJob('trail.export', z.strictObject({ id: z.number().int() }), {
  title: '导出轨迹',
  subject: ({ id }) => `第 ${id} 份`,
  attempts,
});

const day = 86_400_000;
/** Days: long enough for the person to return, short enough not to be forgotten on disk. */
const keptDays = 7;
/** Unfinished exports per person. */
const mostUnfinished = 5;

export interface BackgroundDeps extends Omit<TrailExportDeps, 'signer' | 'witness'> {
  readonly signer: () => Promise<LogSigner>;
  readonly exportFiles: ExportFiles;
  readonly log: Log;
}

/**
 * Records the export and queues it.
 *
 * @throws {Refusal} like `orderExport`; `export.too-many`
 */
export async function orderInBackground(
  deps: Omit<OrderDeps, 'signer'> & Pick<BackgroundDeps, 'signer'>,
  order: TrailExportOrder,
  person: number,
): Promise<KeptExport> {
  const signer = await deps.signer();
  return orderExport({ ...deps, signer }, order, async (transaction, ordered) => {
    if ((await unfinishedExports(transaction, person)) >= mostUnfinished)
      throw new Refusal('export.too-many', `您还有 ${mostUnfinished} 份导出没有做完`, {
        remedy: '等其中一份做完再要',
      });
    const { orderedAt, total } = ordered;
    const kept = await addExport(transaction, { person, ordered: keptOrder(ordered), orderedAt, total });
    addJobs(transaction, kind, [{ payload: { id: kept.id }, queue: kind.name }]);
    return kept;
  });
}

export function exportingJob(deps: BackgroundDeps): Job {
  const { database, clock } = deps;
  return handled(kind, async ({ id }, { attempt, signal }) => {
    const kept = await database.transaction(async (transaction) =>
      (await beginExport(transaction, id)) ? readExport(transaction, id) : undefined,
    );
    if (!kept) return;
    try {
      const files = await deps.exportFiles.keep(id, (folder) =>
        write(deps, id, readOrder(kept.ordered), folder, signal),
      );
      const at = clock.now();
      const expiresAt = new Date(at.getTime() + keptDays * day);
      await database.transaction((transaction) => finishExport(transaction, id, { files, at, expiresAt }));
    } catch (error) {
      if (!(error instanceof Refusal) && attempt < attempts) throw error;
      const said = error instanceof Refusal ? [error.message, error.remedy] : ['程序出错，管理员可查日志'];
      const failure = said.filter(Boolean).join('；');
      await database.transaction((transaction) => failExport(transaction, id, failure, clock.now()));
      if (!(error instanceof Refusal)) throw error;
    }
  });
}

async function write(
  deps: BackgroundDeps,
  id: number,
  ordered: OrderedExport,
  folder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { database, log } = deps;
  let done = 0;
  let told = 0;
  const onEntries = async (count: number): Promise<void> => {
    signal.throwIfAborted();
    done += count;
    if (done - told < ordered.total / 50) return;
    told = done;
    await database.transaction((transaction) => noteProgress(transaction, id, done));
  };
  const witnesses = await readWitnesses();
  const onError = (error: unknown): void => log.warn(String((error as Error).message));
  const witness = (): Promise<number> => askWitnesses({ ...deps, witnesses, onError });
  const parts = { ...deps, signer: await deps.signer(), witness };
  const files = await writeExport(parts, ordered, join(folder, fileNameOf(id, ordered)), onEntries);
  return files.map((file) => basename(file));
}

function fileNameOf(id: number, { format, orderedAt }: OrderedExport): string {
  const ending = { bundle: 'zip', ocel: 'json' }[format as 'bundle' | 'ocel'] ?? format;
  return `trail-${civilDateOf(orderedAt)}-${id}.${ending}`;
}

/** Removes expired exports and leftovers of killed programs from this machine's disk. */
export async function sweepExports({
  database,
  clock,
  exportFiles,
}: Pick<BackgroundDeps, 'database' | 'clock' | 'exportFiles'>): Promise<void> {
  const now = clock.now();
  // The folders are listed before the rows are read, so that exports started afterwards are not
  // affected.
  const found = await exportFiles.list();
  const rows = await database.transaction(async (transaction) => {
    await expireExports(transaction, now, new Date(now.getTime() - day));
    return keptExports(transaction);
  });
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  for (const { id, isFinished } of found) {
    const state = states.get(id);
    if (isFinished ? state === undefined : state !== 'running') await exportFiles.drop(id, isFinished);
  }
}

/** Sweeps every ten minutes until `signal` aborts. */
export const keepSweeping = (
  deps: Repeating & Pick<BackgroundDeps, 'database' | 'exportFiles'>,
  signal: AbortSignal,
): Promise<void> => repeat(deps, 600_000, signal, () => sweepExports(deps));

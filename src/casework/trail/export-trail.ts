/** What an auditor takes away of a case, a unit, a person or a period, in the form that is asked for. */
import { createWriteStream } from 'node:fs';
import {
  countEntries,
  streamsOf,
  type Selection,
  type LogSigner,
  type Trail,
} from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import type { DefinitionStore } from '../../engine/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import type { About, WriteRows } from './about.js';
import { selectionBody, selectionTitle } from './describe-selection.js';
import { entriesOfPart, writeBundles } from './format/bundles.js';
import { writeCsv } from './format/csv.js';
import { writeOcel } from './format/ocel.js';
import { writePdf } from './format/pdf.js';
import { writeXes } from './format/xes.js';
import { writeXlsx } from './format/xlsx.js';
import { readRows } from './read-rows.js';
import { settled } from './settled.js';

export const exportFormats = ['bundle', 'csv', 'xlsx', 'pdf', 'xes', 'ocel'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface TrailExportDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly definitions: DefinitionStore;
  readonly signer: LogSigner;
  readonly trail: Trail;
  /** Asks witnesses for the checkpoint before a bundle is handed out. */
  readonly witness?: () => Promise<unknown>;
}

export interface TrailExportOrder {
  readonly selection: Selection;
  readonly format: ExportFormat;
  readonly requester: string;
  readonly purpose: string;
  /** Refuses more entries than this, and a bundle that would need several files. */
  readonly most?: number;
}

const mostInPdf = 20_000;
const tables: Readonly<Record<'csv' | 'xlsx' | 'xes' | 'ocel', WriteRows>> = {
  csv: writeCsv,
  xlsx: writeXlsx,
  xes: writeXes,
  ocel: writeOcel,
};

/**
 * The export is itself an entry (stream `exports`), written before the first byte of the file.
 *
 * @returns the files that were written: more than one only for bundles that are too large for one
 * @throws {Refusal} `case.not-found`, `export.too-large`, `trail.behind`, `trail.key`, `file.unreadable`
 */
export async function exportTrail(
  deps: TrailExportDeps,
  order: TrailExportOrder,
  file: string,
): Promise<{ readonly entries: number; readonly files: readonly string[] }> {
  const { selection, format, requester, purpose } = order;
  const { size, signedAt, vkey } = await settled(deps);
  const at = deps.clock.now();
  const entries = await deps.database.transaction(async (transaction) => {
    const count = await countEntries(transaction, selection, size);
    if (count === 0)
      throw new Refusal('case.not-found', `没有${selectionTitle(selection)}的轨迹`, {
        remedy: '核对编号、单位、人员、时期的写法;系统里没有这样的条目就没有可导出的',
      });
    if (format === 'pdf' && count > mostInPdf)
      throw new Refusal('export.too-large', `PDF 至多 ${mostInPdf} 条,所选的有 ${count} 条`, {
        remedy: '缩短时期,或改用 csv、xlsx、xes、ocel、bundle',
      });
    const { most } = order;
    const taken =
      most !== undefined && format === 'bundle' ? await wholeChains(transaction, selection, size) : count;
    if (most !== undefined && taken > (format === 'bundle' ? entriesOfPart : most))
      throw new Refusal(
        'export.too-large',
        `所选的有 ${taken} 条,这样一次至多 ${format === 'bundle' ? entriesOfPart : most} 条`,
        {
          remedy: '缩短时期,或由系统管理员以 hotline trail export 导出',
        },
      );
    const body = { ...selectionBody(selection), format, requester, purpose, entries: count, size };
    await deps.trail.append(transaction, [{ stream: 'exports', type: 'trail.exported', at, body }]);
    return count;
  });
  const about: About = {
    title: selectionTitle(selection),
    requester,
    purpose,
    at: toShanghaiIso(at),
    entries,
    checkpoint: { size, signedAt: toShanghaiIso(signedAt), vkey },
  };
  const rows = readRows(deps, selection, format === 'xes' ? 'streams' : 'tree', size);
  if (format === 'bundle')
    return { entries, files: await writeBundles(deps, about.title, selection, size, file) };
  const out = createWriteStream(file, { mode: 0o600 });
  const opened = new Promise<void>((resolve, reject) =>
    out.once('open', () => resolve()).once('error', reject),
  );
  await opened.catch((cause: Error) => {
    throw new Refusal('file.unreadable', `文件 ${file} 写不了:${cause.message}`, {
      remedy: '核对路径和权限',
      cause,
    });
  });
  if (format === 'pdf') await writePdf(rows, about, await verified(deps, selection, size), out);
  else await tables[format](rows, about, out);
  return { entries, files: [file] };
}

/** What a bundle holds: the chains in full. */
async function wholeChains(transaction: Transaction, selection: Selection, size: number): Promise<number> {
  const streams = await streamsOf(transaction, selection, size);
  return streams.reduce((sum, { length }) => sum + length, 0);
}

/** Every chain that the entries belong to, from its first entry to its head. */
async function verified({ database, trail }: TrailExportDeps, selection: Selection, size: number) {
  const streams = await database.transaction((transaction) => streamsOf(transaction, selection, size));
  const broken = [];
  for (const { stream } of streams) {
    const verdict = await database.transaction(async (transaction) => {
      await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return trail.verify(transaction, stream);
    });
    if (!verdict.holds) broken.push({ stream, finding: verdict.finding });
  }
  return { streams: streams.length, broken };
}

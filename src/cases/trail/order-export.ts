/** Records an export before its first byte is written: who ordered it, for which purpose, and how much. */
import { countEntries, streamsOf, type Selection } from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogue } from '../../law/policy/index.js';
import { longestChain, partsOf } from './bundle-parts.js';
import { selectionBody, selectionTitle } from './describe-selection.js';
import type { Exporter } from './exporter.js';
import { settled } from './settled.js';
import type { Using } from '../parts.js';

export const exportFormats = ['bundle', 'csv', 'xlsx', 'pdf', 'xes', 'ocel'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface TrailExportOrder {
  readonly selection: Selection;
  readonly format: ExportFormat;
  /** The name given with a command, or the person who is signed in. */
  readonly requester: string;
  readonly exporter: Exporter;
  readonly purpose: string;
}

/** An order bounded by a checkpoint: writing it again gives the same result. */
export interface OrderedExport extends TrailExportOrder {
  readonly orderedAt: Date;
  /** Number of entries selected. */
  readonly entries: number;
  /** Number of entries written; bundles hold whole chains. */
  readonly total: number;
  readonly checkpoint: { readonly size: number; readonly signedAt: Date; readonly vkey: string };
}

export type OrderDeps = Using<'clock' | 'database' | 'laws' | 'signer' | 'trail'>;

export interface TrailExportDeps extends OrderDeps, Using<'catalogues' | 'definitions' | 'sheets'> {
  readonly policies: { readonly catalogue: Catalogue };
  /** Asks witnesses to co-sign the checkpoint before a bundle is issued. */
  readonly witness?: () => Promise<unknown>;
}

/** People read this report, and its tags stay in memory until it is written. */
const mostInPdf = 10_000;

/**
 * @param also further work in the recording transaction
 * @throws {Refusal} `case.not-found`, `export.too-large`, `trail.behind`, `trail.key`
 */
export async function orderExport<Kept>(
  deps: OrderDeps,
  order: TrailExportOrder,
  also: (transaction: Transaction, ordered: OrderedExport) => Promise<Kept>,
): Promise<Kept> {
  const { size, signedAt, vkey } = await settled(deps);
  const { selection, format, requester, exporter, purpose } = order;
  const orderedAt = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    const entries = await countEntries(transaction, selection, size);
    if (entries === 0)
      throw new Refusal('case.not-found', `没有${selectionTitle(selection)}的轨迹`, {
        remedy: '核对编号、单位、人员、时期的写法；系统里没有这样的条目就没有可导出的',
      });
    if (format === 'pdf' && entries > mostInPdf)
      throw new Refusal('export.too-large', `PDF 至多 ${mostInPdf} 条，所选的有 ${entries} 条`, {
        remedy: '缩短时期分几次导出，或改用 csv、xlsx、xes、ocel、bundle（都没有这个上限）',
      });
    const total =
      format === 'bundle'
        ? await wholeChains(transaction, selection, size, longestChain(deps.signer))
        : entries;
    const body = { ...selectionBody(selection), format, requester, purpose, ...exporter, entries, size };
    await deps.trail.append(transaction, [
      { stream: 'exports', type: 'trail.exported', at: orderedAt, body },
    ]);
    return also(transaction, { ...order, orderedAt, entries, total, checkpoint: { size, signedAt, vkey } });
  });
}

/** @throws {Refusal} `export.too-large` for a chain that does not fit a bundle */
async function wholeChains(
  transaction: Transaction,
  selection: Selection,
  size: number,
  longest: number,
): Promise<number> {
  const chains = await streamsOf(transaction, selection, size);
  partsOf(chains, longest);
  return chains.reduce((sum, { length }) => sum + length, 0);
}

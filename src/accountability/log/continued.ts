/** Compares a root that an outside party holds with today's log. */
import type { Transaction } from '../../platform/database/index.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import { tileReader } from '../store/log-store.js';
import { rootOf } from './tree.js';

export interface Continued {
  /** The last checkpoint: its size and when it was signed; 0 and null without one. */
  readonly now: { readonly size: number; readonly signedAt: Date | null };
  /** Root of the first `size` leaves of today's tree; undefined if it is shorter or its tiles do not lead to one. */
  readonly then: Buffer | undefined;
  readonly contradiction: 'rolled-back' | 'rewritten' | undefined;
}

/**
 * Both roots are recomputed from the stored hashes: that of the log's beginning, and that of the
 * whole log as last signed.
 */
export async function continuedFrom(
  transaction: Transaction,
  { size, root }: { readonly size: number; readonly root: Buffer },
): Promise<Continued> {
  const latest = await latestCheckpoint(transaction);
  const now = { size: latest?.size ?? 0, signedAt: latest?.signedAt ?? null };
  if (!latest || latest.size < size) return { now, then: undefined, contradiction: 'rolled-back' };
  const read = tileReader(transaction);
  const roots = await Promise.all([rootOf(read, size), rootOf(read, latest.size)]).catch(() => undefined);
  const [then, whole] = roots ?? [];
  const isContinued = then?.equals(root) === true && latest.note.includes(`\n${whole?.toString('base64')}\n`);
  return { now, then, contradiction: isContinued ? undefined : 'rewritten' };
}

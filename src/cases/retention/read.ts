/** The last erasure, from the trail. */
import type { Transaction } from '../../platform/database/index.js';
import { latestEntry } from '../../accountability/index.js';
import { stream } from './run.js';

export interface RetentionRun {
  readonly at: Date;
  readonly actor: string;
  /** Counts by class. */
  readonly erased: ReadonlyMap<string, number>;
}

export async function lastRun(transaction: Transaction): Promise<RetentionRun | undefined> {
  const entry = await latestEntry(transaction, stream, 'retention.ran');
  if (!entry) return undefined;
  const { actor, erased } = entry.body;
  return { at: entry.at, actor, erased: new Map(Object.entries(erased)) };
}

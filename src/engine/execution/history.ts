/** The case's own trail, for handlers that decide by it. It is read only on demand. */
import { Refusal } from '../../kernel/index.js';
import type { JournalEntry, PastEntry } from '../ports.js';

/** Thrown if a handler needs the trail and it was not read: nothing has changed; retry with the trail. */
export class HistoryRequired extends Error {}

/** @throws {HistoryRequired} if `read` is missing; the refusal of an unreliable trail */
export function historyOf(
  read: readonly PastEntry[] | Refusal | undefined,
  added: readonly JournalEntry[],
): readonly PastEntry[] {
  if (!read) throw new HistoryRequired();
  if (read instanceof Refusal) throw read;
  return continued(read, added);
}

/** The entries that were read, and the added ones that are not written yet. */
export function continued(read: readonly PastEntry[], added: readonly JournalEntry[]): readonly PastEntry[] {
  const last = read.at(-1)?.seq ?? 0;
  return [...read, ...added.map(({ type, body }, at) => ({ seq: last + 1 + at, type, body }))];
}

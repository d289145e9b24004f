/** The case's own trail, for the few handlers that decide on what is recorded. Read only where one asks. */
import type { JournalEntry, PastEntry } from '../ports.js';

/** A handler asks for the trail, which has not been read: nothing has changed, try again with it. */
export class HistoryWanted extends Error {}

/** @throws {HistoryWanted} where `read` is not there yet */
export function historyOf(
  read: readonly PastEntry[] | undefined,
  added: readonly JournalEntry[],
): readonly PastEntry[] {
  if (!read) throw new HistoryWanted();
  return continued(read, added);
}

/** What was read, and what has happened since but is not written yet. */
export function continued(read: readonly PastEntry[], added: readonly JournalEntry[]): readonly PastEntry[] {
  const last = read.at(-1)?.seq ?? 0;
  return [...read, ...added.map(({ type, body }, at) => ({ seq: last + 1 + at, type, body }))];
}

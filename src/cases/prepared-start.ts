/**
 * Computes when the timer of a start event asks the program to prepare a case. The diagram defines
 * the instant, the caller of this function the content.
 */
import { createDueDates } from '../calendar/index.js';
import { nextPrepared } from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { Using } from './parts.js';

export type PreparedStartDeps = Using<'calendar' | 'clock' | 'definitions' | 'policies'>;

/**
 * The first instant of the timer at or after the given one, in the version now in force; null if
 * the version has no such timer.
 */
export async function preparedStart(
  { calendar, clock, definitions, policies }: PreparedStartDeps,
  transaction: Transaction,
  { process, prepare, from }: { readonly process: string; readonly prepare: string; readonly from: Date },
): Promise<Date | null> {
  await definitions.prepare(transaction, []);
  const deployed = definitions.inForce(process, clock.now());
  const before = new Date(from.getTime() - 1);
  const dueDates = createDueDates({ calendar: calendar.current });
  return (deployed && nextPrepared(deployed, prepare, before, { dueDates, policies })) ?? null;
}

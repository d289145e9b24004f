/** When the timer of a start event asks the program to prepare a case: the diagram says when, the caller what. */
import { createDueDates, type CalendarKeeper } from '../calendar/index.js';
import { nextPrepared, type DefinitionStore } from '../engine/index.js';
import type { Clock } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { PolicyKeeper } from '../law/policy/index.js';

export interface PreparedStartDeps {
  readonly calendar: CalendarKeeper;
  readonly clock: Clock;
  readonly definitions: DefinitionStore;
  readonly policies: PolicyKeeper;
}

/** The timer's first instant from an instant on, in the version now in force; null if it has none. */
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

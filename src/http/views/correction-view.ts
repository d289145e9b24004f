/** Corrections of a sheet in its trail, and who is shown what they replaced. */
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';

/** Number of the latest correction's entry, 0 for none. */
export const lastCorrection = (trail: readonly TrailEntry[]): number =>
  trail.findLast((entry) => entry.type === 'sheet.corrected')?.seq ?? 0;

/**
 * @param mayOpen whether they may look at callers' data: a text that was replaced may be of another caller, written onto
 * this sheet by mistake
 */
export function sealedView(entry: TrailEntry, mayOpen: boolean): { readonly [name: string]: string } {
  if (mayOpen || !isSound(entry)) return entry.sealed;
  // Who is accused, and why the caller's data were erased, is not the handling unit's to know.
  if (entry.type === 'person.recused' || entry.type === 'caller.erased') return {};
  // A recording tells who called.
  if (entry.type === 'call.linked') return {};
  if (entry.type !== 'sheet.corrected') return entry.sealed;
  const { reason } = entry.sealed;
  return reason === undefined ? {} : { reason };
}

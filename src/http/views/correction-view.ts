/** Corrections of a sheet in its trail, and who may see the replaced values. */
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';

/** Number of the latest correction's entry, 0 for none. */
export const lastCorrection = (trail: readonly TrailEntry[]): number =>
  trail.findLast((entry) => entry.type === 'sheet.corrected')?.seq ?? 0;

/**
 * @param mayOpen whether the viewer may see callers' data: a replaced text may concern another
 * caller, whom somebody entered on this sheet by mistake
 */
export function sealedView(entry: TrailEntry, mayOpen: boolean): { readonly [name: string]: string } {
  if (mayOpen || !isSound(entry)) return entry.sealed;
  // The handling unit must not learn who is accused, nor why the caller's data were erased.
  if (entry.type === 'person.recused' || entry.type === 'caller.erased') return {};
  // A recording reveals who called.
  if (entry.type === 'call.linked') return {};
  if (entry.type !== 'sheet.corrected') return entry.sealed;
  const { reason } = entry.sealed;
  return reason === undefined ? {} : { reason };
}

/** Corrections of a sheet in its trail, and who is shown what they replaced. */
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { Principal } from '../../identity/index.js';
import { personalDataOperations } from '../contract/personal-data.js';

/** Number of the latest correction's entry, 0 for none. */
export const lastCorrection = (trail: readonly TrailEntry[]): number =>
  trail.findLast((entry) => entry.type === 'sheet.corrected')?.seq ?? 0;

/**
 * A text that was replaced may be of another caller, written onto this sheet by mistake: it is shown to those who see
 * all sheets and may look at callers' data.
 */
export const opensCorrections = ({ sight, roles }: Principal): boolean =>
  sight.kind === 'all' && personalDataOperations.revealCaller.access.some((role) => roles.includes(role));

export function sealedView(entry: TrailEntry, mayOpen: boolean): { readonly [name: string]: string } {
  if (mayOpen || !isSound(entry)) return entry.sealed;
  // Who is accused, and why the caller's data were erased, is not the handling unit's to know.
  if (entry.type === 'person.recused' || entry.type === 'caller.erased') return {};
  if (entry.type !== 'sheet.corrected') return entry.sealed;
  const { reason } = entry.sealed;
  return reason === undefined ? {} : { reason };
}

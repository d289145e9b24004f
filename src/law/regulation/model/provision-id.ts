export { provisionLabel } from '../../../kernel/provision-label.js';

/** `artN`, `artN.pM` (paragraph), `artN.pM.iK` (item); `artN-1` is an article inserted after the N-th (第…条之一). */
export const provisionPattern = /^art\d{1,3}(-\d{1,2})?(\.p\d{1,2}(\.i\d{1,2})?)?$/;

/** Whether `inner` is `outer` or a part of it. */
export const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`);

/** Whether one of them contains the other. */
export const overlaps = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one);

/** `artN` of `artN.pM.iK`. */
export const articleIdOf = (provision: string): string => provision.split('.', 1).join('');

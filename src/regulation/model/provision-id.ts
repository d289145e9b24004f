export { provisionLabel } from '../../kernel/provision-label.js';

/** `artN`, `artN.pM` (paragraph), `artN.pM.iK` (item). */
export const provisionPattern = /^art\d{1,3}(\.p\d{1,2}(\.i\d{1,2})?)?$/;

/** Whether `inner` is `outer` or a part of it. */
export const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`);

/** Whether one contains the other. */
export const overlaps = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one);

/** `artN` of `artN.pM.iK`. */
export const articleIdOf = (provision: string): string => provision.split('.', 1).join('');

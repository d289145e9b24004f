/**
 * Computes the duties of a case that an amendment has moved to a new version: a deed opens a duty
 * of the version then in force.
 */
import { dutiesOf, type Duty, type DutyEntry } from '../interpret.js';
import type { Catalogue } from '../model/index.js';

/** Versions that bind a case; the first one applies from its start. */
export interface Laws {
  readonly first: Catalogue;
  /** Later versions in order, each with the entry that applied it. */
  readonly later: readonly { readonly from: number; readonly catalogue: Catalogue }[];
}

/** Files of the versions that amendments applied to the case while it ran. */
export const appliedIn = (
  trail: readonly DutyEntry[],
): readonly { readonly from: number; readonly file: string }[] =>
  trail.flatMap((entry) =>
    entry.type === 'regulation.applied' ? [{ from: entry.seq, file: entry.body.file }] : [],
  );

/** Duties in the order in which they were opened. */
export function dutiesInTime(
  { first, later }: Laws,
  trail: readonly DutyEntry[],
): readonly { readonly duty: Duty; readonly catalogue: Catalogue }[] {
  const laws = [{ from: 0, catalogue: first }, ...later];
  const all = laws.flatMap(({ from, catalogue }, index) => {
    const until = laws[index + 1]?.from ?? Infinity;
    return dutiesOf(catalogue, trail)
      .filter(({ opened }) => opened.seq >= from && opened.seq < until)
      .map((duty) => ({ duty, catalogue }));
  });
  return later.length === 0 ? all : all.sort((one, other) => one.duty.opened.seq - other.duty.opened.seq);
}

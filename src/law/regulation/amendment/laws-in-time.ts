/** Duties of a case that an amendment has moved to the new version: what a deed opens is a duty of the version of then. */
import { dutiesOf, type Duty, type DutyEntry } from '../interpret.js';
import type { Catalogue } from '../model/index.js';

/** Versions that bind a case, the first one from its start on. */
export interface Laws {
  readonly first: Catalogue;
  /** In order; each from the entry that says so. */
  readonly later: readonly { readonly from: number; readonly catalogue: Catalogue }[];
}

/** Files of the versions that amendments applied to the case while it ran. */
export const appliedIn = (
  trail: readonly DutyEntry[],
): readonly { readonly from: number; readonly file: string }[] =>
  trail.flatMap((entry) =>
    entry.type === 'regulation.applied' ? [{ from: entry.seq, file: entry.body.file }] : [],
  );

/** In the order in which they were opened. */
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

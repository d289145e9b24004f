/** Merges two people's orders of rows or columns: an added item stays behind the item after which it was added. */
import type { Choice } from '../difference/merged.js';
import { settledValue, type Settled, type Three } from './merge-parts.js';

type Ids = readonly string[];

interface Order extends Settled {
  readonly ids: Ids;
  /** Items that both added at one place, theirs first, as pairs of neighbours. */
  readonly meeting: readonly (readonly [theirs: string, mine: string])[];
}

/** @param kept ids in the merged table */
export function ordered(
  { base, mine, theirs }: Three<Ids>,
  kept: ReadonlySet<string>,
  choice?: Choice,
): Order {
  const common = (ids: Ids): string =>
    JSON.stringify(ids.filter((id) => [base, mine, theirs].every((one) => one.includes(id))));
  const way = settledValue(common(base), common(mine), common(theirs), choice);
  const [first, second] = way.from === 'mine' ? [mine, theirs] : [theirs, mine];
  const ids = first.filter((id) => kept.has(id));
  const addedByThem = (id: string | undefined): boolean =>
    id !== undefined && !base.includes(id) && !mine.includes(id);
  let at = 0;
  for (const id of second.filter((one) => kept.has(one))) {
    const place = ids.indexOf(id);
    if (place >= 0) {
      at = place + 1;
      continue;
    }
    while (!addedByThem(id) && addedByThem(ids[at])) at++;
    ids.splice(at, 0, id);
    at++;
  }
  const addedByMe = (id: string): boolean => !base.includes(id) && !theirs.includes(id);
  const meeting = ids.flatMap((id, place) => {
    const before = ids[place - 1];
    return before !== undefined && addedByThem(before) && addedByMe(id) ? [[before, id] as const] : [];
  });
  return { ...way, ids, meeting };
}

/**
 * A count of one or two may identify somebody. Too small cells are merged with the next larger ones, at least
 * two of them, so that the difference to the total reveals nothing either.
 */
export interface Cell {
  readonly label: string;
  readonly count: number;
}

const merged = '其他（合并）';

/** Keeps the given order with merged cells last; null if even the sum is too small. */
export function withoutSmallCounts(
  cells: readonly Cell[],
  threshold: number,
): { readonly label: string; readonly count: number | null }[] {
  const present = cells.filter(({ count }) => count > 0);
  const rising = present.toSorted((one, other) => one.count - other.count);
  const hidden: Cell[] = [];
  let sum = 0;
  for (const cell of rising) {
    const isEnough = sum >= threshold && hidden.length > 1;
    if (cell.count >= threshold && (hidden.length === 0 || isEnough)) break;
    hidden.push(cell);
    sum += cell.count;
  }
  const shown = present.filter((cell) => !hidden.includes(cell));
  if (hidden.length === 0) return shown;
  return [...shown, { label: merged, count: publishableCount(sum, threshold) }];
}

/** Zero is publishable, because it identifies nobody. */
export const publishableCount = (count: number, threshold: number): number | null =>
  count === 0 || count >= threshold ? count : null;

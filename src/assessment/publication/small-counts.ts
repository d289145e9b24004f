/**
 * Art 10: from a count of one or two somebody may be recognised. What is too small is merged with the next larger until
 * what is merged is large enough and of at least two, so that no difference to the total tells it either.
 */
export interface Cell {
  readonly label: string;
  readonly count: number;
}

const merged = '其他(合并)';

/** In the given order, what is merged last; a count is null where even all together are too few. */
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
  return [...shown, { label: merged, count: toldOf(sum, threshold) }];
}

/** Nothing at all recognises nobody. */
export const toldOf = (count: number, threshold: number): number | null =>
  count === 0 || count >= threshold ? count : null;

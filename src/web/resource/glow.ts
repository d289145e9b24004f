/** Rows that have changed while the page was open glow for a moment. */
import { shallowRef, watch, type ShallowRef } from 'vue';

/**
 * @param by the key of a row; rows without one do not glow
 * @returns keys of the rows that glow; whoever shows them empties it
 */
export function useGlow<Row extends object>(
  rows: () => readonly Row[],
  by: (row: Row) => string | undefined,
): ShallowRef<ReadonlySet<string | undefined>> {
  const glowing = shallowRef<ReadonlySet<string | undefined>>(new Set());
  watch(rows, (now, before) => {
    const was = new Map(before.map((row) => [by(row), JSON.stringify(row)]));
    const hasChanged = (row: Row): boolean => {
      const earlier = was.get(by(row));
      return by(row) !== undefined && earlier !== undefined && earlier !== JSON.stringify(row);
    };
    glowing.value = new Set(now.filter(hasChanged).map(by));
  });
  return glowing;
}

/** What every chart is made of: categories or days, and one value of each series for each. */

export interface Category {
  /** What the screen opens it by. */
  readonly key: string;
  readonly name: string;
}

export interface Series {
  readonly name: string;
  /** Of a bar: the level whose colours it has. */
  readonly tone?: 'red' | 'yellow' | 'brand';
  /** To compare the bars with: a mark across them. */
  readonly isMark?: boolean;
  /** Null: nothing to count. */
  readonly values: readonly (number | null)[];
}

export interface Drawn {
  readonly categories: readonly Category[];
  readonly series: readonly Series[];
}

/** The key of 其余. */
export const rest = '其余';
const most = 10;

/** The first ten categories, and the sum of the others. Days are never summed up: they are drawn as lines. */
export function atMostTen({ categories, series }: Drawn): Drawn {
  const left = categories.length - most;
  if (left <= 0) return { categories, series };
  return {
    categories: [...categories.slice(0, most), { key: rest, name: `${rest} ${left} 个` }],
    series: series.map((one) => ({
      ...one,
      values: [
        ...one.values.slice(0, most),
        one.values.slice(most).reduce<number>((sum, value) => sum + (value ?? 0), 0),
      ],
    })),
  };
}

/** 03-16 受理 150 办结 0 */
export const inWords = ({ categories, series }: Drawn, at: number, unit = ''): string =>
  [categories[at]?.name ?? '', ...series.map(({ name, values }) => `${name} ${said(values[at], unit)}`)].join(
    ' ',
  );

/** One decimal at most. */
export const said = (value: number | null | undefined, unit = ''): string =>
  value === null || value === undefined ? '—' : `${Math.round(value * 10) / 10}${unit}`;

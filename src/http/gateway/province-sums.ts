/**
 * Sums of several cities, computed only from what each has published for everyone. Small counts
 * that a city withheld, and unpublished months, count as missing and are never guessed. Pure.
 */
import type { PublicationContent } from '../../measures/assessment/model/index.js';

/** One city's month; without content the city has published none, or its program is unavailable. */
export interface CityMonth {
  readonly name: string;
  readonly address: string;
  readonly content: PublicationContent | undefined;
  readonly away: boolean;
}

/** A sum over cities. */
export interface Sum {
  /** Null if no city has published a number. */
  readonly count: number | null;
  /** Cities that published the number. */
  readonly cities: readonly string[];
  /** Cities whose number was too small to publish: the sum is at least `count`. */
  readonly withheld: readonly string[];
}

interface MeasureSum {
  readonly label: string;
  /** Meaning of the measure; cities whose laws count differently are not added up. */
  readonly meaning: string;
  readonly met: number;
  readonly of: number;
  /** Rate in hundredths of a percent. */
  readonly rate: number | null;
  readonly cities: readonly string[];
  readonly withheld: readonly string[];
}

export interface ProvinceMonth {
  readonly received: Sum;
  readonly intake: readonly {
    readonly heading: string;
    readonly cells: readonly (Sum & { readonly label: string })[];
  }[];
  readonly measures: readonly MeasureSum[];
}

interface Told<Value> {
  readonly city: string;
  readonly value: Value;
}

export function sumsOf(months: readonly CityMonth[]): ProvinceMonth {
  const told = months.flatMap(({ name, content }) => (content ? [{ city: name, value: content }] : []));
  const cells = told.flatMap(({ city, value }) =>
    value.intake.flatMap((part) =>
      part.cells.map((cell) => ({ city, value: cell.count, heading: part.heading, label: cell.label })),
    ),
  );
  return {
    received: sumOf(told.map(({ city, value }) => ({ city, value: value.received }))),
    intake: [...grouped(cells, ({ heading }) => heading)].map(([heading, ofHeading]) => ({
      heading,
      cells: [...grouped(ofHeading, ({ label }) => label)].map(([label, all]) => ({ label, ...sumOf(all) })),
    })),
    measures: measuresOf(told),
  };
}

function measuresOf(told: readonly Told<PublicationContent>[]): readonly MeasureSum[] {
  const all = told.flatMap(({ city, value }) => value.measures.map((measure) => ({ city, value: measure })));
  return [...grouped(all, ({ value }) => `${value.label}\n${value.meaning}`).values()].map((same) => {
    const shown = same.filter(({ value }) => value.of !== null && value.met !== null);
    const met = shown.reduce((sum, { value }) => sum + (value.met ?? 0), 0);
    const of = shown.reduce((sum, { value }) => sum + (value.of ?? 0), 0);
    const { label = '', meaning = '' } = same[0]?.value ?? {};
    return {
      label,
      meaning,
      met,
      of,
      rate: of === 0 ? null : Math.round((met / of) * 10_000),
      cities: shown.map(({ city }) => city),
      withheld: same.filter((one) => !shown.includes(one)).map(({ city }) => city),
    };
  });
}

function sumOf(all: readonly Told<number | null>[]): Sum {
  const shown = all.filter(({ value }) => value !== null);
  return {
    count: shown.length === 0 ? null : shown.reduce((sum, { value }) => sum + (value ?? 0), 0),
    cities: shown.map(({ city }) => city),
    withheld: all.filter(({ value }) => value === null).map(({ city }) => city),
  };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

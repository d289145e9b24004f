/** The scenarios of a new city: the base's plays that its law has the acts for, with its own norms and instants. */
import type { Json } from '../../../kernel/package-merge.js';
import type { Acts } from './acts.js';
import type { Numbered } from './write.js';

export function playsOf(
  { plays }: Acts,
  norms: readonly Numbered[],
  done: ReadonlySet<string>,
): [string, Json][] {
  const normOf = new Map(
    norms.toReversed().flatMap(({ id, does }) => (does === undefined ? [] : [[does, id]])),
  );
  return plays
    .filter(
      ({ needs, without }) => needs.every((act) => done.has(act)) && !without.some((act) => done.has(act)),
    )
    .map(({ name, title, shows, steps }) => [
      `processes/scenarios/${name}.json`,
      {
        title,
        provisions: norms.filter(({ does }) => shows.includes(does ?? '')).flatMap(({ at }) => at),
        given: { process: 'acceptance', at: begun },
        steps: filledIn(steps as unknown as Json, normOf),
      },
    ]);
}

/** A Monday at 10:00 without holidays near. */
const begun = '2026-03-02T10:00:00+08:00';

/** Leaves out what is expected of norms that the law lacks. */
function filledIn(value: Json, normOf: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return value.replaceAll(pattern, (_, act: string) => normOf.get(act) ?? '');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly Json[])
      .filter(
        (one) =>
          ![...JSON.stringify(one).matchAll(pattern)].some(([, act = '']) => !normOf.has(act)) ||
          hasList(one),
      )
      .map((one) => filledIn(one, normOf));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, normOf)]));
}

const pattern = /\{norm:([a-z-]+)\}/g;

/** A step, whose expectations are left out one by one. */
const hasList = (one: Json): boolean => typeof one === 'object' && one !== null && 'expect' in one;

/** Which values are in force at an instant: the shipped ones, overlaid by the decisions that have taken effect. */
import { dayNumberOf, startOfDay, type CivilDate } from '../calendar/index.js';
import type { Catalogue } from './catalogue.js';

/** The values in force at one instant. */
interface PolicyValues {
  /** Names the set of values: 1 as shipped, one more with every decision that has taken effect. */
  readonly version: number;
  /** The value in force, or undefined where there is no such policy. */
  value(key: string): string | undefined;
}

export interface Policies {
  at(instant: Date): PolicyValues;
}

/** An approved change of one policy. */
export interface Decision {
  readonly key: string;
  readonly value: string;
  /** In force from 00:00 of this day in Asia/Shanghai, which was still to come when it was approved. */
  readonly effectiveOn: CivilDate;
}

export const takesEffectAt = (effectiveOn: CivilDate): Date => startOfDay(dayNumberOf(effectiveOn));

/** @param decisions by rising day; for one day in the order of approval, the later counts */
export function policiesOf({ all }: Catalogue, decisions: readonly Decision[]): Policies {
  const shipped = valuesOf(new Map(all.map(({ key, value }) => [key, value])), 1);
  const sets = [{ from: Number.NEGATIVE_INFINITY, ...shipped }];
  for (const [index, { key, value, effectiveOn }] of decisions.entries()) {
    const before = sets.at(-1) ?? { from: 0, ...shipped };
    const values = valuesOf(new Map([...before.values, [key, value]]), index + 2);
    sets.push({ from: takesEffectAt(effectiveOn).getTime(), ...values });
  }
  return { at: (instant) => (sets.findLast(({ from }) => from <= instant.getTime()) ?? shipped).inForce };
}

function valuesOf(values: ReadonlyMap<string, string>, version: number) {
  return { values, inForce: { version, value: (key: string) => values.get(key) } satisfies PolicyValues };
}

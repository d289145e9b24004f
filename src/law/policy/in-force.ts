/** The values in force at an instant: the shipped ones, overridden by decisions that have taken effect. */
import { dayNumberOf, startOfDay, type CivilDate } from '../../kernel/civil-date.js';
import type { Policies, PolicyValues } from '../../kernel/timer-spec.js';
import type { Catalogue } from './catalogue.js';

export interface Decision {
  readonly key: string;
  readonly value: string;
  /** In force from 00:00 of this day in Asia/Shanghai; later than the approval. */
  readonly effectiveOn: CivilDate;
}

export const takesEffectAt = (effectiveOn: CivilDate): Date => startOfDay(dayNumberOf(effectiveOn));

/** @param decisions ascending by day, then by approval; the last one counts */
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

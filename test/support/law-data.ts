/** The law as its package's JSON says it, read without the program's code. */
import { join } from 'node:path';
import type { Json } from '../../src/kernel/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import type { Act, DutyLaw, Norm } from '../../verifier/duties/duties.mjs';
import { packageVersion, packageVersions } from '../../src/kernel/package-content.js';

export type { Act };

export interface LawData extends DutyLaw {
  readonly city: string;
  readonly folder: string;
  readonly deeds: readonly string[];
  readonly clocks: readonly string[];
  /** The deeds that matter to each norm, and its clock. */
  readonly duties: readonly {
    readonly norm: string;
    readonly acts: readonly Act[];
    readonly clock: string | undefined;
  }[];
  /** The deeds that hand the matter to a unit. */
  readonly handOvers: readonly Act[];
  readonly effectOf: (deed: string) => string | undefined;
  /** What the vocabulary or a norm lists as values of each fact of a deed. */
  readonly factsOf: (deed: string) => readonly (readonly [string, readonly Json[]])[];
}

export const cities = ['.', 'packages/weifang', 'packages/beijing'] as const;

export function lawData(city: string): LawData {
  const folder = join(packageRoot, city);
  const { chapters, vocabulary } = packageVersion(packageVersions(folder).at(-1) ?? '', folder);
  const norms = (chapters as Chapter[]).flatMap(({ articles }) =>
    articles.flatMap((article) => article.norms),
  );
  const words = vocabulary as DutyLaw['words'];
  const duties = norms.flatMap(({ id, duty }) =>
    duty ? [{ norm: id, acts: actsOf(duty), clock: duty.clock }] : [],
  );
  const acts = [...duties.flatMap(({ acts: own }) => own), ...words.holders.map(({ when }) => when)];
  return {
    ...{ city, folder, norms, words, duties },
    deeds: words.deeds.map(({ name }) => name),
    handOvers: words.holders.filter(({ named }) => named !== undefined).map(({ when }) => when),
    clocks: words.clocks.map(({ key }) => key),
    effectOf: (name) => words.deeds.find((deed) => deed.name === name)?.effect,
    factsOf: (name) => {
      const facts = words.deeds.find((deed) => deed.name === name)?.facts ?? {};
      return Object.entries(facts).map(([fact, says]) => [
        fact,
        [...valuesIn(says), ...asked(acts, name, fact)],
      ]);
    },
  };
}

interface Chapter {
  readonly articles: readonly { readonly norms: readonly Norm[] }[];
}

const actsOf = (duty: NonNullable<Norm['duty']>): readonly Act[] => [
  ...duty.opens,
  ...(duty.discharged ?? []).flat(),
  ...(duty.void ?? []),
  ...(duty.broken ?? []),
  ...(duty.waived ?? []).map(({ when }) => when),
  ...(duty.madeGood ?? []).map(({ when }) => when),
];

/** “dispatch 转办，emergency 紧急” lists two values. */
const valuesIn = (says: string): readonly Json[] => says.match(/(?<![\w.])[a-z][\w-]*/gu) ?? [];

function asked(acts: readonly Act[], name: string, fact: string): readonly Json[] {
  const values = acts.filter(({ deed }) => deed === name).flatMap(({ facts = {} }) => facts[fact] ?? []);
  return values.some((value) => typeof value === 'boolean') ? [true, false] : [...new Set(values)];
}

/** Faults of one norm each: an act of its rule left out, a cure of the other wrong, another bearer. */
import type { Catalogue } from '../../src/law/regulation/index.js';

type Rule = NonNullable<Catalogue['norms'][number]['duty']>;

export interface SingleFault {
  readonly norm: string;
  readonly title: string;
  readonly catalogue: Catalogue;
}

export const singleFaults = (catalogue: Catalogue): readonly SingleFault[] =>
  catalogue.norms.flatMap(({ id, duty }) =>
    duty
      ? changesOf(duty).map(([title, change]) => ({
          norm: id,
          title: `${id} ${title}`,
          catalogue: {
            ...catalogue,
            norms: catalogue.norms.map((norm) =>
              norm.id === id ? { ...norm, duty: { ...duty, ...change } } : norm,
            ),
          },
        }))
      : [],
  );

type Change = readonly [title: string, change: Partial<Rule>];

function changesOf(rule: Rule): readonly Change[] {
  const { opens, discharged, waived, madeGood } = rule;
  const eachOf = <One>(
    list: readonly One[],
    change: (rest: One[], one: One, at: number) => Change,
  ): Change[] => list.map((one, at) => change(list.toSpliced(at, 1), one, at));
  return [
    ...eachOf(opens, (rest, { deed }): Change => [`opens ${deed}`, { opens: rest }]),
    ...eachOf(discharged, (rest, _list, at): Change => [`discharged ${at}`, { discharged: rest }]),
    ...discharged.flatMap((list, place) =>
      list.length < 2
        ? []
        : eachOf(list, (rest, { deed }): Change => [
            `discharged ${place} ${deed}`,
            { discharged: discharged.with(place, rest) },
          ]),
    ),
    ...eachOf(waived, (rest, { deed }): Change => [`waived ${deed}`, { waived: rest }]),
    ...eachOf(rule.void, (rest, { deed }): Change => [`void ${deed}`, { void: rest }]),
    ...eachOf(rule.broken, (rest, { deed }): Change => [`broken ${deed}`, { broken: rest }]),
    ...eachOf(madeGood, (rest, { by }, at): Change => [`madeGood ${at} ${by}`, { madeGood: rest }]),
    ...eachOf(madeGood, (_rest, cure, at): Change => [
      `madeGood ${at} ${cure.by} of the other`,
      { madeGood: madeGood.with(at, { ...cure, of: cure.of === 'missed' ? 'broken' : 'missed' }) },
    ]),
    ...(rule.clock === null ? [] : [['clock', { clock: null }] as const]),
    ['owedByHolder', { owedByHolder: !rule.owedByHolder }],
  ];
}

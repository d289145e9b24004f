/** Sheets of one matter, without data of their callers. */
import type { z } from 'zod';
import type { merging } from '../contract/merging.js';
import type { Said } from '../contract/operation.js';
import type { MergeProposal } from '../../cases/index.js';
import type { Vocabulary } from '../../law/regulation/index.js';
import type { CarriedMember, Ground, MergedSheet } from '../../sheet/index.js';

type MergingBody = Said<typeof merging>;

export const mergedView = ({ ended, ...sheet }: MergedSheet): MergingBody['members'][number] => ({
  ...sheet,
  state: ended ? 'ended' : 'open',
});

export const proposalView = (found: MergeProposal): MergingBody['proposals'][number] => ({
  ...mergedView(found.sheet),
  score: found.score,
  because: becauseOf(found),
});

/** One item for each act. */
export function carriedView(rows: readonly CarriedMember[]): MergingBody['carried'] {
  const acts = new Map<number, Carried>();
  for (const { firstEntry: entry, at, actor, member, state, why } of rows) {
    const act = acts.get(entry) ?? { entry, at, actor, waiting: 0, done: 0, left: [] };
    if (state === 'waiting') act.waiting += 1;
    else if (state === 'done') act.done += 1;
    else act.left.push({ no: member, why: why ?? '' });
    acts.set(entry, act);
  }
  return [...acts.values()];
}

type Carried = z.output<typeof merging>['carried'][number];

export const perCallerView = ({ deeds }: Vocabulary): MergingBody['perCaller'] =>
  deeds.flatMap(({ name, reaches, shown }) => {
    const told = shown.find((one) => 'fact' in one && one.fact === reaches?.fact);
    if (!reaches || !told || !('values' in told)) return [];
    return [{ deed: name, ways: Object.entries(told.values).map(([value, label]) => ({ value, label })) }];
  });

/** Only reasons for the likeness, and only verifiable ones. */
function becauseOf({ weights, metres, words }: MergeProposal): string[] {
  const said: readonly [Ground, string][] = [
    ['distance', `相距约 ${Math.round(metres ?? 0)} 米`],
    ['address', '写的是同一个地方'],
    ['class', '分类相同或者相近'],
    ['words', `用字相同 ${Math.round(words * 100)}%`],
    ['time', '收到的时间相近'],
  ];
  return said.flatMap(([ground, text]) => (weights[ground] > 0 ? [text] : []));
}

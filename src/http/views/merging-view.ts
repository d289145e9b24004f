/** Sheets of one matter, for people: without callers. */
import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import type { MergeProposal } from '../../casework/index.js';
import type { Ground, MergedSheet } from '../../sheet/index.js';
import type { mergingOperations } from '../contract/merging.js';

type MergingBody = z.input<(typeof mergingOperations.readMerging.answers)[200]['schema']>;

export const mergedView = ({ ended, receivedAt, ...sheet }: MergedSheet): MergingBody['members'][number] => ({
  ...sheet,
  receivedAt: toShanghaiIso(receivedAt),
  state: ended ? 'ended' : 'open',
});

export const proposalView = (found: MergeProposal): MergingBody['proposals'][number] => ({
  ...mergedView(found.sheet),
  score: found.score,
  because: becauseOf(found),
});

/** Only what speaks for it, and says something that can be checked. */
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

import { deedsIn, readContent } from '../../accountability/events/index.js';
import { aList, aNumber, aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { falseReplyFound: aTruth, clueEntries: aList(aNumber) } };

/**
 * A follow-up call found that the reply does not match what was done: a clue, not a finding. Writes
 * `falseReplyFound`, and `clueEntries`: the entry numbers of the last reply, feedback and follow-up
 * call.
 */
export const gatherClue = declares(produces, ({ history }) => {
  const last = new Map<string, number>();
  for (const entry of history()) {
    for (const { name } of deedsIn(readContent(entry))) {
      if (told.includes(name)) last.set(name, entry.seq);
    }
  }
  const clueEntries = [...new Set(last.values())].sort((one, other) => one - other);
  return { variables: { falseReplyFound: true, clueEntries } };
});

const told = ['reply.given', 'hotline.informed', 'call-back.made'];

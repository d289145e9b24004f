import { deedsIn, readContent } from '../../accountability/events/index.js';
import { aList, aNumber, aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = {
  does: '回访发现反馈不实：一条线索，不是认定。凭据是轨迹里最近的 `reply.given`、`hotline.informed`、`call-back.made`。',
  writes: { falseReplyFound: aTruth, clueEntries: aList(aNumber) },
};

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

import { deedsIn, readContent } from '../../accountability/events/index.js';
import { aList, aNumber, aText, oneOf } from '../../engine/index.js';
import { accusedOf, unknownAccused } from '../../kernel/accused.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { isOpenFor, openLists, withOpen } from './open-accountabilities.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  does: '指定的单位又拒收：一条线索，不是认定。凭据是轨迹里最近的 `return.ruled`、`receipt.refused`。',
  reads: 'openRefusals accused unit round',
  writes: {
    clueGround: oneOf(provisionFor('refusal', law)),
    accused: aText,
    clueSource: oneOf('trail'),
    clueEntries: aList(aNumber),
    openRefusals: openLists.openRefusals,
  },
  errors: { 'accountability-open': '这个单位、这一轮的拒收已经在问责' },
});

export const stateRefusal = declares(produces, ({ history, variables, instance, laws }) => {
  if (isOpenFor(variables, 'refusal')) return { error: 'accountability-open' };
  const last = new Map<string, number>();
  for (const entry of history()) {
    for (const { name } of deedsIn(readContent(entry))) {
      if (proving.includes(name)) last.set(name, entry.seq);
    }
  }
  return {
    variables: {
      clueGround: provisionOf('refusal', laws),
      accused: accusedOf(undefined, variables.unit) ?? unknownAccused,
      clueSource: 'trail',
      ...withOpen(variables, 'refusal', instance),
      clueEntries: [...new Set(last.values())].sort((one, other) => one - other),
    },
  };
});

const proving = ['return.ruled', 'receipt.refused'];

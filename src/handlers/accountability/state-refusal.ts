import { deedsIn, readContent } from '../../accountability/events/index.js';
import { aList, aNumber, aText, oneOf } from '../../engine/index.js';
import { accusedOf, unknownAccused } from '../../kernel/accused.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { isOpenFor, openLists, withOpen } from './open-accountabilities.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: {
    clueGround: oneOf(provisionFor('refusal', law)),
    accused: aText,
    clueSource: oneOf('trail'),
    clueEntries: aList(aNumber),
    openRefusals: openLists.openRefusals,
  },
  errors: ['accountability-open'],
});

/**
 * A unit designated for the matter refused it once more: a clue with a ground of its own, not a
 * finding, since a designation creates no legal duty. Writes `clueGround`, `accused`, `clueSource`,
 * `clueEntries` (the entry numbers of the ruling and the refusal), and `openRefusals`. Error
 * `accountability-open` if a proceeding on the unit's refusal in this round is open already: the
 * inspector finds the new refusal in the trail.
 */
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

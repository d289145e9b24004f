/** Projects what callers did on their page. Acts of a kind are numbered by their order. */
import { adds, projector, same, type Placed } from '../../accountability/index.js';
import { bySheet } from '../../sheet/index.js';

export type CallerActKind = 'added' | 'urged' | 'rated';

const did = (entry: Placed<`caller.${CallerActKind}`>) =>
  adds({ kind: entry.type.replace('caller.', ''), at: entry.at });

export const callerActProjector = projector({
  table: 'caller_act',
  stands: bySheet,
  key: ['kind'],
  list: 'id',
  columns: { kind: same('做了什么'), at: same('时刻') },
  project: { 'caller.added': did, 'caller.urged': did, 'caller.rated': did },
});

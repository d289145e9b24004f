import { oneOf } from '../../engine/index.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  does: '回访已经确认多次未解决：事由写进 `supervisionGround`，由接着的督办单用掉。',
  writes: { supervisionGround: oneOf(provisionFor('supervision-repeats', law)) },
});

export const stateUnsolved = declares(produces, ({ laws }) => ({
  variables: { supervisionGround: provisionOf('supervision-repeats', laws) },
}));

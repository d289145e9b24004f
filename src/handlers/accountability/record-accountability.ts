import { oneOf, type HandlerContext } from '../../engine/index.js';
import { isTrue, textOf } from '../variables.js';
import { openLists, withoutOpen } from './open-accountabilities.js';
import { isFor } from '../provisions.js';
import { declares } from '../declares.js';

const produces = {
  does: '记下问责的结果，这一件不再算在走。',
  reads: 'established severity liabilityOrgan clueGround openAccountabilities openRefusals',
  writes: {
    accountabilityResult: oneOf('not-established', 'corrected', 'liability', 'referred'),
    ...openLists,
  },
};

export const recordAccountability = declares(produces, ({ variables, instance, laws }) => ({
  variables: { accountabilityResult: resultOf({ variables, laws }), ...withoutOpen(variables, instance) },
}));

function resultOf({ variables, laws }: Pick<HandlerContext, 'variables' | 'laws'>): string {
  if (!isTrue(variables, 'established')) return 'not-established';
  if (textOf(variables, 'severity') === 'crime') return 'referred';
  const personal =
    textOf(variables, 'severity') === 'serious' ||
    textOf(variables, 'liabilityOrgan') !== undefined ||
    isFor('retaliation', textOf(variables, 'clueGround'), laws);
  return personal ? 'liability' : 'corrected';
}

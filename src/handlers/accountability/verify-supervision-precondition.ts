import { aList, aNumber, aText, aTruth, oneOf } from '../../engine/index.js';
import { isFor, provisionOf } from '../provisions.js';
import { isOpenFor, openLists, withOpen } from './open-accountabilities.js';
import { recordedSupervision } from './recorded-supervision.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { accusedOf, unknownAccused } from '../../kernel/accused.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  does: '核对以经督办仍未办理为由问责的前提：看轨迹里的督办单和届满，不看表单；几次届满由政策 `ordersBeforeAccountability` 定。',
  reads: 'openAccountabilities accused unit round',
  policies: 'ordersBeforeAccountability',
  writes: {
    clueGround: oneOf(provisionFor('not-handled-after-supervision', law)),
    accused: aText,
    accountabilityOpened: aTruth,
    supervisionEvidence: aList(aNumber),
    openAccountabilities: openLists.openAccountabilities,
  },
  errors: {
    'precondition-missing': '没有督办过，督办的期限还在走，办成了，撤回了，或者届满时已经办理',
    'accountability-open': '这个单位、这一轮的未办理已经在问责',
  },
});

export const verifySupervisionPrecondition = declares(
  produces,
  ({ history, policies, variables, instance, laws }) => {
    const { inVain, lapsed, entries } = recordedSupervision(history(), (ground) =>
      isFor('supervision-repeats', ground, laws),
    );
    const needed = Number(policies.value('ordersBeforeAccountability') ?? 1);
    if (!inVain && lapsed < needed) return { error: 'precondition-missing' };
    if (isOpenFor(variables, 'not-handled')) return { error: 'accountability-open' };
    return {
      variables: {
        clueGround: provisionOf('not-handled-after-supervision', laws),
        accused: accusedOf(variables.accused, variables.unit) ?? unknownAccused,
        accountabilityOpened: true,
        supervisionEvidence: entries,
        ...withOpen(variables, 'not-handled', instance),
      },
    };
  },
);

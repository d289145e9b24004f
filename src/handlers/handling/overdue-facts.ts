import { aList, aNumber, anInstant, aRecord, aTruth, oneOf } from '../../engine/index.js';
import type { HandlerContext, HandlerResult } from '../../engine/index.js';
import { countOf, listOf } from '../variables.js';

export const ofOverdue = {
  overdue: aTruth,
  overdueFacts: aList(aRecord({ clock: oneOf('reply', 'completion'), round: aNumber, at: anInstant })),
};

/** Records a lapse: which clock, in which round, and the instant of the limit. */
export function recordOverdue(
  clock: 'reply' | 'completion',
  { variables, now }: HandlerContext,
): HandlerResult {
  const round = Math.max(1, countOf(variables, 'round'));
  return {
    variables: {
      overdue: true,
      [`${clock}Overdue`]: true,
      overdueFacts: [...listOf(variables, 'overdueFacts'), { clock, round, at: now.toISOString() }],
    },
  };
}

import type { Json } from '../../kernel/index.js';
import { isJsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { countOf, listOf } from '../variables.js';

/**
 * Limits were recorded as passed that had not: the calendar has been corrected. Takes the facts out whose instants
 * `withdrawnOverdue` names (ISO 8601, as recorded in `overdueFacts`), and says anew whether anything is overdue.
 */
export const withdrawOverdue: Handler = ({ variables }) => {
  const wrong = new Set(listOf(variables, 'withdrawnOverdue'));
  const facts = listOf(variables, 'overdueFacts').filter(
    (fact) => !isJsonObject(fact) || !wrong.has(fact.at ?? null),
  );
  const round = Math.max(1, countOf(variables, 'round'));
  const stands = (clock: string) =>
    facts.some((fact: Json) => isJsonObject(fact) && fact.clock === clock && fact.round === round);
  return {
    variables: {
      overdueFacts: facts,
      overdue: facts.length > 0,
      replyOverdue: stands('reply'),
      completionOverdue: stands('completion'),
      withdrawnOverdue: [],
    },
  };
};

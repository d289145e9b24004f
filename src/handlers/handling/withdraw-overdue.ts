import type { Json, JsonObject } from '../../kernel/index.js';
import { isJsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { countOf, listOf, textOf } from '../variables.js';

/**
 * Limits were recorded as passed that had not, red cards given too early: the calendar has been corrected. Takes the
 * facts out whose instants `withdrawnOverdue` names (ISO 8601, as recorded in `overdueFacts`), marks the supervision
 * orders that rest on the red cards of `withdrawnReds` with `withdrawnAt`, and says anew whether anything is overdue,
 * supervised, and supervised in vain (Art 40 (2)).
 */
export const withdrawOverdue: Handler = ({ variables, now }) => ({
  variables: {
    ...overdueWithout(variables),
    ...supervisionWithout(variables, now),
    withdrawnOverdue: [],
    withdrawnReds: [],
  },
});

function overdueWithout(variables: JsonObject): JsonObject {
  const wrong = new Set(listOf(variables, 'withdrawnOverdue'));
  const facts = listOf(variables, 'overdueFacts').filter(
    (fact) => !isJsonObject(fact) || !wrong.has(fact.at ?? null),
  );
  const round = Math.max(1, countOf(variables, 'round'));
  const stands = (clock: string) =>
    facts.some((fact: Json) => isJsonObject(fact) && fact.clock === clock && fact.round === round);
  return {
    overdueFacts: facts,
    overdue: facts.length > 0,
    replyOverdue: stands('reply'),
    completionOverdue: stands('completion'),
  };
}

function supervisionWithout(variables: JsonObject, now: Date): JsonObject {
  const wrong = new Set(listOf(variables, 'withdrawnReds'));
  const orders = listOf(variables, 'supervisionOrders');
  const rests = (order: Json): boolean =>
    isJsonObject(order) && order.ground === 'art28.p1.i1' && wrong.has(order.since ?? null);
  if (!orders.some((order) => rests(order) && !isWithdrawn(order))) return {};
  const left = orders.map((order) =>
    isJsonObject(order) && rests(order) && !isWithdrawn(order)
      ? { ...order, withdrawnAt: now.toISOString() }
      : order,
  );
  const supervised = !left.every(isWithdrawn);
  const inVain = supervised || textOf(variables, 'clueGround') !== 'art40.p1.i2';
  return {
    supervisionOrders: left,
    supervised,
    ...(supervised ? {} : { notHandledAfterSupervision: false, notHandledAt: null }),
    ...(inVain ? {} : { accountabilityOpened: false }),
  };
}

const isWithdrawn = (order: Json): boolean => isJsonObject(order) && order.withdrawnAt !== undefined;

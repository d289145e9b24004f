import type { Json, JsonObject } from '../../kernel/index.js';
import { isJsonObject } from '../../kernel/index.js';
import { aList, anInstant, aTruth, oneOf, orNull } from '../../engine/index.js';
import { countOf, listOf } from '../variables.js';
import { withdrawnOrders } from './withdrawn-orders.js';
import { anOrder } from '../supervision/own-order.js';
import { ofOverdue } from './overdue-facts.js';
import { aMove, redating } from './redate.js';
import { declares } from '../declares.js';

const produces = {
  does: '日历更正以后：没有发生的超期（`withdrawnOverdue`）去掉，别的改到应当的时刻（`redatedOverdue`），督办单也是。',
  reads:
    'overdueFacts withdrawnOverdue redatedOverdue round supervisionOrders withdrawnReds withdrawnLimits redatedOrders notHandledAt clueGround',
  writes: {
    ...ofOverdue,
    completionOverdue: aTruth,
    replyOverdue: aTruth,
    supervisionOrders: aList(anOrder),
    supervised: aTruth,
    supervisionResult: oneOf('handled'),
    notHandledAfterSupervision: aTruth,
    notHandledAt: orNull(anInstant),
    accountabilityOpened: aTruth,
    withdrawnOverdue: aList(anInstant),
    withdrawnReds: aList(anInstant),
    withdrawnLimits: aList(anInstant),
    redatedOverdue: aList(aMove),
    redatedOrders: aList(aMove),
  },
};

export const withdrawOverdue = declares(produces, ({ variables, now, laws }) => ({
  variables: {
    ...overdueWithout(variables),
    ...(listOf(variables, 'supervisionOrders').length > 0 ? withdrawnOrders({ variables, now, laws }) : {}),
    withdrawnOverdue: [],
    withdrawnReds: [],
    withdrawnLimits: [],
    redatedOverdue: [],
    redatedOrders: [],
  },
}));

function overdueWithout(variables: JsonObject): JsonObject {
  const wrong = new Set(listOf(variables, 'withdrawnOverdue'));
  const redate = redating(variables, 'redatedOverdue');
  const facts = listOf(variables, 'overdueFacts')
    .filter((fact) => !isJsonObject(fact) || !wrong.has(fact.at ?? null))
    .map((fact) => (isJsonObject(fact) ? { ...fact, at: redate(fact.at ?? null) } : fact));
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

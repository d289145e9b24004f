import type { HandlerContext } from '../../engine/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { listOf, textOf } from '../variables.js';
import { redating } from './redate.js';
import { isFor } from '../provisions.js';

/**
 * Sets `withdrawnAt` on supervision orders based on the red cards of `withdrawnReds`, and on second orders based on a
 * limit of `withdrawnLimits`; redates the others by `redatedOrders`. Recomputes whether the matter is supervised, and
 * supervised without result.
 */
export function withdrawnOrders({
  variables,
  now,
  laws,
}: Pick<HandlerContext, 'variables' | 'now' | 'laws'>): JsonObject {
  const reds = new Set(listOf(variables, 'withdrawnReds'));
  const limits = new Set(listOf(variables, 'withdrawnLimits'));
  const redate = redating(variables, 'redatedOrders');
  const orders = listOf(variables, 'supervisionOrders');
  const rests = ({ ground, at, since }: JsonObject): boolean =>
    (isFor('supervision-late', ground, laws) && reds.has(since ?? null)) ||
    (at !== since && limits.has(at ?? null));
  const left = orders.map((order): Json => {
    if (!isJsonObject(order) || isWithdrawn(order)) return order;
    if (rests(order)) return { ...order, withdrawnAt: now.toISOString() };
    return { ...order, at: redate(order.at ?? null), since: redate(order.since ?? null) };
  });
  const supervised = !left.every(isWithdrawn);
  const limitStands = !limits.has(variables.notHandledAt ?? null);
  return {
    supervisionOrders: left,
    supervised,
    ...(limitStands ? {} : { supervisionResult: 'handled' }),
    ...(supervised && limitStands ? redatedLapse(variables, redate) : withoutLapse(variables, laws)),
  };
}

const redatedLapse = (variables: JsonObject, redate: (instant: Json) => Json): JsonObject =>
  typeof variables.notHandledAt === 'string' ? { notHandledAt: redate(variables.notHandledAt) } : {};

const withoutLapse = (variables: JsonObject, laws: HandlerContext['laws']): JsonObject => ({
  notHandledAfterSupervision: false,
  notHandledAt: null,
  ...(isFor('not-handled-after-supervision', textOf(variables, 'clueGround'), laws)
    ? { accountabilityOpened: false }
    : {}),
});

const isWithdrawn = (order: Json): boolean => isJsonObject(order) && order.withdrawnAt !== undefined;

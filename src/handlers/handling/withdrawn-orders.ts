import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { listOf, textOf } from '../variables.js';
import { redating } from './redate.js';

/**
 * Marks with `withdrawnAt` the supervision orders that rest on the red cards of `withdrawnReds`, and the second ones
 * that rest on an end of the first of `withdrawnLimits`; redates those that stand by `redatedOrders`. Says anew whether
 * the matter is supervised, and supervised in vain (Art 40 (2)).
 */
export function withdrawnOrders(variables: JsonObject, now: Date): JsonObject {
  const reds = new Set(listOf(variables, 'withdrawnReds'));
  const limits = new Set(listOf(variables, 'withdrawnLimits'));
  const redate = redating(variables, 'redatedOrders');
  const orders = listOf(variables, 'supervisionOrders');
  const rests = ({ ground, at, since }: JsonObject): boolean =>
    (ground === 'art28.p1.i1' && reds.has(since ?? null)) || (at !== since && limits.has(at ?? null));
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
    ...(supervised && limitStands ? redatedLapse(variables, redate) : withoutLapse(variables)),
  };
}

const redatedLapse = (variables: JsonObject, redate: (instant: Json) => Json): JsonObject =>
  typeof variables.notHandledAt === 'string' ? { notHandledAt: redate(variables.notHandledAt) } : {};

const withoutLapse = (variables: JsonObject): JsonObject => ({
  notHandledAfterSupervision: false,
  notHandledAt: null,
  ...(textOf(variables, 'clueGround') === 'art40.p1.i2' ? { accountabilityOpened: false } : {}),
});

const isWithdrawn = (order: Json): boolean => isJsonObject(order) && order.withdrawnAt !== undefined;

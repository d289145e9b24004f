/** Finds cases that a change of some days may affect. */
import type { Trail } from '../../accountability/index.js';
import { casesCrossing, liveCaseIds, type Span } from '../../engine/index.js';
import type { Transaction } from '../../platform/database/index.js';

/** Longest time between a card and its limit, in milliseconds. */
const longestLead = 31 * 24 * 3600 * 1000;

/** Timers that fired earlier are unaffected by the span. */
const sinceOf = ({ from }: Span): Date => new Date(from.getTime() - longestLead);

/**
 * Ids in ascending order: cases with an open deadline across the span, then cases with a timer that
 * fired around it. The queries run in this order so that the second finds a timer that fires in
 * between.
 */
export async function affectedCases(transaction: Transaction, trail: Trail, span: Span): Promise<string[]> {
  const crossing = await casesCrossing(transaction, span);
  const streams = await trail.streamsWith(transaction, 'timer.fired', sinceOf(span));
  const fired = await liveCaseIds(transaction, streams, span.until);
  return [...new Set([...crossing, ...fired])].sort((a, b) => Number(a) - Number(b));
}

/** Cases whose trail must be read, because a timer may have fired too early. */
export function firedAbout(
  transaction: Transaction,
  trail: Trail,
  span: Span,
  streams: readonly string[],
): Promise<string[]> {
  return trail.streamsWith(transaction, 'timer.fired', sinceOf(span), streams);
}

/** Cases possibly affected by a change of some days. */
import type { Trail } from '../../accountability/index.js';
import { casesCrossing, liveCaseIds, type Span } from '../../engine/index.js';
import type { Transaction } from '../../platform/database/index.js';

/** Longest time between a card and its limit, in milliseconds. */
const longestLead = 31 * 24 * 3600 * 1000;

/** Timers that fired earlier are unaffected by the span. */
const sinceOf = ({ from }: Span): Date => new Date(from.getTime() - longestLead);

/**
 * Ascending by id: cases with an open deadline across the span, then cases with a timer that fired around it. In this
 * order, so that a timer firing in between is found by the second query.
 */
export async function affectedCases(transaction: Transaction, trail: Trail, span: Span): Promise<string[]> {
  const crossing = await casesCrossing(transaction, span);
  const streams = await trail.streamsWith(transaction, 'timer.fired', sinceOf(span));
  const fired = await liveCaseIds(transaction, streams, span.until);
  return [...new Set([...crossing, ...fired])].sort((a, b) => Number(a) - Number(b));
}

/** Those cases whose trail must be read: a timer may have fired too early. */
export function firedAbout(
  transaction: Transaction,
  trail: Trail,
  span: Span,
  streams: readonly string[],
): Promise<string[]> {
  return trail.streamsWith(transaction, 'timer.fired', sinceOf(span), streams);
}

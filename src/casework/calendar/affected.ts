/** The cases that a change of some days can concern. */
import type { Trail } from '../../accountability/index.js';
import { casesCrossing, liveCaseIds, type Span } from '../../engine/index.js';
import type { Transaction } from '../../persistence/index.js';

/** How long before its limit a card may have been given and still be looked for, in milliseconds. */
const longestLead = 31 * 24 * 3600 * 1000;

/** Timers that fired earlier than this are not concerned by a change of the span's days. */
const sinceOf = ({ from }: Span): Date => new Date(from.getTime() - longestLead);

/**
 * By rising id: with an open deadline that crosses the span, or a timer that has fired about it. In this order, so
 * that what fires in between is seen by one of the two.
 */
export async function affectedCases(transaction: Transaction, trail: Trail, span: Span): Promise<string[]> {
  const crossing = await casesCrossing(transaction, span);
  const streams = await trail.streamsWith(transaction, 'timer.fired', sinceOf(span));
  const fired = await liveCaseIds(transaction, streams, span.until);
  return [...new Set([...crossing, ...fired])].sort((a, b) => Number(a) - Number(b));
}

/** Of these cases' streams those whose trail is to be read: a timer may have fired too early. */
export function firedAbout(
  transaction: Transaction,
  trail: Trail,
  span: Span,
  streams: readonly string[],
): Promise<string[]> {
  return trail.streamsWith(transaction, 'timer.fired', sinceOf(span), streams);
}

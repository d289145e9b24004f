/** The cases that a change of some days can concern. */
import type { Trail } from '../../accountability/index.js';
import { casesCrossing, liveCaseIds, type Span } from '../../engine/index.js';
import type { Transaction } from '../../persistence/index.js';

export interface Affected {
  /** By rising id. */
  readonly cases: readonly string[];
  /** Those among them whose trail is to be read: a timer that fired may have fired too early. */
  readonly fired: ReadonlySet<string>;
}

/** How long before its limit a card may have been given and still be looked for, in milliseconds. */
const longestLead = 31 * 24 * 3600 * 1000;

export async function affectedCases(transaction: Transaction, trail: Trail, span: Span): Promise<Affected> {
  const crossing = await casesCrossing(transaction, span);
  const since = new Date(span.from.getTime() - longestLead);
  const streams = await trail.streamsWith(transaction, 'timer.fired', since);
  const fired = await liveCaseIds(transaction, streams, span.until);
  const cases = [...new Set([...crossing, ...fired])].sort((a, b) => Number(a) - Number(b));
  return { cases, fired: new Set(fired) };
}

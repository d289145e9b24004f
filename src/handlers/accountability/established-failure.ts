/** Reads from a case's trail whether a failure that somebody answers for was established. */
import { deedsIn, instanceOf, readContent, textIn } from '../../accountability/events/index.js';
import type { PastEntry } from '../../engine/index.js';

/**
 * Whether a proceeding of the case found a failure: the review decides over the finding, and a
 * withdrawn proceeding found nothing. An undecided one has not found anything yet.
 */
export function isFailureEstablished(history: readonly PastEntry[]): boolean {
  const found = new Map<number | undefined, boolean>();
  for (const entry of history) {
    const content = readContent(entry);
    for (const { name, facts = {} } of deedsIn(content)) {
      if (name === 'finding.made' || name === 'review.decided') {
        found.set(instanceOf(content), facts.established === true);
      }
      if (name === 'accountability.concluded' && textIn(facts, 'result') === 'withdrawn') {
        found.delete(instanceOf(content));
      }
    }
  }
  return [...found.values()].includes(true);
}

/** Excluded facts, from the trail of the decisions: keys `stream measure opened`, separated by line feeds. */
import type { TrailStep } from './facts.js';

export const exclusionGranted = 'exclusion.granted';

export const grantedIn = (trail: readonly TrailStep[]): ReadonlySet<string> =>
  new Set(
    trail
      .filter(({ type }) => type === exclusionGranted)
      .map(({ body }) => [body.sheet, body.measure, body.opened].map(String).join('\n')),
  );

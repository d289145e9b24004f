/** Which facts are not counted, as the trail of the decisions says: keys `stream measure opened`, a line each. */
import type { TrailStep } from './facts.js';

export const exclusionGranted = 'exclusion.granted';

export const grantedIn = (trail: readonly TrailStep[]): ReadonlySet<string> =>
  new Set(
    trail
      .filter(({ type }) => type === exclusionGranted)
      .map(({ body }) => [body.sheet, body.measure, body.opened].map(String).join('\n')),
  );

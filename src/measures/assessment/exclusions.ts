/** Excluded facts, from the trail of the decisions, with keys `stream measure opened`, separated by line feeds. */
import type { TrailStep } from './facts.js';

export const grantedIn = (trail: readonly TrailStep[]): ReadonlySet<string> =>
  new Set(
    trail.flatMap(({ type, body }) =>
      type === 'exclusion.granted' ? [[body.sheet, body.measure, body.opened].join('\n')] : [],
    ),
  );

/**
 * What a handler does, needs and may return. Diagrams are checked against it, and docs/reference/handlers.md is printed
 * from it: whoever draws a diagram needs nothing else.
 */
import type { ClockMove, Handler, ValueType } from '../engine/index.js';
import type { Law } from '../kernel/law.js';

/** Among `moves`: the limit that the service task names (`duty:clock`). */
export const drawnClock = 'duty:clock';

export interface Produces {
  /** In Chinese. */
  readonly does: string;
  /** Variables, separated by spaces; it does without those that are missing. */
  readonly reads?: string;
  /** Policies that decide, separated by spaces. */
  readonly policies?: string;
  /** Variable → its type. */
  readonly writes: { readonly [variable: string]: ValueType };
  /** Error code, which a boundary event catches → when, in Chinese. */
  readonly errors?: { readonly [code: string]: string };
  /** Limits that it moves; each must be running in the process instance. */
  readonly moves?: { readonly [act in ClockMove['act']]?: string };
}

export type DeclaredHandler = Handler & { readonly produces: (law: Law) => Produces };

/** @param produces a function of the law if it names provisions or lists of the package */
export const declares = (produces: Produces | ((law: Law) => Produces), decide: Handler): DeclaredHandler =>
  Object.assign((context: Parameters<Handler>[0]) => decide(context), {
    produces: typeof produces === 'function' ? produces : () => produces,
  });

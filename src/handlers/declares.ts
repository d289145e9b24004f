/** A handler says what it may write and which errors it may answer with: diagrams are checked against it. */
import type { Handler, ValueType } from '../engine/index.js';

export interface Produces {
  /** Variable → what it may hold. */
  readonly writes: { readonly [variable: string]: ValueType };
  readonly errors?: readonly string[];
}

export type DeclaredHandler = Handler & { readonly produces: () => Produces };

/** @param produces a function where it names provisions: those of the law of the day */
export const declares = (produces: Produces | (() => Produces), decide: Handler): DeclaredHandler =>
  Object.assign((context: Parameters<Handler>[0]) => decide(context), {
    produces: typeof produces === 'function' ? produces : () => produces,
  });

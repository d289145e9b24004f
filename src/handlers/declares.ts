/** A handler declares what it may write and which errors it may return; diagrams are checked against this. */
import type { Handler, ValueType } from '../engine/index.js';
import type { Law } from '../kernel/law.js';

export interface Produces {
  /** Variable → its type. */
  readonly writes: { readonly [variable: string]: ValueType };
  readonly errors?: readonly string[];
}

export type DeclaredHandler = Handler & { readonly produces: (law: Law) => Produces };

/** @param produces a function of the law if it names provisions or lists of the package */
export const declares = (produces: Produces | ((law: Law) => Produces), decide: Handler): DeclaredHandler =>
  Object.assign((context: Parameters<Handler>[0]) => decide(context), {
    produces: typeof produces === 'function' ? produces : () => produces,
  });

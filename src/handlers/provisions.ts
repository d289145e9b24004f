/** A handler cites the case's law, not that of the day. */
import type { HandlerContext } from '../engine/index.js';
import type { Json } from '../kernel/index.js';
import { provisionFor, type Law, type Purpose } from '../kernel/law.js';

type Laws = HandlerContext['laws'];

/** The law that now applies to the case. */
export const inForceFor = (laws: Laws): Law => (laws.at(-1) ?? laws[0]).law;

export const provisionOf = (purpose: Purpose, laws: Laws): string => provisionFor(purpose, inForceFor(laws));

/** Whether a ground stated under any of the case's laws is the ground of this purpose. */
export const isFor = (purpose: Purpose, ground: Json | undefined, laws: Laws): boolean =>
  typeof ground === 'string' && laws.some(({ law }) => provisionFor(purpose, law) === ground);

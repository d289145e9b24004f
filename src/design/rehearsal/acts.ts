/** Extracts people's acts from a case's trail; everything else follows from them. */
import { isDeepStrictEqual } from 'node:util';
import {
  dataOf,
  deedsIn,
  reads,
  type Content,
  type TypeAsked,
  type Unread,
} from '../../accountability/events/index.js';
import type { JsonObject } from '../../kernel/index.js';

export type PastAct =
  | { readonly kind: 'start'; readonly process: string; readonly at: Date; readonly data: JsonObject }
  | {
      readonly kind: 'complete';
      readonly element: string;
      readonly at: Date;
      readonly data: JsonObject;
      /** Facts of the deeds that the act was. */
      readonly facts: JsonObject;
    }
  | { readonly kind: 'send'; readonly message: string; readonly at: Date; readonly data: JsonObject }
  /** A correction outside the processes, for example of the class. */
  | { readonly kind: 'amend'; readonly act: Amendment };

type Amendment = Content<TypeAsked<'sheet' | 'variables'>>;

/**
 * These entries suffice; the rest follows from them automatically. Moves by hand cannot be repeated
 * in another diagram, which may not need them.
 */
const acted = reads('act', 'sheet', 'variables');

export function actsOf(entries: readonly (Content | Unread)[]): readonly PastAct[] {
  const acts: PastAct[] = [];
  for (const entry of entries.filter(acted)) {
    const act = actOf(entry);
    // One message that several processes received left an entry in each.
    if (act && !(act.kind === 'send' && isDeepStrictEqual(act, acts.at(-1)))) acts.push(act);
  }
  return acts;
}

const factsIn = (entry: Content<'task.completed'>): JsonObject =>
  Object.assign({}, ...deedsIn(entry).map(({ facts }) => facts)) as JsonObject;

function actOf(entry: Amendment | Content<TypeAsked<'act'>>): PastAct | undefined {
  const { at } = entry;
  const data = dataOf(entry);
  switch (entry.type) {
    case 'task.completed':
      return { kind: 'complete', element: entry.body.of, at, data, facts: factsIn(entry) };
    case 'message.received':
    case 'instance.started': {
      const { process, of: message, from, document } = entry.body;
      // It follows automatically, because another process of the case threw it, or a loaded
      // calendar restarted it.
      if (from !== undefined || document !== undefined) return undefined;
      return message === undefined
        ? { kind: 'start', process, at, data }
        : { kind: 'send', message, at, data };
    }
    default:
      return entry.body.data === undefined ? undefined : { kind: 'amend', act: entry };
  }
}

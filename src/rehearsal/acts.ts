/** What people did to a case, read from its trail: everything else follows from it and is left out. */
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../kernel/index.js';

export interface PastEntry {
  readonly type: string;
  readonly at: Date;
  readonly body: JsonObject;
}

export type PastAct =
  | { readonly kind: 'start'; readonly process: string; readonly at: Date; readonly data: JsonObject }
  | { readonly kind: 'complete'; readonly element: string; readonly at: Date; readonly data: JsonObject }
  | { readonly kind: 'send'; readonly message: string; readonly at: Date; readonly data: JsonObject }
  /** Set right outside the processes, for example reclassified. */
  | { readonly kind: 'amend'; readonly type: string; readonly at: Date; readonly data: JsonObject };

export function actsOf(entries: readonly PastEntry[]): readonly PastAct[] {
  const acts: PastAct[] = [];
  for (const entry of entries) {
    const act = actOf(entry);
    // One message that several processes had waited for has left an entry in each.
    if (act && !(act.kind === 'send' && isDeepStrictEqual(act, acts.at(-1)))) acts.push(act);
  }
  return acts;
}

function actOf({ type, at, body }: PastEntry): PastAct | undefined {
  const data = isJsonObject(body.data) ? body.data : {};
  if (body.process === undefined) {
    return isJsonObject(body.data) ? { kind: 'amend', type, at, data } : undefined;
  }
  // Thrown by another process of the case, or started anew when a calendar was loaded: it follows by itself.
  if (body.from !== undefined || body.resumes !== undefined || body.document !== undefined) return undefined;
  switch (type) {
    case 'task.completed':
      return { kind: 'complete', element: textOf(body.of), at, data };
    case 'message.received':
      return { kind: 'send', message: textOf(body.of), at, data };
    case 'instance.started':
      return body.of === undefined
        ? { kind: 'start', process: textOf(body.process), at, data }
        : { kind: 'send', message: textOf(body.of), at, data };
    default:
      return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

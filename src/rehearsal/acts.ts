/** Reads people's acts from a case's trail; everything else follows from them. */
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
  /** A correction outside the processes, for example of the class. */
  | { readonly kind: 'amend'; readonly type: string; readonly at: Date; readonly data: JsonObject };

export function actsOf(entries: readonly PastEntry[]): readonly PastAct[] {
  const acts: PastAct[] = [];
  for (const entry of entries) {
    const act = actOf(entry);
    // One message received by several processes left an entry in each.
    if (act && !(act.kind === 'send' && isDeepStrictEqual(act, acts.at(-1)))) acts.push(act);
  }
  return acts;
}

function actOf({ type, at, body }: PastEntry): PastAct | undefined {
  const data = isJsonObject(body.data) ? body.data : {};
  if (body.process === undefined) {
    return isJsonObject(body.data) ? { kind: 'amend', type, at, data } : undefined;
  }
  // Thrown by another process of the case, or caused by a loaded calendar: follows by itself.
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

/** Reads people's acts from a case's trail; everything else follows from them. */
import { isDeepStrictEqual } from 'node:util';
import {
  dataOf,
  deedsIn,
  entryFilter,
  stepTypes,
  type CaseEntryType,
  type Content,
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
      /** Of the deeds that it was. */
      readonly facts: JsonObject;
    }
  | { readonly kind: 'send'; readonly message: string; readonly at: Date; readonly data: JsonObject }
  /** A correction outside the processes, for example of the class. */
  | { readonly kind: 'amend'; readonly act: Amendment };

type Amendment = Content<'sheet.classified' | 'sheet.corrected' | 'outcome.corrected' | 'variable.corrected'>;

/** The rest follows from these by itself. */
const acted = entryFilter<CaseEntryType>()({
  ...stepTypes,
  'instance.cancelled': false,
  'task.failed': false,
  'timer.fired': false,
  'signal.received': false,
  'deadline.rearmed': false,
  // What was moved cannot be found again in another diagram, which may need no moving.
  'token.moved': false,
  'token.withdrawn': false,
  'own-variable.corrected': false,
  'condition.met': false,
  'sheet.classified': true,
  'sheet.corrected': true,
  'outcome.corrected': true,
  'case.migrated': false,
  'incident.opened': false,
  'incident.retried': false,
  'incident.closed': false,
  'regulation.applied': false,
  'intervention.proposed': false,
  'intervention.withdrawn': false,
  'variable.corrected': true,
  'deadline.recomputed': false,
  'escalation.revoked': false,
  'escalation.redated': false,
  'sheet.assigned': false,
  'sheet.merged': false,
  'sheet.unmerged': false,
  'sheet.carried': false,
  'person.recused': false,
  'caller-secret.issued': false,
  'caller.added': false,
  'caller.urged': false,
  'caller.rated': false,
  'caller.erased': false,
  'texts.erased': false,
  'attachment.added': false,
  'attachment.refused': false,
  'call.linked': false,
  'emergency.suspected': false,
  'emergency.settled': false,
  'upstream.linked': false,
  'upstream.handed-back': false,
  'upstream.reminded': false,
  'note.added': false,
  'note.struck': false,
  'attachments.erased': false,
  'caller.told': false,
  'caller.not-told': false,
});

export function actsOf(entries: readonly (Content | Unread)[]): readonly PastAct[] {
  const acts: PastAct[] = [];
  for (const entry of entries.filter(acted)) {
    const act = actOf(entry);
    // One message received by several processes left an entry in each.
    if (act && !(act.kind === 'send' && isDeepStrictEqual(act, acts.at(-1)))) acts.push(act);
  }
  return acts;
}

const factsIn = (entry: Content<'task.completed'>): JsonObject =>
  Object.assign({}, ...deedsIn(entry).map(({ facts }) => facts)) as JsonObject;

function actOf(
  entry: Amendment | Content<'instance.started' | 'task.completed' | 'message.received'>,
): PastAct | undefined {
  const { at } = entry;
  const data = dataOf(entry);
  switch (entry.type) {
    case 'task.completed':
      return { kind: 'complete', element: entry.body.of, at, data, facts: factsIn(entry) };
    case 'message.received':
    case 'instance.started': {
      const { process, of: message, from, document } = entry.body;
      // Thrown by another process of the case, or started anew when a calendar was loaded: it follows by itself.
      if (from !== undefined || document !== undefined) return undefined;
      return message === undefined
        ? { kind: 'start', process, at, data }
        : { kind: 'send', message, at, data };
    }
    default:
      return entry.body.data === undefined ? undefined : { kind: 'amend', act: entry };
  }
}

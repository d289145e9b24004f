/** Opens incidents, and closes them when they succeed or become obsolete. */
import { Refusal, type Json } from '../../kernel/index.js';
import { deadlineKey, type CaseDraft, type OpenDeadline } from './case-file.js';
import { HistoryRequired } from './history.js';
import type { Firing, Incident } from './incident.js';

export const timerKey = ({ instance, timer }: Pick<OpenDeadline, 'instance' | 'timer'>): string =>
  `timer/${deadlineKey(instance, timer)}`;
export const conditionKey = (instance: number): string => `condition/${instance}`;

/** @returns the failure, after restoring the draft */
export function attempt(draft: CaseDraft, work: () => void): Refusal | undefined {
  const { variables, instanceCount, endedAt, lights, said } = draft;
  const maps = [draft.instances, draft.tasks, draft.deadlines, draft.incidents] as Map<string, unknown>[];
  const kept = maps.map((map) => [...map]);
  const written = draft.entries.length;
  const thrown = draft.signals.length;
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HistoryRequired) throw error;
    Object.assign(draft, { variables, instanceCount, endedAt, lights, said });
    maps.forEach((map, index) => {
      map.clear();
      for (const [key, value] of kept[index] ?? []) map.set(key, value);
    });
    draft.entries.length = written;
    draft.signals.length = thrown;
    return failureOf(error, draft.businessKey);
  }
}

/** Advancing is pure, so an error concerns only this case and has changed nothing. */
export function failureOf(error: unknown, businessKey: string): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal('handler.failed', `工单 ${businessKey} 推进时出错：${String(error)}`, {
    remedy: '工单未改动；请把编号告知系统管理员',
    cause: error,
  });
}

/** The refusal stored in an incident. */
export const refusalOf = ({ code, why, where, remedy }: Incident): Refusal =>
  new Refusal(code, why, { ...(where === null ? {} : { where }), ...(remedy === null ? {} : { remedy }) });

/** Milliseconds until the next retry: five seconds, doubled each time, at most an hour. */
const pauseAfter = (tries: number): number => Math.min(3_600_000, 5000 * 2 ** Math.min(tries - 1, 10));

/** Opens the incident with an entry, or records that it failed again. */
export function hold(draft: CaseDraft, firing: Firing, failure: Refusal, recordedAt: Date): void {
  const known = draft.incidents.get(firing.key);
  const tries = (known?.tries ?? 0) + 1;
  const incident: Incident = {
    ...firing,
    where: failure.where ?? null,
    code: failure.code,
    why: failure.message,
    remedy: failure.remedy ?? null,
    since: known?.since ?? recordedAt,
    tries,
    nextTry: new Date(recordedAt.getTime() + pauseAfter(tries)),
  };
  draft.incidents.set(firing.key, incident);
  const { code, why, at } = incident;
  if (!known) note(draft, 'incident.opened', incident, { code, why }, at, recordedAt);
}

/** @param how `went-on`: a retry succeeded; `withdrawn`: its reason has ended or was moved */
export function close(
  draft: CaseDraft,
  incident: Incident,
  how: 'went-on' | 'withdrawn',
  at: Date,
  recordedAt: Date,
): void {
  draft.incidents.delete(incident.key);
  note(draft, 'incident.closed', incident, { how, tries: incident.tries }, at, recordedAt);
}

export function note(
  draft: CaseDraft,
  type: `incident.${'opened' | 'retried' | 'closed'}`,
  { key, kind, instance, process, version, of, where, at: due }: Incident,
  more: { readonly [name: string]: Json },
  at: Date,
  recordedAt: Date,
): void {
  draft.entries.push({
    stream: draft.businessKey,
    type,
    at,
    body: {
      incident: key,
      kind,
      process,
      version,
      ...(instance === null ? {} : { instance }),
      of,
      ...(where === null ? {} : { where }),
      due: due.toISOString(),
      ...more,
      recordedAt: recordedAt.toISOString(),
    },
  });
}

/** Closes incidents whose timer was withdrawn or moved, or whose process has ended. */
export function closeWithdrawn(draft: CaseDraft, at: Date, recordedAt: Date): void {
  for (const incident of [...draft.incidents.values()]) {
    const { instance, timer } = incident;
    if (instance === null) continue;
    const deadline = timer === null ? undefined : draft.deadlines.get(deadlineKey(instance, timer));
    const stands =
      timer === null
        ? draft.instances.has(instance)
        : deadline?.dueAt.getTime() === incident.at.getTime() && !deadline.paused;
    if (!stands) close(draft, incident, 'withdrawn', at, recordedAt);
    else if (deadline && deadline.element !== incident.of) {
      draft.incidents.set(incident.key, { ...incident, of: deadline.element });
    }
  }
}

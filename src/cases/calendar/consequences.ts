/** Finds what an entry of a case's trail caused. */
import { instanceOf, messagesThrown } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';

/** Instances started by the entries' messages, directly or indirectly, and those that resumed them. */
export function startedBy(trail: readonly TrailEntry[], entries: readonly TrailEntry[]): number[] {
  const starts = trail.filter((entry) => entry.type === 'instance.started');
  return entries.flatMap((entry) =>
    messagesThrown(entry).flatMap((message) =>
      withFollowers(
        trail,
        starts.find(({ seq, body }) => seq > entry.seq && body.of === message),
      ),
    ),
  );
}

function withFollowers(trail: readonly TrailEntry[], start: TrailEntry | undefined): number[] {
  const instance = start && instanceOf(start);
  if (instance === undefined) return [];
  const began = trail.filter((entry) => instanceOf(entry) === instance);
  const resumed = trail.filter(
    (entry) => entry.type === 'instance.started' && entry.body.resumes === instance,
  );
  return [instance, ...startedBy(trail, began), ...resumed.flatMap((one) => withFollowers(trail, one))];
}

/** When the matter was first handled after the entry; handling ends the process of a limit, or a supervision. */
export const handledAfter = (trail: readonly TrailEntry[], { seq }: TrailEntry): Date | undefined =>
  trail.find(
    (entry) =>
      entry.seq > seq &&
      (messagesThrown(entry).includes('handled') ||
        (entry.type === 'message.received' && entry.body.of === 'handled')),
  )?.at;

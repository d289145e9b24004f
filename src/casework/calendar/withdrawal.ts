/** What revoked timers had recorded and set in motion, as the case's trail tells it, and to whom it is to be told. */
import type { TrailEntry } from '../../accountability/index.js';
import type { Recompute, RevokedCard } from '../../engine/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';

/**
 * The message by which lapses that were recorded too early, and what came of them, are withdrawn. It goes to the
 * instances whose timers are revoked and to those that were started by them, not to a supervision on another ground.
 *
 * @param trail the case's entries by rising number
 * @returns undefined where the timers recorded and set in motion nothing
 */
export function withdrawal(
  trail: readonly TrailEntry[],
  revoked: readonly RevokedCard[],
): Recompute['tell'] | undefined {
  const entries = new Set(revoked.map(({ entry }) => entry));
  const fired = trail.filter(({ seq }) => entries.has(seq));
  const lapses = fired.filter(
    ({ body }) => isJsonObject(body.computed ?? null) && 'overdueFacts' in (body.computed as JsonObject),
  );
  const reds = fired.filter((entry) => thrownBy(entry).includes('overdue'));
  if (lapses.length + reds.length === 0) return undefined;
  const instants = (entries: readonly TrailEntry[]) => entries.map(({ at }) => at.toISOString());
  return {
    message: 'overdue-withdrawn',
    to: [...new Set([...revoked.map(({ instance }) => instance), ...startedBy(trail, reds)])],
    variables: { withdrawnOverdue: instants(lapses), withdrawnReds: instants(reds) },
  };
}

/** The instances that the entries' messages started, and those that these have started in turn. */
function startedBy(trail: readonly TrailEntry[], entries: readonly TrailEntry[]): number[] {
  return entries.flatMap((entry) =>
    thrownBy(entry).flatMap((message) => {
      const start = trail.find(
        ({ seq, type, body }) => seq > entry.seq && type === 'instance.started' && body.of === message,
      );
      const instance = start?.body.instance;
      if (typeof instance !== 'number') return [];
      return [
        instance,
        ...startedBy(
          trail,
          trail.filter(({ body }) => body.instance === instance),
        ),
      ];
    }),
  );
}

const thrownBy = ({ body }: TrailEntry): Json[] =>
  (Array.isArray(body.thrown) ? (body.thrown as readonly Json[]) : [])
    .filter(isJsonObject)
    .filter(({ what }) => what === 'message')
    .map(({ name }) => name ?? null);

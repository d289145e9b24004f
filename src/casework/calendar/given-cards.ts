/** The timers of a case that have fired, and those among them that a changed calendar would not have let fire yet. */
import type { TrailEntry } from '../../accountability/index.js';
import { recallTimer, type DueDates, type Terms } from '../../calendar/index.js';
import type { RevokedCard } from '../../engine/index.js';
import { isJsonObject, type Json } from '../../kernel/index.js';

/** @param trail the case's entries by rising number */
export function wrongCards(trail: readonly TrailEntry[], dueDates: DueDates, terms: Terms): RevokedCard[] {
  const revoked = new Set(trail.filter(({ type }) => type === 'escalation.revoked').map(revokes));
  return trail.flatMap((entry) => {
    const { of: element, levels, instance } = entry.body;
    if (entry.type !== 'timer.fired' || typeof element !== 'string' || typeof instance !== 'number')
      return [];
    if (revoked.has(entry.seq)) return [];
    const armed = trail.findLast(
      (earlier) =>
        earlier.seq < entry.seq &&
        earlier.body.instance === instance &&
        armedIn(earlier, element) !== undefined,
    );
    const timer = armed && recallTimer(armedIn(armed, element) ?? {});
    if (!timer) return [];
    const due = dueDates.due(timer.spec, timer.from, { ...terms, adjustments: timer.adjustments });
    if (due.at <= entry.at) return [];
    const names = Array.isArray(levels) ? (levels as readonly Json[]) : [];
    return [
      {
        entry: entry.seq,
        instance,
        element,
        levels: names.filter((level): level is string => typeof level === 'string'),
        at: entry.at,
        due: due.at,
        derivation: due.derivation,
        startedAt: timer.from,
        adjustments: timer.adjustments,
      },
    ];
  });
}

const revokes = ({ body }: TrailEntry): Json | undefined => body.revokes;

/** The derivation that the entry tells of the element's timer: armed by it, or computed again. */
function armedIn({ type, body }: TrailEntry, element: string) {
  const derivation =
    type === 'deadline.recomputed' && body.of === element
      ? body.derivation
      : (Array.isArray(body.armed) ? (body.armed as readonly Json[]) : [])
          .filter(isJsonObject)
          .find((one) => one.element === element)?.derivation;
  return derivation !== undefined && isJsonObject(derivation) ? derivation : undefined;
}

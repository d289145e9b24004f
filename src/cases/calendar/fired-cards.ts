/** Finds fired timers of a case (reminders, cards, limits) that would not have fired yet under a changed calendar. */
import { beginning, step } from '../../accountability/course/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { readDerivation } from '../../calendar/index.js';
import type { WrongCard } from '../../engine/index.js';
import { handledAfter, startedBy } from './consequences.js';
import type { DueDates } from '../../kernel/timer-spec.js';

export interface WrongCards {
  /** Timers that are not due yet, or are due only after the matter was handled. */
  readonly revoked: readonly WrongCard[];
  /** Timers that would have fired anyway, at `due`, because the matter was handled later. */
  readonly redated: readonly WrongCard[];
}

/**
 * Everything that a premature card started is recomputed from the card's correct instant: the
 * limits of a supervision count from its red card.
 *
 * @param trail the case's entries, ascending
 */
export function wrongCards(trail: readonly TrailEntry[], dueDates: DueDates): WrongCards {
  const revokedBefore = new Set(
    trail.map((entry) => (entry.type === 'escalation.revoked' ? entry.body.revokes : undefined)),
  );
  const starts = new Map<string, Date>();
  const revoked: WrongCard[] = [];
  const redated: WrongCard[] = [];
  let course = beginning;
  for (const entry of trail) {
    course = step(course, entry);
    if (entry.type !== 'timer.fired') continue;
    const { of: element, levels = [], instance } = entry.body;
    if (revokedBefore.has(entry.seq)) continue;
    const derivation = readDerivation(course.turn.fired?.derivation ?? {});
    // A cycle continues from where it last fired, not from its start.
    if (!derivation || derivation.timer.kind === 'cycle') continue;
    const { timer, from, policies, adjustments } = derivation;
    const at = givenAt(trail, entry);
    const startedAt = starts.get(startKey(instance, from)) ?? from;
    const due = dueDates.due(timer, startedAt, { policies, adjustments });
    const right = due.at > at ? due.at : at;
    for (const one of [instance, ...startedBy(trail, [entry])]) starts.set(startKey(one, entry.at), right);
    if (right === at) continue;
    const handledAt = handledAfter(trail, entry);
    (handledAt && due.at < handledAt ? redated : revoked).push({
      entry: entry.seq,
      instance,
      element,
      levels,
      at,
      due: due.at,
      derivation: due.derivation,
      startedAt,
      adjustments,
    });
  }
  return { revoked, redated };
}

const startKey = (instance: number, at: Date): string => `${instance} ${at.getTime()}`;

/** The instant of the card, after earlier corrections. */
function givenAt(trail: readonly TrailEntry[], { seq, at }: TrailEntry): Date {
  const redated = trail.findLast(
    (entry) => entry.type === 'escalation.redated' && entry.body.redates === seq,
  );
  return redated?.type === 'escalation.redated' ? new Date(redated.body.due) : at;
}

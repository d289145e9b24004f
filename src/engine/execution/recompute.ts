/**
 * Recomputes open deadlines after a change of the calendar, each from its own specification and
 * start. A deadline that depends on another limit follows it, since its specification contains that
 * limit.
 */
import { deadlineKey, type CaseDraft, type CaseFile, type OpenDeadline } from './case-file.js';
import type { Recompute } from './command.js';
import type { DueDates, Policies, Terms } from '../../kernel/timer-spec.js';

export type Reasons = NonNullable<OpenDeadline['reasons']>;

interface MovedDeadline {
  readonly before: OpenDeadline;
  readonly after: OpenDeadline & { readonly reasons: Reasons };
}

/**
 * Deadlines whose instant, or provisional state, has changed.
 *
 * @param reasons derivations by `deadlineKey`; deadlines without one stay unchanged
 */
export function movedDeadlines(
  file: CaseFile,
  reasons: ReadonlyMap<string, Reasons>,
  dueDates: DueDates,
  terms: Terms,
): MovedDeadline[] {
  return [...file.deadlines.values()].flatMap((before) => {
    const known = before.reasons ?? reasons.get(deadlineKey(before.instance, before.timer));
    if (!known) return [];
    const { adjustments } = before;
    const due = dueDates.due(known.spec, before.startedAt, { ...terms, adjustments });
    if (due.at.getTime() === before.dueAt.getTime() && due.provisional === before.provisional) return [];
    const after = {
      ...before,
      dueAt: due.at,
      provisional: due.provisional,
      paused: due.paused ?? false,
      version: before.version + 1,
      reasons: { spec: known.spec, derivation: due.derivation },
    };
    return [{ before, after }];
  });
}

/** Nothing is fired first, because a deadline that is due only by the old calendar must not fire. */
export function recompute(
  draft: CaseDraft,
  command: Recompute,
  deps: {
    readonly dueDates: DueDates;
    readonly policies: Policies;
    readonly recordedAt: Date;
    readonly reasons: ReadonlyMap<string, Reasons>;
  },
): void {
  const act = { actor: command.actor, document: command.document, recordedAt: deps.recordedAt.toISOString() };
  const write = (type: string, body: CaseDraft['entries'][number]['body']): void => {
    draft.entries.push({ stream: draft.businessKey, type, at: command.at, body: { ...act, ...body } });
  };
  const terms = { policies: deps.policies.at(draft.startedAt) };
  for (const { before, after } of movedDeadlines(draft, deps.reasons, deps.dueDates, terms)) {
    draft.deadlines.set(deadlineKey(after.instance, after.timer), after);
    write('deadline.recomputed', {
      of: after.element,
      instance: after.instance,
      from: before.dueAt.toISOString(),
      due: after.dueAt.toISOString(),
      provisional: after.provisional,
      derivation: after.reasons.derivation,
    });
  }
  for (const card of command.redate ?? []) {
    write('escalation.redated', {
      of: card.element,
      redates: card.entry,
      redatedLevels: card.levels,
      from: card.at.toISOString(),
      due: card.due.toISOString(),
      derivation: card.derivation,
    });
  }
  for (const card of command.revoke) {
    write('escalation.revoked', {
      of: card.element,
      revokes: card.entry,
      revokedLevels: card.levels,
      from: card.at.toISOString(),
      due: card.due.toISOString(),
      derivation: card.derivation,
    });
  }
}

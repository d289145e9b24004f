import type { Said } from '../contract/operation.js';
import { draftDecision, type Draft, type DraftView } from '../../design/governance/index.js';
import type { Officer } from '../../law/two-person/index.js';
import type { draft, draftSummary } from '../contract/draft.js';

export function draftSummaryView(one: Draft): Said<typeof draftSummary> {
  return { ...one, authors: one.authors.map(({ actor }) => actor) };
}

export function draftDetailView(view: DraftView, viewer: Officer): Said<typeof draft> {
  return {
    ...draftSummaryView(view.draft),
    source: view.source,
    revisions: view.revisions,
    acts: draftDecision.hindrances(view.draft, viewer).map(({ act, hindrance }) => ({
      act,
      allowed: hindrance === undefined,
      because: hindrance?.message ?? null,
    })),
  };
}

import type { Said } from '../contract/operation.js';
import {
  draftActs,
  hindrance,
  type Draft,
  type DraftView,
  type Person,
} from '../../design/governance/index.js';
import type { Viewer } from '../../identity/index.js';
import type { draft, draftSummary } from '../contract/draft.js';

export function draftSummaryView(one: Draft): Said<typeof draftSummary> {
  return { ...one, authors: one.authors.map(({ actor }) => actor) };
}

export const personOf = (viewer: Viewer): Person => ({ login: viewer.person.login, actor: viewer.actor });

export function draftDetailView(view: DraftView, viewer: Viewer): Said<typeof draft> {
  const who = { ...personOf(viewer), roles: viewer.roles };
  const approvers = view.thread
    .filter(({ act, submission }) => act === 'approved' && submission === view.draft.submission)
    .map(({ login }) => login);
  return {
    ...draftSummaryView(view.draft),
    source: view.source,
    revisions: view.revisions,
    acts: draftActs.map((act) => {
      const hindered = hindrance(view.draft, act, who, approvers);
      return { act, allowed: hindered === undefined, because: hindered?.message ?? null };
    }),
  };
}

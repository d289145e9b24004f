import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import {
  draftActs,
  hindrance,
  type Act,
  type Draft,
  type DraftView,
  type Person,
} from '../../design/governance/index.js';
import type { Viewer } from '../../identity/index.js';
import type { draft, draftSummary, thread } from '../contract/draft.js';

export function draftSummaryView(one: Draft): z.input<typeof draftSummary> {
  const { id, key, kind, title, state, origin, revision, sha256, baseVersion, version } = one;
  return {
    id,
    key,
    kind,
    title,
    state,
    origin,
    revision,
    sha256,
    baseVersion,
    authors: one.authors.map(({ actor }) => actor),
    version,
    inForceFrom: one.inForceFrom && toShanghaiIso(one.inForceFrom),
    createdAt: toShanghaiIso(one.createdAt),
    updatedAt: toShanghaiIso(one.updatedAt),
  };
}

export const personOf = (viewer: Viewer): Person => ({ login: viewer.person.login, actor: viewer.actor });

export function draftDetailView(view: DraftView, viewer: Viewer): z.input<typeof draft> {
  const who = { ...personOf(viewer), roles: viewer.roles };
  const approvers = view.thread
    .filter(({ act, submission }) => act === 'approved' && submission === view.draft.submission)
    .map(({ login }) => login);
  return {
    ...draftSummaryView(view.draft),
    source: view.source,
    revisions: view.revisions.map(({ number, sha256, baseVersion, author, note, savedAt }) => ({
      number,
      sha256,
      baseVersion,
      author,
      note,
      savedAt: toShanghaiIso(savedAt),
    })),
    acts: draftActs.map((act) => {
      const hindered = hindrance(view.draft, act, who, approvers);
      return { act, allowed: hindered === undefined, because: hindered?.message ?? null };
    }),
  };
}

export const threadView = (acts: readonly Act[]): z.input<typeof thread> => ({
  items: acts.map(({ id, act, actor, at, text, element, revision, sha256 }) => ({
    id,
    act,
    actor,
    at: toShanghaiIso(at),
    text,
    element,
    revision,
    sha256,
  })),
});

import {
  amendmentDecision,
  changesOf,
  contradictoryLimits,
  type Amendment,
  type CatalogueContent,
  type Change,
} from '../../law/regulation/index.js';
import type { Law } from '../../kernel/law.js';
import type { Officer } from '../../law/two-person/index.js';
import type { AnswerOf } from '../contract/operations.js';
import { provisionView } from './provision-view.js';

type AmendmentView = AnswerOf<'readAmendment'>;
type Head = AnswerOf<'listAmendments'>['items'][number];

/** @param today `YYYY-MM-DD` in Asia/Shanghai */
export function amendmentHead(amendment: Amendment, today: string): Head {
  const { inForceFrom, editors, approvers } = amendment;
  const inForce = amendment.state === 'approved' && inForceFrom <= today;
  return {
    ...amendment,
    state: inForce ? 'in-force' : amendment.state,
    editors: editors.map(({ actor }) => actor),
    approvers: approvers.map(({ actor }) => actor),
  };
}

export function amendmentView(
  amendment: Amendment,
  { before, after }: { readonly before: CatalogueContent; readonly after: CatalogueContent },
  viewer: Officer,
  today: string,
  law: Law,
): AmendmentView {
  return {
    ...amendmentHead(amendment, today),
    edits: amendment.edits,
    changes: changesOf(before, after, law).map(changeView),
    warnings: contradictoryLimits({
      norms: after.chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms)),
    }),
    acts: amendment.acts,
    possible: amendmentDecision.hindrances(amendment, viewer).map(({ act, hindrance }) => ({
      act,
      hindrance: hindrance?.message ?? null,
    })),
  };
}

const changeView = ({ provision, ...rest }: Change) => ({
  ...rest,
  provision: provision === null ? null : provisionView(provision),
});

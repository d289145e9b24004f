import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import {
  amendmentActs,
  changesOf,
  hindranceOf,
  provisionLabel,
  unequalLimits,
  type Amendment,
  type CatalogueContent,
  type Change,
} from '../../law/regulation/index.js';
import type { Law } from '../../kernel/law.js';
import type { amendmentOperations } from '../contract/amendment.js';

type Operations = typeof amendmentOperations;
type AmendmentView = z.input<Operations['readAmendment']['answers'][200]['schema']>;
type Head = z.input<Operations['listAmendments']['answers'][200]['schema']>['items'][number];

/** @param today `YYYY-MM-DD` in Asia/Shanghai */
export function amendmentHead(amendment: Amendment, today: string): Head {
  const { id, revision, title, source, inForceFrom, transition, sha256, editors, approvers } = amendment;
  const inForce = amendment.state === 'approved' && inForceFrom <= today;
  return {
    ...{ id, revision, title, source, inForceFrom, transition, sha256 },
    state: inForce ? 'in-force' : amendment.state,
    editors: editors.map(({ actor }) => actor),
    approvers: approvers.map(({ actor }) => actor),
  };
}

export function amendmentView(
  amendment: Amendment,
  { before, after }: { readonly before: CatalogueContent; readonly after: CatalogueContent },
  viewer: Parameters<typeof hindranceOf>[2],
  today: string,
  law: Law,
): AmendmentView {
  return {
    ...amendmentHead(amendment, today),
    edits: [...amendment.edits],
    changes: changesOf(before, after, law).map(changeView),
    warnings: [...unequalLimits(after)],
    acts: amendment.acts.map(({ act, revision, actor, at, reason }) => ({
      ...{ act, revision, actor, reason },
      at: toShanghaiIso(at),
    })),
    possible: amendmentActs.map((act) => ({
      act,
      hindrance: hindranceOf(amendment, act, viewer)?.message ?? null,
    })),
  };
}

const changeView = ({ about, field, provision, before, after, sentence }: Change) => ({
  ...{ about, field, before, after, sentence },
  provision: provision === null ? null : { id: provision, label: provisionLabel(provision) },
});

import { civilDateOf, toShanghaiIso } from '../../calendar/index.js';
import {
  knowledgeHistory,
  orderKnowledgeSupervision,
  withdrawKnowledge,
  writeKnowledge,
} from '../../casework/index.js';
import {
  listEntries,
  searchEntries,
  type KnowledgeEntry,
  type KnowledgeText,
} from '../../knowledge/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { knowledgeOperations } from '../contract/knowledge.js';
import type { CaseViews } from '../views/case-view.js';

export function knowledgeHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof knowledgeOperations> {
  const today = () => civilDateOf(deps.clock.now());
  const detail = async (id: number) => {
    const { current, earlier } = await deps.database.transaction((transaction) =>
      knowledgeHistory(transaction, id),
    );
    const history = [current, ...earlier].map(({ writtenAt, ...version }) => ({
      ...version,
      writtenAt: toShanghaiIso(writtenAt),
    }));
    return { ...knowledgeView(current, today()), history };
  };
  return {
    listKnowledge: async ({ query: { overdue, limit, offset, state, ...where } }) => {
      const { total, entries } = await deps.database.transaction((transaction) =>
        listEntries(transaction, {
          unit: where.unit,
          class: where.class,
          state,
          overdueOn: overdue === 'true' ? today() : undefined,
          limit,
          offset,
        }),
      );
      const items = entries.map((entry) => knowledgeView(entry, today()));
      return { status: 200, body: { total, limit, offset, items } };
    },
    searchKnowledge: async ({ query }) => {
      const classes = query.class === undefined ? [] : [query.class];
      const found = await deps.database.transaction((transaction) =>
        searchEntries(transaction, query.question, classes, query.limit),
      );
      const items = found.map((one) => ({ ...knowledgeView(one, today()), similarity: one.similarity }));
      return { status: 200, body: { items } };
    },
    readKnowledge: async ({ params }) => ({ status: 200, body: await detail(params.id) }),
    addKnowledge: async ({ viewer, body }) => {
      const act = { actor: viewer.actor, reason: body.reason };
      const id = await writeKnowledge(deps, { text: textOf(body), act });
      return { status: 201, body: await detail(id) };
    },
    rewriteKnowledge: async ({ viewer, params: { id }, body }) => {
      const act = { actor: viewer.actor, reason: body.reason };
      await writeKnowledge(deps, { id, basedOn: body.basedOn, text: textOf(body), act });
      return { status: 201, body: await detail(id) };
    },
    withdrawKnowledge: async ({ viewer, params: { id }, body }) => {
      const act = { actor: viewer.actor, reason: body.reason };
      await withdrawKnowledge(deps, id, body.basedOn, act);
      return { status: 200, body: await detail(id) };
    },
    superviseKnowledge: async ({ viewer: { actor }, params: { id }, body: { workOrder, reason } }) => {
      await orderKnowledgeSupervision(deps, id, workOrder, { actor, reason });
      return { status: 200, body: await views.workOrder(workOrder) };
    },
  };
}

const textOf = (body: {
  readonly unit: string;
  readonly class?: string | null | undefined;
  readonly title: string;
  readonly body: string;
  readonly reviewOn: string;
}): KnowledgeText => ({ ...body, class: body.class ?? null });

export const knowledgeView = (
  { id, version, unit, class: code, title, body, reviewOn, state }: KnowledgeEntry,
  today: string,
) => ({
  id,
  version,
  unit,
  class: code,
  title,
  body,
  reviewOn,
  state,
  overdue: state === 'valid' && reviewOn < today,
});

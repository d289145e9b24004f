import { dataOf } from '../../accountability/events/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import {
  askKnowledge,
  completeTask,
  knowledgeHistory,
  orderKnowledgeSupervision,
  readCaseRecord,
  readTask,
  withdrawKnowledge,
  writeKnowledge,
} from '../../cases/index.js';
import {
  lapsesOf,
  listEntries,
  readLapse,
  type KnowledgeEntry,
  type KnowledgeText,
} from '../../sheet/knowledge/index.js';
import type { Viewer } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { HttpDeps } from '../deps.js';
import { assertSeen, performerOf, forViewer } from '../sight.js';
import type { Handlers } from '../dispatch.js';
import type { knowledgeOperations } from '../contract/knowledge.js';
import type { CaseViews } from '../views/case-view.js';
import { hotlineTitle, lawOf, type Law } from '../../kernel/law.js';
import { unitName } from '../../kernel/unit-name.js';

export function knowledgeHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof knowledgeOperations> {
  const today = () => civilDateOf(deps.clock.now());
  const detail = (id: number) => async (transaction: Transaction) => {
    const { current, earlier } = await knowledgeHistory(transaction, id);
    const lapses = await lapsesOf(transaction, id);
    const history = [current, ...earlier];
    const supervisions = lapses.map(({ businessKey, ...rest }) => ({ ...rest, no: businessKey }));
    return { ...knowledgeView(current, today()), history, supervisions };
  };
  /** Reads with the viewer's row-level security. */
  const supervision = async (no: string, from: HttpDeps) => {
    const record = await readCaseRecord(from, no);
    return async (transaction: Transaction) => {
      const lapse = await readLapse(transaction, no);
      if (!record || !lapse) {
        throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的知识库督办`, {
          remedy: '在知识库里打开条目，从它的督办里选',
        });
      }
      const { current } = await knowledgeHistory(transaction, lapse.entry);
      const entry = knowledgeView(current, today());
      const [begun] = record.trail.map(dataOf);
      const dueVersion = typeof begun?.knowledgeVersion === 'number' ? begun.knowledgeVersion : null;
      return async () => ({ ...(await views.file(record)), no, reviewOn: lapse.reviewOn, entry, dueVersion });
    };
  };
  return {
    listKnowledge: async ({ query: { overdue, limit, offset, state, ...where } }, transaction) => {
      const { total, entries } = await listEntries(transaction, {
        ...{ unit: where.unit, class: where.class, state, limit, offset },
        overdueOn: overdue === 'true' ? today() : undefined,
      });
      const items = entries.map((entry) => knowledgeView(entry, today()));
      return { total, limit, offset, items };
    },
    searchKnowledge: async ({ query }) => {
      const found = await askKnowledge(deps, query.question, query.class, query.limit);
      const items = found.map((one) => ({ ...knowledgeView(one, today()), similarity: one.similarity }));
      return { items };
    },
    readKnowledge: ({ params }) => detail(params.id),
    addKnowledge: async ({ viewer, body }) => {
      assertOwned(viewer, [body.unit], deps.laws.today());
      const act = { actor: viewer.actor, reason: body.reason };
      const id = await writeKnowledge(deps, { text: textOf(body), act });
      return detail(id);
    },
    rewriteKnowledge: async ({ viewer, params: { id }, body }, transaction) => {
      const { current } = await knowledgeHistory(transaction, id);
      assertOwned(viewer, [current.unit, body.unit], deps.laws.today());
      const act = { actor: viewer.actor, reason: body.reason };
      return async () => {
        await writeKnowledge(deps, { id, basedOn: body.basedOn, text: textOf(body), act });
        return detail(id);
      };
    },
    withdrawKnowledge: async ({ viewer, params: { id }, body }, transaction) => {
      const { current } = await knowledgeHistory(transaction, id);
      assertOwned(viewer, [current.unit], deps.laws.today());
      const act = { actor: viewer.actor, reason: body.reason };
      return async () => {
        await withdrawKnowledge(deps, id, body.basedOn, act);
        return detail(id);
      };
    },
    readKnowledgeSupervision: ({ viewer, params: { no } }) => supervision(no, forViewer(deps, viewer)),
    completeKnowledgeTask: async ({ viewer, params: { no, id }, body: { answers } }) => {
      const seen = await supervision(no, forViewer(deps, viewer));
      return async (transaction) => {
        await seen(transaction);
        return async () => {
          const task = await readTask(deps, id);
          if (task.no !== no) {
            throw new Refusal('task.closed', `“${no}”没有这项待办，或者已经办过`, {
              where: 'id',
              remedy: '刷新督办页面，按当前环节办理',
            });
          }
          await completeTask(deps, id, answers, performerOf(viewer));
          return supervision(no, deps);
        };
      };
    },
    superviseKnowledge: async ({ viewer, params: { id }, body: { workOrder, reason } }) => {
      const { actor } = viewer;
      await assertSeen(deps, viewer, workOrder);
      await orderKnowledgeSupervision(deps, id, workOrder, { actor, reason });
      return views.afterAct(workOrder, viewer);
    },
  };
}

/** A unit maintains its own entries; the hotline all of them. */
function assertOwned({ sight, units: theirs }: Viewer, units: readonly string[], law: Law): void {
  const foreign = units.find((unit) => !theirs.includes(unitName(unit)));
  if (sight.kind === 'all' || foreign === undefined) return;
  throw new Refusal('access.denied', `“${foreign.slice(0, 60)}”的条目不由您的单位负责`, {
    where: 'unit',
    remedy: `只写、只改本单位和下级单位的条目；别的单位的，请${hotlineTitle(law)}办理`,
    provision: lawOf('unit-duties', law),
  });
}

const textOf = (
  body: Omit<KnowledgeText, 'class'> & { readonly class?: string | null | undefined },
): KnowledgeText => ({ ...body, class: body.class ?? null });

export const knowledgeView = (entry: KnowledgeEntry, today: string) => ({
  ...entry,
  overdue: entry.state === 'valid' && entry.reviewOn < today,
});

import {
  completeSeriesIn,
  completeTaskIn,
  doWithMembers,
  readTask,
  tasksAhead,
  type Performer,
} from '../../cases/index.js';
import { assignmentsOf } from '../../cases/assignment/index.js';
import { isLapseKey } from '../../sheet/knowledge/index.js';
import { countTasks, isSelfStarted, lights, type CaseFile, type Light } from '../../engine/index.js';
import type { Principal } from '../../identity/index.js';
import type { taskOperations } from '../contract/task-operations.js';
import { mostCounted } from '../contract/primitives.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { listEmergenciesFirst } from '../emergencies-first.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Sharing } from '../sharing.js';
import { caseSummaries } from '../store/case-summary-store.js';
import type { CaseViews } from '../views/case-view.js';
import { forViewer, performerOf, readAs } from '../sight.js';
import { aheadView, taskView, worklistView } from '../views/task-view.js';
import { assigneeOf, worklistQuestion } from '../worklist-question.js';

export function taskHandlers(
  deps: HttpDeps,
  views: CaseViews,
  sharing: Sharing,
): Pick<Handlers, keyof typeof taskOperations> {
  /**
   * Row-level security comes first: a person cannot complete a task they may not see. The step
   * itself runs as the program.
   */
  const completing = async (
    viewer: Principal,
    id: string,
    members: { readonly told?: string | undefined } | undefined,
    step: (transaction: Transaction, performer: Performer) => Promise<CaseFile>,
  ) => {
    const { no, element } = await readTask(forViewer(deps, viewer), id);
    const performer = performerOf(viewer);
    return async (transaction: Transaction) => {
      await assertOfSheet(deps, transaction, no, element.name);
      const alone = members === undefined ? await step(transaction, performer) : undefined;
      return async () => {
        const told = members?.told ?? null;
        const file =
          alone ?? (await doWithMembers(deps, id, performer, { told }, (theirs) => step(theirs, performer)));
        return views.afterAct(file.businessKey, viewer);
      };
    };
  };
  return {
    listTasks: async ({ viewer, query: { limit, cursor, light, sort, ...rest } }) => {
      const { database, base, filter, narrowed, order, isCut } = await worklistQuestion(deps, viewer, {
        ...{ light, sort },
        ...rest,
      });
      const counting = sharing.ask(
        `tasks ${sharingKey(viewer)} ${JSON.stringify([base, narrowed])}`,
        database,
        (transaction) => countTasks(transaction, base, mostCounted),
      );
      const reading = readAs(deps, viewer, async (transaction) => {
        const page = await listEmergenciesFirst(transaction, filter, { limit, cursor, sort, order });
        const keys = [...new Set(page.rows.map((row) => row.businessKey))];
        const assignments = await assignmentsOf(transaction, [
          ...new Set(page.rows.map((row) => row.caseId)),
        ]);
        return { ...page, summaries: await caseSummaries(transaction, keys), assignments };
      });
      const [counts, { rows, next, summaries, assignments }, marked] = await Promise.all([
        counting,
        reading,
        deps.marked(),
      ]);
      const law = deps.laws.today();
      const told = lightsOf(counts);
      const total = told.find(({ group }) => group === light) ?? { count: 0, orMore: false };
      return {
        total: total.count,
        totalOrMore: total.orMore || isCut,
        lights: told,
        limit,
        next,
        items: rows.map((row) =>
          worklistView(
            row,
            summaries.get(row.businessKey),
            assigneeOf(row, assignments),
            marked,
            law,
            row.emergency,
          ),
        ),
      };
    },
    readTask: async ({ viewer, params }) => {
      const { id, file, task, element } = await readTask(forViewer(deps, viewer), params.id);
      return taskView(id, file, task, element, deps.laws);
    },
    completeTask: ({ viewer, params: { id }, body }) =>
      completing(viewer, id, body.members, (transaction, performer) =>
        completeTaskIn(deps, transaction, id, body.answers, performer),
      ),
    lookAhead: async ({ viewer, params, body }) => {
      const { no, element } = await readTask(forViewer(deps, viewer), params.id);
      return async (transaction) => {
        await assertOfSheet(deps, transaction, no, element.name);
        return async () =>
          aheadView(await tasksAhead(deps, params.id, body.answers, performerOf(viewer)), deps.laws);
      };
    },
    completeSeries: ({ viewer, params: { id }, body }) =>
      completing(viewer, id, body.members, (transaction, performer) =>
        completeSeriesIn(deps, transaction, id, body.steps, performer),
      ),
  };
}

/** Tasks of cases without a sheet have their own pages and operations; the refusal names them. */
async function assertOfSheet(
  { sheets }: Pick<HttpDeps, 'sheets'>,
  transaction: Transaction,
  no: string,
  name: string,
): Promise<void> {
  if (await sheets.find(transaction, no)) return;
  throw new Refusal('task.elsewhere', `“${name}”是“${no}”的环节，不是工单的`, {
    where: 'id',
    remedy: placeOf(no),
  });
}

function placeOf(no: string): string {
  if (isLapseKey(no)) return '知识库条目的督办，在“知识库”里打开这件督办办理';
  if (isSelfStarted(no)) return '流程图自己开始的一件，从“待办”打开它自己的页办理';
  return '考核流程的环节，在“考核”页办理';
}

/** Key for sharing: viewers with the same rights get the same answer. */
const sharingKey = ({ sight, duties, units, recusedFrom }: Principal): string =>
  JSON.stringify([sight.kind === 'all' ? 'all' : sight.units, duties, units, recusedFrom]);

function lightsOf(counts: Readonly<Record<Light, number>>) {
  const all = counts.red + counts.yellow + counts.normal;
  return (['all', ...lights] as const).map((group) => {
    const count = group === 'all' ? all : counts[group];
    return { group, count: Math.min(count, mostCounted), orMore: count > mostCounted };
  });
}

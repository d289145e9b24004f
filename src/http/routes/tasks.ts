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
import { forViewer, performerOf } from '../sight.js';
import { aheadView, taskView, worklistView } from '../views/task-view.js';
import { assigneeOf, worklistQuestion } from '../worklist-question.js';

export function taskHandlers(
  deps: HttpDeps,
  views: CaseViews,
  sharing: Sharing,
): Pick<Handlers, keyof typeof taskOperations> {
  return {
    listTasks: async ({ viewer, query: { limit, cursor, light, sort, ...rest } }) => {
      const { database, base, filter, narrowed, order, isCut } = await worklistQuestion(deps, viewer, {
        ...{ light, sort },
        ...rest,
      });
      const counting = sharing.ask(`tasks ${sharingKey(viewer)} ${JSON.stringify([base, narrowed])}`, () =>
        database.transaction((transaction) => countTasks(transaction, base, mostCounted)),
      );
      const reading = database.transaction(async (transaction) => {
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
        status: 200,
        body: {
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
        },
      };
    },
    readTask: async ({ viewer, params }) => {
      const { id, file, task, element } = await readTask(forViewer(deps, viewer), params.id);
      return { status: 200, body: taskView(id, file, task, element, deps.laws) };
    },
    completeTask: async ({ viewer, params, body }) => {
      // Row security first: what the viewer does not see, they cannot complete. The step itself runs as the program.
      const { no, element } = await readTask(forViewer(deps, viewer), params.id);
      await assertOfSheet(deps, no, element.name);
      const performer = performerOf(viewer);
      const file = await withMembers(deps, params.id, performer, body.members, (transaction) =>
        completeTaskIn(deps, transaction, params.id, body.answers, performer),
      );
      return { status: 200, body: await views.afterAct(file.businessKey, viewer) };
    },
    lookAhead: async ({ viewer, params, body }) => {
      const { no, element } = await readTask(forViewer(deps, viewer), params.id);
      await assertOfSheet(deps, no, element.name);
      const found = await tasksAhead(deps, params.id, body.answers, performerOf(viewer));
      return { status: 200, body: aheadView(found, deps.laws) };
    },
    completeSeries: async ({ viewer, params, body }) => {
      const { no, element } = await readTask(forViewer(deps, viewer), params.id);
      await assertOfSheet(deps, no, element.name);
      const performer = performerOf(viewer);
      const file = await withMembers(deps, params.id, performer, body.members, (transaction) =>
        completeSeriesIn(deps, transaction, params.id, body.steps, performer),
      );
      return { status: 200, body: await views.afterAct(file.businessKey, viewer) };
    },
  };
}

const withMembers = (
  deps: HttpDeps,
  id: string,
  performer: Performer,
  members: { readonly told?: string | undefined } | undefined,
  work: (transaction: Transaction) => Promise<CaseFile>,
): Promise<CaseFile> =>
  members === undefined
    ? deps.database.transaction(work)
    : doWithMembers(deps, id, performer, { told: members.told ?? null }, work);

/** Tasks of cases without a sheet have their own pages and operations, named in the refusal. */
async function assertOfSheet(
  { database, sheets }: Pick<HttpDeps, 'database' | 'sheets'>,
  no: string,
  name: string,
): Promise<void> {
  if (await database.transaction((transaction) => sheets.find(transaction, no))) return;
  throw new Refusal('task.elsewhere', `“${name}”是“${no}”的环节,不是工单的`, {
    where: 'id',
    remedy: placeOf(no),
  });
}

function placeOf(no: string): string {
  if (isLapseKey(no)) return '知识库条目的督办,在“知识库”里打开这件督办办理';
  if (isSelfStarted(no)) return '流程图自己开始的一件,从“待办”打开它自己的页办理';
  return '考核流程的环节,在“考核”页办理';
}

/** Sharing key: viewers with the same rights get the same answer. */
const sharingKey = ({ sight, duties, units, recusedFrom }: Principal): string =>
  JSON.stringify([sight.kind === 'all' ? 'all' : sight.units, duties, units, recusedFrom]);

function lightsOf(counts: Readonly<Record<Light, number>>) {
  const all = counts.red + counts.yellow + counts.normal;
  return (['all', ...lights] as const).map((group) => {
    const count = group === 'all' ? all : counts[group];
    return { group, count: Math.min(count, mostCounted), orMore: count > mostCounted };
  });
}

import { completeTask, readTask } from '../../casework/index.js';
import { countTasks, listTasks } from '../../engine/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { caseSummaries } from '../store/case-summary-store.js';
import type { CaseViews } from '../views/case-view.js';
import { performerOf, unitsSeen, within } from '../sight.js';
import { taskView, worklistView } from '../views/task-view.js';

export function taskHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, 'listTasks' | 'readTask' | 'completeTask'> {
  return {
    listTasks: async ({ viewer, query: { role, ...page } }) => {
      const units = unitsSeen(viewer);
      const filter = { ...page, role, roles: units && viewer.duties, parties: units };
      const { total, rows, summaries } = await within(deps, viewer).database.transaction(
        async (transaction) => {
          const listed = await listTasks(transaction, filter);
          return {
            rows: listed,
            total: await countTasks(transaction, filter),
            summaries: await caseSummaries(transaction, [...new Set(listed.map((row) => row.businessKey))]),
          };
        },
      );
      const items = rows.map((row) => worklistView(row, summaries.get(row.businessKey)));
      return { status: 200, body: { total, limit: page.limit, offset: page.offset, items } };
    },
    readTask: async ({ viewer, params }) => {
      const { id, no, task, element } = await readTask(within(deps, viewer), params.id);
      return { status: 200, body: taskView(id, no, task, element) };
    },
    completeTask: async ({ viewer, params, body }) => {
      // Behind the fence first: what somebody does not see, they cannot do. The step itself is the program's.
      await readTask(within(deps, viewer), params.id);
      const file = await completeTask(deps, params.id, body.answers, performerOf(viewer));
      return { status: 200, body: await views.afterAct(file.businessKey, viewer) };
    },
  };
}

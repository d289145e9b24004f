import { completeTask, readTask } from '../../casework/index.js';
import { listTasks } from '../../engine/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { caseSummaries, countTasks } from '../store/case-summary-store.js';
import type { CaseViews } from '../views/case-view.js';
import { taskView, worklistView } from '../views/task-view.js';

export function taskHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, 'listTasks' | 'readTask' | 'completeTask'> {
  return {
    listTasks: async ({ query: { role, ...page } }) => {
      const filter = { ...page, ...(role === undefined ? {} : { role }) };
      const { total, rows, summaries } = await deps.database.transaction(async (transaction) => {
        const listed = await listTasks(transaction, filter);
        return {
          rows: listed,
          total: await countTasks(transaction, filter),
          summaries: await caseSummaries(transaction, [...new Set(listed.map((row) => row.businessKey))]),
        };
      });
      const items = rows.map((row) => worklistView(row, summaries.get(row.businessKey)));
      return { status: 200, body: { total, limit: page.limit, offset: page.offset, items } };
    },
    readTask: async ({ params }) => {
      const { id, no, task, element } = await readTask(deps, params.id);
      return { status: 200, body: taskView(id, no, task, element) };
    },
    completeTask: async ({ params, body }) => {
      const file = await completeTask(deps, params.id, body.answers, body.actor);
      return { status: 200, body: await views.workOrder(file.businessKey) };
    },
  };
}

import { completeTask, readCaseRecord, readTask } from '../../cases/index.js';
import { isSelfStarted } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { startedCaseOperations } from '../contract/started-case.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { forViewer, performerOf } from '../sight.js';
import { caseSummaries } from '../store/case-summary-store.js';
import type { CaseViews } from '../views/case-view.js';

export function startedCaseHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof startedCaseOperations> {
  /** Reads with the viewer's row-level security. */
  const shown = async (no: string, from: HttpDeps) => {
    const record = isSelfStarted(no) ? await readCaseRecord(from, no) : undefined;
    if (!record) {
      throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”、由流程图自己开始的一件`, {
        remedy: '从待办、流程监控里打开',
      });
    }
    return async (transaction: Transaction) => {
      const titles = await caseSummaries(transaction, [no]);
      return async () => ({ ...(await views.file(record)), no, title: titles.get(no)?.title ?? no });
    };
  };
  return {
    readStartedCase: ({ viewer, params: { no } }) => shown(no, forViewer(deps, viewer)),
    completeStartedTask: async ({ viewer, params: { no, id }, body: { answers } }) => {
      await shown(no, forViewer(deps, viewer));
      const task = await readTask(deps, id);
      if (task.no !== no) {
        throw new Refusal('task.closed', `“${no}”没有这项待办，或者已经办过`, {
          where: 'id',
          remedy: '刷新页面，按当前环节办理',
        });
      }
      await completeTask(deps, id, answers, performerOf(viewer));
      return shown(no, deps);
    },
  };
}

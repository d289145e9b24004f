/** Completes a series of consecutive tasks that were answered in one form: all of them, or none. */
import { loadCases, type CaseFile } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  caseOfTask,
  completeTaskIn,
  openTask,
  taskId,
  taskNotFound,
  type Performer,
  type TaskDeps,
} from '../tasks.js';
import { nextTask } from './next-task.js';

interface SeriesStep {
  /** The diagram element that the answers belong to. */
  readonly element: string;
  readonly answers: JsonObject;
}

/**
 * Completes the task and those it leads to, in order, within the caller's transaction; each gets
 * its own entry.
 *
 * @throws {Refusal} like `completeTask`, saying which step was refused; `task.not-next` if a step
 * does not follow
 */
export async function completeSeriesIn(
  deps: TaskDeps,
  transaction: Transaction,
  id: string,
  steps: readonly SeriesStep[],
  performer: Performer,
): Promise<CaseFile> {
  const files = await loadCases(transaction, [caseOfTask(id)]);
  let file = files.get(caseOfTask(id));
  if (!file) throw taskNotFound(id);
  let view = await openTask(deps, transaction, id, files);
  for (const [index, { element, answers }] of steps.entries()) {
    if (view.task.element !== element) throw notNext(index, element, view.element.name);
    const { name } = view.element;
    const after = await completeTaskIn(deps, transaction, view.id, answers, performer).catch(
      (error: unknown) => {
        throw error instanceof Refusal && steps.length > 1 ? inStep(error, index, name) : error;
      },
    );
    const next = nextTask(view.task, file, after);
    file = after;
    const following = steps[index + 1];
    if (!following) break;
    if (!next) throw notNext(index + 1, following.element);
    view = await openTask(deps, transaction, taskId(after.id, next), new Map([[after.id, after]]));
  }
  return file;
}

function inStep(refusal: Refusal, index: number, name: string): Refusal {
  const { code, message, where, remedy, provision, changes } = refusal;
  return new Refusal(code, `第 ${index + 1} 步“${name}”：${message}；几步都没有办`, {
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(provision === undefined ? {} : { provision }),
    ...(changes === undefined ? {} : { changes }),
    cause: refusal,
  });
}

const notNext = (index: number, element: string, instead?: string): Refusal =>
  new Refusal(
    'task.not-next',
    `第 ${index + 1} 步“${element.slice(0, 60)}”不接在前一步之后${instead === undefined ? '' : `，接着的是“${instead}”`}；几步都没有办`,
    { where: 'steps', remedy: '重新打开工单，按接着的环节填写' },
  );

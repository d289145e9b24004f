/** Which task a completed one led to: the only new one of its process instance, of the same duty. */
import type { CaseFile, OpenTask } from '../../engine/index.js';
import { taskId } from '../tasks.js';

/** Undefined if the process took another path, or several at once. */
export function nextTask(done: OpenTask, before: CaseFile, after: CaseFile): OpenTask | undefined {
  const known = new Set([...before.tasks.values()].map((task) => taskId(before.id, task)));
  const opened = [...after.tasks.values()].filter(
    (task) => task.instance === done.instance && !known.has(taskId(after.id, task)),
  );
  const [next] = opened;
  return opened.length === 1 && next?.role === done.role ? next : undefined;
}

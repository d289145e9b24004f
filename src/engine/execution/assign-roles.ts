/** Assigns the open tasks of a case to the role in the diagram, or to its stand-in in this case. */
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { CaseDraft } from './case-file.js';
import { lastAct } from './entry.js';
import { variablesOf } from './own-variables.js';
import type { StepDeps } from './step-instance.js';

/**
 * Reassigns open tasks at once. If stand-ins have changed, the last entry records them.
 *
 * @param before the variables before the command
 */
export function assignRoles(draft: CaseDraft, before: JsonObject, deps: StepDeps): void {
  assignUnits(draft, deps);
  const { standInsOf, policies, definitions } = deps;
  const last = lastAct(draft.entries);
  if (!standInsOf || !last) return;
  const decided = policies.at(draft.startedAt);
  const taken = standInsOf(draft.variables, decided);
  const changed = before !== draft.variables && !isDeepStrictEqual(taken, standInsOf(before, decided));
  if (!changed && Object.keys(taken).length === 0) return;
  for (const [key, task] of draft.tasks) {
    const instance = draft.instances.get(task.instance);
    const annotations = instance && definitions.byId(instance.definitionId).annotations;
    const drawn = annotations?.element(task.element)?.role ?? null;
    const role = drawn === null ? task.role : (taken[drawn] ?? drawn);
    if (role !== task.role) draft.tasks.set(key, { ...task, role });
  }
  if (changed) {
    const standIns: Json = { ...taken };
    draft.entries[draft.entries.lastIndexOf(last)] = { ...last, body: { ...last.body, standIns } };
  }
}

/** Gives the tasks of roles whose unit the instance determines to that unit, as if they were repeated for it. */
function assignUnits(draft: CaseDraft, { unitOfRole, definitions }: StepDeps): void {
  for (const [key, task] of unitOfRole ? draft.tasks : []) {
    const definitionId = draft.instances.get(task.instance)?.definitionId;
    if (task.role === null || definitionId === undefined) continue;
    const { own } = definitions.byId(definitionId).annotations;
    const unit = unitOfRole?.(task.role, () => variablesOf(draft.variables, own, task.instance));
    if (unit !== undefined && unit !== task.locals?.unit)
      draft.tasks.set(key, { ...task, locals: { ...task.locals, unit } });
  }
}

/**
 * Assigns a unit's sheet to one of its people or teams. An entry of the case records it; the duty
 * stays with the unit.
 */
import { write } from '../../accountability/index.js';
import { assignmentProjector, readAssignment, type Assignee } from './index.js';
import { lockCases } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { amendCase } from '../amend-case.js';
import { caseOfTask, openTask, type TaskDeps } from '../tasks.js';
import { unitNamed } from '../../kernel/unit-name.js';

export interface Assigning {
  readonly actor: string;
  /** Units of the person who assigns. */
  readonly units: readonly string[];
  readonly recusedFrom: readonly string[];
  /** Null clears the assignment. */
  readonly to: Assignee | null;
}

/**
 * Assigns the sheet of one of the unit's tasks. Idempotent: repeating an assignment leaves no
 * entry.
 *
 * @throws {Refusal} `task.not-found`, `task.closed`; `task.not-yours` for a task of others
 */
export async function assignTask(
  deps: TaskDeps,
  id: string,
  { actor, units, recusedFrom, to }: Assigning,
): Promise<'now' | 'before'> {
  return deps.database.transaction(async (transaction) => {
    const files = await lockCases(transaction, [caseOfTask(id)]);
    const { no, task, element } = await openTask(deps, transaction, id, files);
    const unit = unitNamed(task.locals?.unit ?? files.get(caseOfTask(id))?.variables.unit) ?? '';
    if (task.role !== 'unit' || !units.includes(unit) || recusedFrom.includes(no)) {
      throw new Refusal('task.not-yours', `“${element.name}”不归 ${actor} 的单位办理`, {
        where: element.id,
        remedy: '只分派本单位、下级单位的待办',
      });
    }
    const place = { caseId: caseOfTask(id), unit };
    const before = await readAssignment(transaction, place);
    if (JSON.stringify(before?.to ?? null) === JSON.stringify(to)) return 'before';
    const at = deps.clock.now();
    const entry = { at, type: 'sheet.assigned', body: { unit, ...to }, actor };
    const { entries = [] } = await amendCase(deps, transaction, { id: place.caseId }, entry);
    await write(transaction, assignmentProjector, entries, { case_id: place.caseId });
    return 'now';
  });
}

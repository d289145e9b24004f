/** Writes the state of a case, and inserts and deletes its tasks and deadlines. */
import type { Transaction } from '../../platform/database/index.js';
import type { CaseFile, OpenDeadline, OpenTask } from '../execution/case-file.js';
import { levelOf } from '../execution/lights.js';
import type { Law, Laws, Light } from '../../kernel/law.js';
import { lightOf } from '../model/levels.js';
import type { BarredFrom, OuterLimitOf, PartiesOf } from '../ports.js';
import { pack } from './standing.js';

/** Sort columns of a case in lists. */
interface Place {
  readonly level: string | null;
  readonly light: Light;
  /** Minus infinity if the last limit has passed, so that it sorts before all others. */
  readonly limit_at: Date | '-infinity' | null;
  readonly lead_unit: string | null;
}

/** Sort data from the case's variables; the levels are those of the day's law. */
export interface Placing {
  readonly laws: Pick<Laws, 'today'>;
  readonly partiesOf?: PartiesOf | undefined;
  readonly outerLimitOf?: OuterLimitOf | undefined;
  readonly barredFrom?: BarredFrom | undefined;
}

export interface CaseChange {
  readonly before: CaseFile;
  readonly after: CaseFile;
}

/** One statement for all cases. A task or deadline is new if it is a different object than before. */
export function writeCases(transaction: Transaction, changes: readonly CaseChange[], placing: Placing): void {
  if (changes.length === 0) return;
  const law = placing.laws.today();
  const rows = {
    cases: [] as object[],
    tasks: [] as object[],
    goneTasks: [] as object[],
    deadlines: [] as object[],
    goneDeadlines: [] as object[],
  };
  const placed = changes.map(
    ({ before, after }) => [before, placeOf(before, placing), after, placeOf(after, placing)] as const,
  );
  for (const [before, was, after, place] of placed) {
    const { id, realm } = after;
    rows.cases.push({
      id,
      variables: after.variables,
      standing: pack(after),
      instances: after.instanceCount,
      ended_at: after.endedAt,
      ...place,
    });
    // Tasks repeat the case's sort columns, so that a worklist reads one table; if these change, all tasks are written.
    const stale = hasMoved(was, place)
      ? [...after.tasks.values()]
      : [...new Set([...fresh(before.tasks, after.tasks), ...ofOtherUnits(after)])];
    for (const task of stale) {
      const { openedAt, ...rest } = task;
      rows.tasks.push({
        ...rest,
        ...place,
        ...ownPlace(task, after, law),
        case_id: id,
        realm,
        opened_at: openedAt,
      });
    }
    for (const { instance, token, element } of gone(before.tasks, after.tasks)) {
      rows.goneTasks.push({ case_id: id, instance, token, element });
    }
    for (const deadline of fresh(before.deadlines, after.deadlines)) {
      const { dueAt, startedAt, reasons, limit, adjustments, ...rest } = deadline;
      rows.deadlines.push({
        ...rest,
        ...reasons,
        case_id: id,
        realm,
        due_at: dueAt,
        started_at: startedAt,
        is_limit: limit,
        adjustments: adjustments.length > 0 ? adjustments : null,
      });
    }
    for (const { instance, timer } of gone(before.deadlines, after.deadlines)) {
      rows.goneDeadlines.push({ case_id: id, instance, timer });
    }
  }
  const lists = Object.values(rows).map((list) => JSON.stringify(list));
  const ids = changes.map(({ after }) => after.id);
  // PostgreSQL may plan while the tables are empty; for a single id it then still uses the index.
  if (ids.length === 1) transaction.write('case-write-one', writeOneSql, [...lists, ids[0]]);
  else transaction.write('case-write', writeManySql, [...lists, ids]);
}

/** Ignores reminders, cards and paused limits. If a level is in effect while no limit runs, a limit has passed. */
function nearestLimit(deadlines: readonly OpenDeadline[], level: string | null): Place['limit_at'] {
  const limits = deadlines.filter(({ limit }) => limit);
  if (limits.length === 0) return level === null ? null : '-infinity';
  return limits.reduce<Date | null>(
    (nearest, { paused, dueAt }) =>
      paused ? nearest : nearest !== null && nearest < dueAt ? nearest : dueAt,
    null,
  );
}

function nearer(one: Place['limit_at'], other: Date | null): Place['limit_at'] {
  if (one === null || other === null) return one ?? other;
  return one === '-infinity' || one < other ? one : other;
}

/** The unit of a task that is repeated for several units, from the local variable `unit`. */
export const unitOf = ({ locals }: OpenTask): string | undefined =>
  typeof locals?.unit === 'string' ? locals.unit : undefined;

const ofOtherUnits = ({ tasks }: CaseFile): readonly OpenTask[] =>
  [...tasks.values()].filter((task) => unitOf(task) !== undefined);

const isAt = ({ instance, element }: OpenTask, of: { instance: number; host: string | null }): boolean =>
  of.instance === instance && of.host === element;

/**
 * A task of a unit other than the lead has its own limit and level, because neither unit answers
 * for the other's lateness.
 */
function ownPlace(task: OpenTask, { deadlines, lights }: CaseFile, law: Law): Place | undefined {
  const unit = unitOf(task);
  if (unit === undefined) return undefined;
  const level = levelOf(
    lights.filter((light) => isAt(task, light)),
    law,
  );
  const own = [...deadlines.values()].filter((deadline) => isAt(task, deadline));
  return { level, light: lightOf(level, law), limit_at: nearestLimit(own, level), lead_unit: unit };
}

export const placeOf = (file: CaseFile, { partiesOf, outerLimitOf, laws }: Placing): Place => {
  const law = laws.today();
  const others = ofOtherUnits(file);
  const level = levelOf(
    file.lights.filter((light) => !others.some((task) => isAt(task, light))),
    law,
  );
  const outer = file.endedAt ? null : (outerLimitOf?.(file.variables) ?? null);
  return {
    level,
    light: outer?.passed ? 'red' : lightOf(level, law),
    limit_at: nearer(
      nearestLimit(
        [...file.deadlines.values()].filter((one) => !others.some((task) => isAt(task, one))),
        file.endedAt ? null : level,
      ),
      outer?.at ?? null,
    ),
    lead_unit: partiesOf?.(file.variables).find(({ leads }) => leads)?.name ?? null,
  };
};

export const placeOfTask = (task: OpenTask, file: CaseFile, placing: Placing): Place =>
  ownPlace(task, file, placing.laws.today()) ?? placeOf(file, placing);

const hasMoved = (was: Place, is: Place): boolean =>
  was.level !== is.level ||
  was.light !== is.light ||
  was.lead_unit !== is.lead_unit ||
  was.limit_at?.valueOf() !== is.limit_at?.valueOf();

/** Whether the change writes a new or changed deadline. */
export const armsDeadlines = ({ before, after }: CaseChange): boolean =>
  fresh(before.deadlines, after.deadlines).length > 0;

function fresh<Key, Part>(before: ReadonlyMap<Key, Part>, after: ReadonlyMap<Key, Part>): Part[] {
  return [...after].flatMap(([key, part]) => (before.get(key) === part ? [] : [part]));
}

function gone<Key, Part>(before: ReadonlyMap<Key, Part>, after: ReadonlyMap<Key, Part>): Part[] {
  return [...before].flatMap(([key, part]) => (after.has(key) ? [] : [part]));
}

const writeSql = (among: string): string => `
  WITH cases AS (
    UPDATE process_case c
       SET variables = n.variables, standing = n.standing, instances = n.instances, ended_at = n.ended_at,
           level = n.level, limit_at = n.limit_at, lead_unit = n.lead_unit
      FROM json_to_recordset($1::json)
        AS n (id bigint, variables json, standing json, instances int, ended_at timestamptz, level text,
            limit_at timestamptz, lead_unit text)
     WHERE c.id = n.id AND c.id ${among}
  ), tasks AS (
    INSERT INTO task (case_id, instance, token, realm, process, element, name, role, locals, deeds, opened_at,
           level, light, limit_at, lead_unit)
    SELECT case_id, instance, token, realm, process, element, name, role, locals, deeds, opened_at,
           level, light, coalesce(limit_at, 'infinity'), lead_unit
      FROM json_to_recordset($2::json) AS n (case_id bigint, instance int, token text, realm text, process text,
           element text, name text, role text, locals json, deeds text[], opened_at timestamptz, level text,
           light text, limit_at timestamptz, lead_unit text)
    ON CONFLICT (case_id, instance, token, element) DO UPDATE SET name = excluded.name,
           role = excluded.role, locals = excluded.locals, deeds = excluded.deeds, opened_at = excluded.opened_at, level = excluded.level,
           light = excluded.light, limit_at = excluded.limit_at, lead_unit = excluded.lead_unit
  ), gone_tasks AS (
    DELETE FROM task t
     USING json_to_recordset($3::json) AS n (case_id bigint, instance int, token text, element text)
     WHERE t.case_id = n.case_id AND t.case_id ${among} AND t.instance = n.instance AND t.token = n.token AND t.element = n.element
  ), deadlines AS (
    INSERT INTO deadline (case_id, instance, timer, realm, element, host, level, due_at, started_at, fired,
           provisional, spec, derivation, claim_at, is_limit, paused, version, adjustments)
    SELECT case_id, instance, timer, realm, element, host, level, due_at, started_at, fired,
           provisional, spec, derivation, due_at, is_limit, paused, version, adjustments
      FROM json_to_recordset($4::json) AS n (case_id bigint, instance int, timer text, realm text, element text,
           host text, level text, due_at timestamptz, started_at timestamptz, fired int, provisional boolean,
           spec json, derivation json, is_limit boolean, paused boolean, version int, adjustments json)
    ON CONFLICT (case_id, instance, timer) DO UPDATE SET due_at = excluded.due_at, started_at = excluded.started_at,
           fired = excluded.fired, element = excluded.element, host = excluded.host, level = excluded.level,
           is_limit = excluded.is_limit, provisional = excluded.provisional, spec = excluded.spec,
           paused = excluded.paused, version = excluded.version, adjustments = excluded.adjustments,
           derivation = excluded.derivation, claim_at = excluded.claim_at
  )
  DELETE FROM deadline d
   USING json_to_recordset($5::json) AS n (case_id bigint, instance int, timer text)
   WHERE d.case_id = n.case_id AND d.case_id ${among} AND d.instance = n.instance AND d.timer = n.timer`;

const writeOneSql = writeSql('= $6::bigint');
const writeManySql = writeSql('= ANY($6::bigint[])');

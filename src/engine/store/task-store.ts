import type { Transaction } from '../../persistence/index.js';
import type { OpenTask, Realm } from '../execution/case-file.js';

/** Where a page of a worklist ends: its last row's place in the order of the list. */
export type TaskMark = readonly [
  limitAt: string,
  caseId: string,
  instance: number,
  token: string,
  element: string,
];

export interface WorklistFilter {
  readonly realm: Realm;
  /** Read as the viewer's role: their units' tasks only. */
  readonly fenced: boolean;
  readonly role?: string | undefined;
  /** Only tasks that somebody may do: those of these roles and those of none … */
  readonly doneBy?: Doer | undefined;
  readonly process?: string | undefined;
  readonly element?: string | undefined;
  /** Only of cases that this party leads. */
  readonly party?: string | undefined;
  /** Only of these cases, by business key. */
  readonly keys?: readonly string[] | undefined;
  /** Only of cases at one of these levels; null is none. */
  readonly levels?: readonly (string | null)[] | undefined;
}

export interface Doer {
  readonly roles: readonly string[];
  /** … of these roles only where one of these parties leads the case; null for all of them and for those of none. */
  readonly ofLed: readonly string[] | null;
  readonly parties: readonly string[];
}

export interface WorklistRow {
  readonly caseId: string;
  readonly businessKey: string;
  readonly task: OpenTask;
  readonly level: string | null;
  readonly mark: TaskMark;
}

interface TaskRow {
  case_id: string;
  business_key: string;
  instance: number;
  token: string;
  process: string;
  element: string;
  name: string;
  role: string | null;
  locals: OpenTask['locals'];
  opened_at: Date;
  level: string | null;
  limit_mark: string;
}

const order = 't.limit_at, t.case_id, t.instance, t.token, t.element';

/** Open tasks, those whose case is nearest to a limit that runs first; after the mark where there is one. */
export async function listTasks(
  transaction: Transaction,
  filter: WorklistFilter,
  page: { readonly limit: number; readonly after?: TaskMark | undefined },
): Promise<WorklistRow[]> {
  const { from, where, values } = questionOf(filter);
  const onward =
    page.after &&
    `(${order}) > ($${values.push(page.after[0])}::timestamptz, $${values.push(page.after[1])}::bigint,
      $${values.push(page.after[2])}::int, $${values.push(page.after[3])}, $${values.push(page.after[4])})`;
  // The limit is part of the text: PostgreSQL would plan for a tenth of all rows where it does not know it.
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.opened_at, t.level, t.limit_at::text AS limit_mark
       FROM (SELECT t.* FROM ${from} WHERE ${onward ? `${where} AND ${onward}` : where}
              ORDER BY ${order} LIMIT ${page.limit}) t
       JOIN hotline.process_case c ON c.id = t.case_id ORDER BY ${order}`,
    values,
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    businessKey: row.business_key,
    task: openTaskOf(row),
    level: row.level,
    mark: [row.limit_mark, row.case_id, row.instance, row.token, row.element],
  }));
}

/** How many tasks there are in each group of levels, counted as far as `most` + 1. */
export async function countTasks<Group extends string>(
  transaction: Transaction,
  filter: Omit<WorklistFilter, 'levels'>,
  groups: Readonly<Record<Group, readonly (string | null)[]>>,
  most: number,
): Promise<Record<Group, number>> {
  const { from, where, values } = questionOf(filter);
  const counts = (Object.keys(groups) as Group[]).map(
    (group) => `(SELECT count(*) FROM (SELECT FROM ${from}
       WHERE ${where} AND ${atLevels(groups[group], values)} LIMIT ${most + 1}) one) AS "${group}"`,
  );
  const [row] = await transaction.query<Record<Group, number>>(`SELECT ${counts.join(', ')}`, values);
  if (!row) throw new Error('the database answered no row');
  return row;
}

/** What is not asked for is left out: a plan for any value could use neither index, of limits nor of duties. */
function questionOf(filter: WorklistFilter) {
  const { realm, fenced, role, doneBy, process, element, party, keys, levels } = filter;
  const values: unknown[] = [];
  const clauses = [realm === 'live' ? "t.realm = 'live'" : "t.realm = 'replay'"];
  const ask = (value: unknown, clause: (parameter: string) => string): void => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`));
  };
  const led = (parties: string): string =>
    `t.case_id IN (SELECT p.case_id FROM hotline.case_party p WHERE p.is_open AND p.leads AND p.party = ANY (${parties}::text[]))`;
  ask(role, (its) => `t.role = ${its}`);
  ask(process, (its) => `t.process = ${its}`);
  ask(element, (its) => `t.element = ${its}`);
  ask(party && [party], led);
  ask(
    keys,
    (its) =>
      `t.case_id IN (SELECT c.id FROM hotline.process_case c WHERE c.business_key = ANY (${its}::text[]))`,
  );
  if (doneBy) clauses.push(doableBy(doneBy, led, values));
  if (levels) clauses.push(atLevels(levels, values));
  return { from: fenced ? 'hotline.seen_task t' : 'hotline.task t', where: clauses.join(' AND '), values };
}

function doableBy(
  { roles, ofLed, parties }: Doer,
  led: (parties: string) => string,
  values: unknown[],
): string {
  const ofRole = (asked: readonly string[]): string => `t.role = ANY ($${values.push([...asked])}::text[])`;
  const ofTheirs = (): string => led(`$${values.push([...parties])}`);
  if (ofLed === null) return `(t.role IS NULL OR ${ofRole(roles)}) AND ${ofTheirs()}`;
  const free = roles.filter((one) => !ofLed.includes(one));
  const bound = roles.filter((one) => ofLed.includes(one));
  const unbound = `t.role IS NULL OR ${ofRole(free)}`;
  return bound.length === 0 ? `(${unbound})` : `(${unbound} OR (${ofRole(bound)} AND ${ofTheirs()}))`;
}

function atLevels(levels: readonly (string | null)[], values: unknown[]): string {
  const named = `t.level = ANY ($${values.push(levels.filter((level) => level !== null))}::text[])`;
  return levels.includes(null) ? `(t.level IS NULL OR ${named})` : named;
}

function openTaskOf(row: TaskRow): OpenTask {
  return {
    instance: row.instance,
    token: row.token,
    process: row.process,
    element: row.element,
    name: row.name,
    role: row.role,
    locals: row.locals,
    openedAt: row.opened_at,
  };
}

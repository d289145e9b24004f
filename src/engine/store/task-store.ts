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
  readonly light?: Light | undefined;
}

/** Normal is no level or a reminder, red a red card and all that follows from it. */
export const lights = ['red', 'yellow', 'normal'] as const;
export type Light = (typeof lights)[number];

export interface Doer {
  readonly roles: readonly string[];
  /** … of these roles only where one of the parties leads the case; null, for a viewer, of all and of none. */
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
  const { from, where, values, parts } = questionOf(filter);
  const onward = page.after
    ? ` AND (${order}) > ($${values.push(page.after[0])}::timestamptz, $${values.push(page.after[1])}::bigint,
      $${values.push(page.after[2])}::int, $${values.push(page.after[3])}, $${values.push(page.after[4])})`
    : '';
  // The limit is part of the text: PostgreSQL would plan for a tenth of all rows where it does not know it.
  const first = `ORDER BY ${order} LIMIT ${page.limit}`;
  const nearest = parts
    ? `SELECT t.* FROM ${parts} CROSS JOIN LATERAL (SELECT t.* FROM ${from} WHERE ${where}${onward} ${first}) t ${first}`
    : `SELECT t.* FROM ${from} WHERE ${where}${onward} ${first}`;
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.opened_at, t.level, t.limit_at::text AS limit_mark
       FROM (${nearest}) t JOIN hotline.process_case c ON c.id = t.case_id ORDER BY ${order}`,
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

/**
 * How many tasks there are at each light. Counted as far as `most` + 1, but for a viewer, whose units' tasks are read
 * whole in one go.
 */
export async function countTasks(
  transaction: Transaction,
  filter: Omit<WorklistFilter, 'light'>,
  most: number,
): Promise<Record<Light, number>> {
  const sum = (light: Light): string => {
    if (filter.fenced) return `count(*) FILTER (WHERE t.light = '${light}')`;
    const { from, where, parts } = questionOf({ ...filter, light });
    const upTo = `(SELECT FROM ${from} WHERE ${where} LIMIT ${most + 1})`;
    const rows = parts ? `${parts} CROSS JOIN LATERAL ${upTo} t` : `${upTo} one`;
    return `(SELECT count(*) FROM (SELECT FROM ${rows} LIMIT ${most + 1}) one)`;
  };
  const { from, where, values } = questionOf(filter);
  const [row] = await transaction.query<Record<Light, number>>(
    `SELECT ${lights.map((light) => `${sum(light)} AS "${light}"`).join(', ')}
       ${filter.fenced ? `FROM ${from} WHERE ${where}` : ''}`,
    values,
  );
  if (!row) throw new Error('the database answered no row');
  return row;
}

/**
 * What is not asked for is left out: a plan for any value could use no index. Where the duties are known, the question
 * falls into parts, one a duty and light, each of which is a stretch of one index.
 */
function questionOf(filter: WorklistFilter) {
  const { realm, fenced, role, doneBy, process, element, party, keys, light } = filter;
  const values: unknown[] = [];
  const clauses = [realm === 'live' ? "t.realm = 'live'" : "t.realm = 'replay'"];
  const ask = (value: unknown, clause: (parameter: string) => string): void => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`));
  };
  const led = (parties: string): string =>
    `t.case_id IN (SELECT p.case_id FROM hotline.case_party p WHERE p.is_open AND p.leads AND p.party = ANY (${parties}::text[]))`;
  ask(process, (its) => `t.process = ${its}`);
  ask(element, (its) => `t.element = ${its}`);
  ask(party && [party], led);
  ask(
    keys,
    (its) =>
      `t.case_id IN (SELECT c.id FROM hotline.process_case c WHERE c.business_key = ANY (${its}::text[]))`,
  );
  const duties = partsOf(filter);
  if (!duties) {
    ask(role, (its) => `t.duty = ${its}`);
    if (doneBy) clauses.push(doableBy(doneBy, led, values));
    if (light) clauses.push(`t.light = '${light}'`);
  }
  const parts =
    duties &&
    `unnest($${values.push([...duties])}::text[]) its_duty
     CROSS JOIN unnest('{${(light ? [light] : lights).join(',')}}'::text[]) its_light`;
  if (parts) clauses.push('t.duty = its_duty', 't.light = its_light');
  return {
    from: fenced ? 'hotline.seen_task t' : 'hotline.task t',
    where: clauses.join(' AND '),
    values,
    parts,
  };
}

/** The duties that the question is about, where whoever leads the case does not matter; else undefined. */
function partsOf({ fenced, role, doneBy }: WorklistFilter): readonly string[] | undefined {
  if (fenced) return undefined;
  if (!doneBy) return role === undefined ? undefined : [role];
  if (doneBy.ofLed === null || doneBy.roles.some((one) => doneBy.ofLed?.includes(one))) return undefined;
  const duties = [...new Set([...doneBy.roles, ''])];
  return role === undefined ? duties : duties.filter((one) => one === role);
}

function doableBy(
  { roles, ofLed, parties }: Doer,
  led: (parties: string) => string,
  values: unknown[],
): string {
  const ofDuty = (asked: readonly string[]): string => `t.duty = ANY ($${values.push([...asked])}::text[])`;
  // A viewer's own view says whose the case is to lead.
  if (ofLed === null) return `${ofDuty([...roles, ''])} AND t.led`;
  const free = ofDuty([...roles.filter((one) => !ofLed.includes(one)), '']);
  const bound = roles.filter((one) => ofLed.includes(one));
  if (bound.length === 0) return free;
  return `(${free} OR (${ofDuty(bound)} AND ${led(`$${values.push([...parties])}`)}))`;
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

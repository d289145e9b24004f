import type { Transaction } from '../../platform/database/index.js';
import type { OpenTask, Realm } from '../execution/case-file.js';

/** Cursor of a worklist: its last row's position in the order of the list. */
export type TaskMark = readonly [
  /** Sort text of an order by text, else empty. */
  key: string,
  limitAt: string,
  caseId: string,
  instance: number,
  token: string,
  element: string,
];

export interface WorklistFilter {
  readonly realm: Realm;
  /** True: reads with the viewer's rights, so only tasks of their units. */
  readonly fenced: boolean;
  readonly role?: string | undefined;
  /** Set: only tasks of these roles and those without a role … */
  readonly doneBy?: Doer | undefined;
  readonly process?: string | undefined;
  readonly element?: string | undefined;
  /** Set: only cases whose leading unit has this name, without spaces. */
  readonly party?: string | undefined;
  /** Set: only these cases, by business key. */
  readonly keys?: readonly string[] | undefined;
  readonly light?: Light | undefined;
  /** Further conditions on a task `t`, as SQL from the modules that own the data. */
  readonly further?: readonly SqlCondition[] | undefined;
}

/**
 * `due`: nearest running limit first; `oldest`, `newest`: by the case's beginning; or by a text of
 * a task `t`, as SQL from the module that owns it. An order by text reads everything it sorts, so
 * use it only if the filter leaves few tasks.
 */
export type TaskOrder = 'due' | 'oldest' | 'newest' | { readonly text: string };

/** @param bind adds a parameter and returns its placeholder */
export type SqlCondition = (bind: (value: unknown) => string) => string;

/** Normal: no level, or a reminder; red: a red card or any higher level. */
export const lights = ['red', 'yellow', 'normal'] as const;
export type Light = (typeof lights)[number];

export interface Doer {
  readonly roles: readonly string[];
  /**
   * … of these roles only if one of the parties leads the case. Null: all, with or without a lead;
   * this needs a viewer.
   */
  readonly ofLed: readonly string[] | null;
  readonly parties: readonly string[];
  /** Tasks of these roles only if they are one of the parties' own. Few tasks have them. */
  readonly ofOwn?: readonly string[];
}

export interface WorklistRow {
  readonly caseId: string;
  readonly businessKey: string;
  readonly task: OpenTask;
  readonly level: string | null;
  readonly unit: string | null;
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
  deeds: string[];
  opened_at: Date;
  level: string | null;
  lead_unit: string | null;
  limit_mark: string;
  sort_key: string;
}

/** Columns of an order with their types; `-` means descending. */
const place = ['case_id bigint', 'instance int', 'token text', 'element text'];
const orders = {
  due: ['limit_at timestamptz', ...place],
  oldest: place,
  newest: place,
  text: ['sort_key text', 'limit_at timestamptz', ...place],
} as const;
const marked = ['sort_key', 'limit_at', 'case_id', 'instance', 'token', 'element'];

/** Open tasks after the cursor, in the requested order. */
export async function listTasks(
  transaction: Transaction,
  filter: WorklistFilter,
  page: {
    readonly limit: number;
    readonly after?: TaskMark | undefined;
    readonly order?: TaskOrder | undefined;
  },
): Promise<WorklistRow[]> {
  const { order = 'due', after } = page;
  // The first and last cases are found through the key of all tasks, unless the viewer's units have
  // few of them.
  const split = typeof order === 'object' || order === 'due' || filter.fenced;
  const { from, where, values, parts } = questionOf(filter, split ? partsOf(filter) : undefined);
  const columns = orders[typeof order === 'object' ? 'text' : order].map((one) => one.split(' '));
  const backward = order === 'newest';
  const onward = after
    ? ` WHERE (${columns.map(([name]) => `t.${name}`).join(', ')}) ${backward ? '<' : '>'} (${columns
        .map(([name = '', type]) => `$${values.push(after[marked.indexOf(name)])}::${type}`)
        .join(', ')})`
    : '';
  const sorted = `ORDER BY ${columns.map(([name]) => `t.${name}${backward ? ' DESC' : ''}`).join(', ')}`;
  // The limit is inlined: otherwise PostgreSQL would plan for a tenth of all rows.
  const first = `${sorted} LIMIT ${page.limit}`;
  const key = typeof order === 'object' ? `coalesce((${order.text}), '')` : `''`;
  const found = `SELECT t.* FROM (SELECT t.*, ${key} AS sort_key FROM ${from} WHERE ${where}) t${onward} ${first}`;
  const firstOnes = parts ? `SELECT t.* FROM ${parts} CROSS JOIN LATERAL (${found}) t ${first}` : found;
  const rows = await transaction.query<TaskRow>(
    `SELECT t.case_id::text AS case_id, c.business_key, t.instance, t.token, t.process, t.element, t.name, t.role,
            t.locals, t.deeds, t.opened_at, t.level, t.lead_unit, t.limit_at::text AS limit_mark, t.sort_key
       FROM (${firstOnes}) t JOIN process_case c ON c.id = t.case_id ${sorted}`,
    values,
  );
  return rows.map((row) => ({
    caseId: row.case_id,
    businessKey: row.business_key,
    task: openTaskOf(row),
    level: row.level,
    unit: row.lead_unit,
    mark: [row.sort_key, row.limit_mark, row.case_id, row.instance, row.token, row.element],
  }));
}

/** Counts open tasks by light, each up to `most` + 1; exactly for a viewer of units, whose tasks are read at once. */
export async function countTasks(
  transaction: Transaction,
  filter: Omit<WorklistFilter, 'light'>,
  most: number,
): Promise<Record<Light, number>> {
  const inOneGo = filter.fenced && !partsOf(filter);
  const sum = (light: Light): string => {
    if (inOneGo) return `count(*) FILTER (WHERE t.light = '${light}')`;
    const { from, where, parts } = countingOf({ ...filter, light });
    const upTo = `(SELECT FROM ${from} WHERE ${where} LIMIT ${most + 1})`;
    const rows = parts ? `${parts} CROSS JOIN LATERAL ${upTo} t` : `${upTo} one`;
    return `(SELECT count(*) FROM (SELECT FROM ${rows} LIMIT ${most + 1}) one)`;
  };
  const { from, where, values } = countingOf(filter);
  const [row] = await transaction.query<Record<Light, number>>(
    `SELECT ${lights.map((light) => `${sum(light)} AS "${light}"`).join(', ')}
       ${inOneGo ? `FROM ${from} WHERE ${where}` : ''}`,
    values,
  );
  if (!row) throw new Error('the database answered no row');
  return row;
}

/**
 * Counts through the owner's view, because row-level security would be evaluated for every row. The
 * query is not split into parts: PostgreSQL knows the frequency of an inlined duty, whereas for one
 * to be looked up it would expect half of all tasks and scan them once per part.
 */
function countingOf(filter: WorklistFilter): ReturnType<typeof questionOf> {
  return filter.fenced
    ? questionOf(filter, partsOf(filter))
    : { ...questionOf(filter, undefined), from: 'every_task t' };
}

/**
 * Contains only the requested conditions, because a plan for any value could not use an index. If
 * the duties are known, the query is split into parts, one per duty and light, and per unit if it
 * must lead; each part is a range of one index.
 */
function questionOf(filter: WorklistFilter, parts: Parts | undefined) {
  const { realm, fenced, role, doneBy, process, element, party, keys, light, further = [] } = filter;
  const values: unknown[] = [];
  const clauses = [realm === 'live' ? "t.realm = 'live'" : "t.realm = 'replay'"];
  const ask = (value: unknown, clause: (parameter: string) => string): void => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`));
  };
  ask(process, (its) => `t.process = ${its}`);
  ask(element, (its) => `t.element = ${its}`);
  ask(party, (its) => `t.lead_unit = ${its}`);
  ask(keys, (its) =>
    fenced
      ? `t.case_id IN (SELECT p.case_id FROM visible_party p WHERE p.business_key = ANY (${its}::text[]))`
      : `t.case_id IN (SELECT c.id FROM process_case c WHERE c.business_key = ANY (${its}::text[]))`,
  );
  if (doneBy?.ofOwn)
    clauses.push(
      `(t.duty <> ALL ($${values.push([...doneBy.ofOwn])}::text[]) OR t.lead_unit = ANY ($${values.push([...doneBy.parties])}::text[]))`,
    );
  for (const condition of further) clauses.push(condition((value) => `$${values.push(value)}`));
  if (!parts) {
    ask(role, (its) => `t.duty = ${its}`);
    if (doneBy) clauses.push(doableBy(doneBy, values));
    if (light) clauses.push(`t.light = '${light}'`);
    return { from: tableOf(filter), where: clauses.join(' AND '), values, parts };
  }
  const each = (name: string, of: string): string => {
    clauses.push(`t.${name} = its_${name}`);
    return `unnest(${of}::text[]) its_${name}`;
  };
  const lists = [
    each('duty', `$${values.push([...parts.duties])}`),
    each('light', `'{${(light ? [light] : lights).join(',')}}'`),
  ];
  if (parts.units) lists.push(each('lead_unit', `$${values.push([...parts.units])}`));
  return { from: tableOf(filter), where: clauses.join(' AND '), values, parts: lists.join(' CROSS JOIN ') };
}

/** A viewer's view of all their units' cases, or of those they lead. */
const tableOf = ({ fenced, doneBy }: WorklistFilter): string =>
  !fenced ? 'task t' : doneBy?.ofLed === null ? 'lead_unit_task t' : 'visible_task t';

interface Parts {
  readonly duties: readonly string[];
  /** Units whose led cases count; undefined if all cases count. */
  readonly units?: readonly string[];
}

/** Undefined if the query is not by duties alone, or starts from a few cases. */
function partsOf({ fenced, role, doneBy, keys }: WorklistFilter): Parts | undefined {
  if (keys) return undefined;
  if (!doneBy) return role === undefined || fenced ? undefined : { duties: [role] };
  const { roles, ofLed, parties } = doneBy;
  const all = [...new Set([...roles, ''])];
  const duties = role === undefined ? all : all.filter((one) => one === role);
  if (ofLed === null) return { duties, units: parties };
  return fenced || roles.some((one) => ofLed.includes(one)) ? undefined : { duties };
}

function doableBy({ roles, ofLed, parties }: Doer, values: unknown[]): string {
  const ofDuty = (asked: readonly string[]): string => `t.duty = ANY ($${values.push([...asked])}::text[])`;
  // In a viewer's view, the lead unit is a column.
  if (ofLed === null) return ofDuty([...roles, '']);
  const free = ofDuty([...roles.filter((one) => !ofLed.includes(one)), '']);
  const bound = roles.filter((one) => ofLed.includes(one));
  if (bound.length === 0) return free;
  return `(${free} OR (${ofDuty(bound)} AND t.lead_unit = ANY ($${values.push([...parties])}::text[])))`;
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
    deeds: row.deeds,
    openedAt: row.opened_at,
  };
}

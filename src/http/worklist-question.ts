/** The query behind a viewer's worklist and its export. */
import type { z } from 'zod';
import type { Assignment } from '../cases/assignment/index.js';
import type { TaskOrder, WorklistFilter, WorklistRow } from '../engine/index.js';
import type { Principal } from '../identity/index.js';
import { Refusal } from '../kernel/index.js';
import type { Database } from '../platform/database/index.js';
import type { sorts, worklistQuery } from './contract/task.js';
import type { HttpDeps } from './deps.js';
import { doerOf, forViewer, seesCallers } from './sight.js';
import { conditionsOf, textOrders } from './store/worklist-conditions.js';
import { unitNamed } from '../kernel/unit-name.js';

/** Most sheets of a search that are examined for tasks. */
const mostFound = 1000;

type Choice = Omit<z.output<typeof worklistQuery>, 'limit' | 'cursor'>;

interface Question {
  /** Access restricted to the viewer's rows. */
  readonly database: Database;
  /** Filter for tasks of all lights. */
  readonly base: WorklistFilter;
  readonly filter: WorklistFilter;
  /** Filters of `base` beyond the task's own columns. */
  readonly narrowed: Parameters<typeof conditionsOf>[0];
  readonly order: TaskOrder;
  /** True if more sheets match the search than are examined. */
  readonly isCut: boolean;
}

/** @throws {Refusal} `input.invalid` for an order that would sort the tasks of all units */
export async function worklistQuestion(
  deps: HttpDeps,
  viewer: Principal,
  { light, scope, unit, q, sort, ...rest }: Choice,
): Promise<Question> {
  const order = orderOf(sort, viewer, unit);
  const { channel, kind, district, language, class: code, assigned, assignee, members, ...asked } = rest;
  const whom = assigned === 'nobody' ? null : assigned === 'mine' ? viewer.actor : assignee;
  const languages = language === 'mine' ? viewer.languages : language === undefined ? undefined : [language];
  const narrowed = { channel, kind, district, languages, class: code, assignee: whom, members };
  const { database } = forViewer(deps, viewer);
  const base: WorklistFilter = {
    ...asked,
    fenced: viewer.sight.kind === 'units',
    doneBy: doerOf(viewer, scope),
    party: unitNamed(unit),
    further: conditionsOf(narrowed),
    keys:
      q === undefined
        ? undefined
        : await database.transaction((transaction) =>
            deps.sheets.search(transaction, q, {
              most: mostFound,
              openOnly: true,
              callers: seesCallers(viewer),
            }),
          ),
  };
  return {
    database,
    base,
    filter: light === 'all' ? base : { ...base, light },
    narrowed,
    order,
    isCut: base.keys?.length === mostFound,
  };
}

/** The person or team of its unit to whom a task's sheet is assigned. */
export function assigneeOf({ caseId, unit }: WorklistRow, assignments: readonly Assignment[]): string | null {
  const to = assignments.find((one) => one.caseId === caseId && one.unit === unit)?.to;
  return to === undefined ? null : 'person' in to ? to.person : to.team;
}

function orderOf(sort: (typeof sorts)[number], { sight }: Principal, unit: string | undefined): TaskOrder {
  if (sort === 'due' || sort === 'oldest' || sort === 'newest') return sort;
  if (sight.kind === 'all' && unit === undefined) {
    throw new Refusal('input.invalid', '按属地、分类、分派排序，只用于看一个单位的待办', {
      where: 'sort',
      remedy: '先以主办单位筛选，或者改按期限、受理先后排序',
    });
  }
  return textOrders[sort];
}

/**
 * Compares cases with the trail: each row by the digest of its state, and the copies of that state
 * (sort columns, tasks, deadlines).
 */
import { timeFact as time, unlikeRows, type Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  deadlineKey,
  taskKey,
  type CaseFile,
  type OpenDeadline,
  type OpenTask,
} from '../execution/case-file.js';
import { placeOf, placeOfTask, type Placing } from './case-changes.js';
import { partiesIn } from './case-parties.js';
import { stateDigest } from './case-state.js';
import { loadCasesByKey } from './case-store.js';

/** Tables that `differingCases` compares. */
export const caseTables = ['process_case', 'task', 'deadline', 'case_party', 'case_barred'] as const;

export interface RowDifference {
  readonly table: string;
  /** The case's business key. */
  readonly row: string;
  /** In Chinese: the stored and the expected value. */
  readonly detail: string;
}

/** @param states the last recorded digests by business key */
export async function differingCases(
  transaction: Transaction,
  states: ReadonlyMap<string, string>,
  placing: Placing,
): Promise<readonly RowDifference[]> {
  const files = await loadCasesByKey(transaction, [...states.keys()]);
  const differences: RowDifference[] = [];
  const sound: CaseFile[] = [];
  for (const [row, state] of states) {
    const file = files.get(row);
    if (file && stateDigest(file) === state) sound.push(file);
    else {
      const detail = file
        ? '办理的现状（所填所答、停留的环节、期限、结束的时刻）不是轨迹所记的'
        : '这一行不见了';
      differences.push({ table: 'process_case', row, detail });
    }
  }
  const ids = [sound.map(({ id }) => id)];
  const tables = [
    ['process_case', caseSql, (file: CaseFile) => [caseFacts(file, placing)]],
    [
      'task',
      taskSql,
      (file: CaseFile) => Array.from(file.tasks.values(), (task) => taskFacts(task, file, placing)),
    ],
    ['deadline', deadlineSql, (file: CaseFile) => Array.from(file.deadlines.values(), deadlineFacts)],
    ['case_party', partySql, (file: CaseFile) => partyFacts(file, placing)],
    ['case_barred', barredSql, (file: CaseFile) => barredFacts(file, placing)],
  ] as const;
  for (const [table, sql, expected] of tables) {
    const found = byCase(await transaction.query<FactRow>(sql, ids));
    for (const file of sound) {
      const is = found.get(file.id) ?? new Map<string, Facts>();
      for (const [name, what] of unlikeRows(is, new Map(expected(file))))
        differences.push({ table, row: file.businessKey, detail: `${name}：${what}` });
    }
  }
  return differences;
}

/** Cases without a trail, and tasks and deadlines without a case; at most a hundred of each table. */
export async function strayCases(transaction: Transaction): Promise<readonly RowDifference[]> {
  const found = await transaction.query<{ table: string; row: string }>(
    `(SELECT 'process_case' AS table, c.business_key AS row FROM process_case c
       WHERE NOT EXISTS (SELECT FROM recorded_entry e WHERE e.stream = c.business_key AND e.seq = 1) LIMIT 100)
     UNION ALL
     (SELECT 'task', t.case_id || ' ' || t.element FROM task t
       WHERE NOT EXISTS (SELECT FROM process_case c WHERE c.id = t.case_id) LIMIT 100)
     UNION ALL
     (SELECT 'deadline', d.case_id || ' ' || d.element FROM deadline d
       WHERE NOT EXISTS (SELECT FROM process_case c WHERE c.id = d.case_id) LIMIT 100)`,
  );
  return found.map((one) => ({ ...one, detail: '是多出来的' }));
}

interface FactRow {
  readonly id: string;
  readonly key: string;
  readonly facts: Facts;
}

function byCase(rows: readonly FactRow[]): ReadonlyMap<string, ReadonlyMap<string, Facts>> {
  const cases = new Map<string, Map<string, Facts>>();
  for (const { id, key, facts } of rows)
    cases.set(id, (cases.get(id) ?? new Map<string, Facts>()).set(key, facts));
  return cases;
}

const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint::text`;

/** Value of the column limit_at without a limit: null in a case, infinity in a task. */
const limitFact = (limit: ReturnType<typeof placeOf>['limit_at']): string | null =>
  limit === '-infinity' ? '已过' : time(limit);
const limitSql = `CASE WHEN limit_at = '-infinity' THEN '已过' WHEN isfinite(limit_at) THEN ${milliseconds('limit_at')} END`;

const caseFacts = (file: CaseFile, placing: Placing): [string, Facts] => {
  const { level, limit_at: limit, lead_unit: unit } = placeOf(file, placing);
  return ['工单', { 级别: level, 界限: limitFact(limit), 主办单位: unit }];
};
const caseSql = `
  SELECT id::text AS id, '工单' AS key, json_build_object('级别', level, '界限', ${limitSql}, '主办单位', lead_unit) AS facts
    FROM process_case WHERE id = ANY ($1::bigint[])`;

const taskFacts = (task: OpenTask, file: CaseFile, placing: Placing): [string, Facts] => {
  const { level, light, limit_at: limit, lead_unit: unit } = placeOfTask(task, file, placing);
  return [
    `待办 ${taskKey(task)}`,
    {
      名称: task.name,
      岗位: task.role,
      开始: time(task.openedAt),
      行为: task.deeds.join(' '),
      级别: level,
      亮灯: light,
      界限: limitFact(limit),
      单位: unit,
    },
  ];
};
const taskSql = `
  SELECT case_id::text AS id, '待办 ' || instance || '/' || token || '/' || element AS key,
         json_build_object('名称', name, '岗位', role, '开始', ${milliseconds('opened_at')}, '行为', array_to_string(deeds, ' '),
           '级别', level, '亮灯', light, '界限', ${limitSql},
           '单位', lead_unit) AS facts
    FROM task WHERE case_id = ANY ($1::bigint[])`;

const partyFacts = (file: CaseFile, { partiesOf, barredFrom }: Placing): [string, Facts][] =>
  (partiesOf ? partiesIn(file, partiesOf, barredFrom) : []).map(({ name, leads }) => [
    `承办单位 ${name}`,
    { 主办: String(leads), 在办: String(file.endedAt === null) },
  ]);
const partySql = `
  SELECT case_id::text AS id, '承办单位 ' || party AS key,
         json_build_object('主办', leads::text, '在办', is_open::text) AS facts
    FROM case_party WHERE case_id = ANY ($1::bigint[])`;

const barredFacts = (file: CaseFile, { barredFrom }: Placing): [string, Facts][] =>
  (barredFrom?.(file.variables) ?? []).map((name) => [`须回避的单位 ${name}`, {}]);
const barredSql = `
  SELECT case_id::text AS id, '须回避的单位 ' || party AS key, '{}'::json AS facts
    FROM case_barred WHERE case_id = ANY ($1::bigint[])`;

const deadlineFacts = (one: OpenDeadline): [string, Facts] => [
  `期限 ${deadlineKey(one.instance, one.timer)}`,
  {
    环节: one.element,
    级别: one.level,
    届满: time(one.dueAt),
    起算: time(one.startedAt),
    已到: String(one.fired),
    暂定: String(one.provisional),
    法定: String(one.limit),
    暂停: String(one.paused),
    变动: String(one.version),
  },
];
const deadlineSql = `
  SELECT case_id::text AS id, '期限 ' || instance || '/' || timer AS key,
         json_build_object('环节', element, '级别', level, '届满', ${milliseconds('due_at')}, '起算', ${milliseconds('started_at')},
           '已到', fired::text, '暂定', provisional::text, '法定', is_limit::text, '暂停', paused::text,
           '变动', version::text) AS facts
    FROM deadline WHERE case_id = ANY ($1::bigint[])`;

import type { Proof } from './proof.js';

/** A finding of a check. Texts are Chinese; an `error` blocks, a `warning` needs a reason. */
export interface Finding {
  readonly rule: RuleName | TableRuleName;
  readonly severity: 'error' | 'warning';
  /** Id of the element, or of a table's rule or column; else the id of the process or table, or `?`. */
  readonly element: string;
  /** The provision's label; `—` for faults of notation. */
  readonly article: string;
  readonly message: string;
  /** What to do, in one line. */
  readonly fix: string;
  /** A path on which a case meets the fault, if one exists. */
  readonly proof?: Proof;
  /**
   * For a finding about values: ids of the elements that restricted them. No run can show something
   * that never happens.
   */
  readonly decidedBy?: readonly string[];
}

export const ruleNames = [
  'well-formed',
  'sound',
  'norm-coverage',
  'response',
  'precedence',
  'deadline',
  'escalation',
  'permission',
  'separation',
  'personal-data',
  'evidence',
  'executable',
  'scenarios',
  'replayed-cases',
  'running-cases',
  'deeds',
  'names',
  'conditions',
  'exits',
  'listeners',
  'dead-conditions',
  'behaviour',
] as const;

const ruleTitles: { readonly [Rule in RuleName]: string } = {
  'well-formed': '读得懂',
  sound: '走得完',
  'norm-coverage': '义务有着落',
  response: '必有回应',
  precedence: '先后',
  deadline: '期限不宽于法',
  escalation: '期满有升级',
  permission: '可以不是必须',
  separation: '分离与回避',
  'personal-data': '个人信息',
  evidence: '凭据',
  executable: '能执行',
  scenarios: '情景',
  'replayed-cases': '回放',
  'running-cases': '在办工单',
  deeds: '行为做得到',
  names: '变量有来处',
  conditions: '条件成立得了',
  exits: '出口周全',
  listeners: '有抛有接',
  'dead-conditions': '条件轮得到',
  behaviour: '做到的还做得到',
};

export type RuleName = (typeof ruleNames)[number];

/** Rules of decision tables (decisions/). */
const tableRuleTitles = {
  'table-readable': '表读得懂',
  'table-words': '表里的话',
  'table-gaps': '没有缺口',
  'table-overlaps': '没有重叠',
  'table-turns': '行行轮得到',
  'table-calls': '有环节用它',
} as const;

export type TableRuleName = keyof typeof tableRuleTitles;

export const titleOfRule = (rule: Finding['rule']): string =>
  rule in tableRuleTitles ? tableRuleTitles[rule as TableRuleName] : ruleTitles[rule as RuleName];

export interface CheckReport {
  /** True if there are no errors. */
  readonly publishable: boolean;
  readonly findings: readonly Finding[];
}

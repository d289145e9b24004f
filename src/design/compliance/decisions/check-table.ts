/**
 * Runs all rules on one decision table. It is pure and gives the same result in browser, server and
 * command line. It never throws; anything it cannot read or decide becomes a finding.
 */
import { faultsOf, parseDecision, type DecisionTable } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';
import { replayedCases } from '../checks/replayed-cases.js';
import { behaviour } from '../checks/behaviour.js';
import { scenarios } from '../checks/scenarios.js';
import { digestOf } from '../digest.js';
import { readOnce, tablesIn } from '../check-diagram.js';
import type { CheckContext } from '../context.js';
import type { CheckReport, Finding, TableRuleName } from '../finding.js';
import { calls } from './calls.js';
import { gaps } from './gaps.js';
import { overlaps } from './overlaps.js';
import { registered } from './registered.js';
import { subjectOf, type TableFinding, type TableRule } from './subject.js';
import { turns } from './turns.js';
import { words } from './words.js';

const rules: readonly (readonly [TableRuleName, TableRule])[] = [
  ['table-words', words],
  ['table-words', registered],
  ['table-gaps', gaps],
  ['table-overlaps', overlaps],
  ['table-turns', turns],
  ['table-calls', calls],
];

/** A finding in a table, with an example row: one text per input, undefined for any value. */
export interface FindingInTable extends Finding {
  readonly example?: readonly (string | undefined)[];
}

export interface TableReport extends CheckReport {
  readonly findings: readonly FindingInTable[];
  /** Undefined if the table could not be read. */
  readonly table?: DecisionTable;
}

/** @param source XML as text or bytes */
export async function examineTable(source: string | Uint8Array, context: CheckContext): Promise<TableReport> {
  let table: DecisionTable;
  try {
    table = await parseDecision(source);
  } catch (cause) {
    return { ...reportOf([unreadable(cause)]) };
  }
  const unread = faultsOf(table).map((found) => told('table-readable', found));
  if (unread.length > 0) return { ...reportOf(unread), table };
  const models = (await Promise.all(context.inForce.map(readOnce))).flat();
  const findings: FindingInTable[] = [];
  const say = (rule: Finding['rule']) => (found: TableFinding) => findings.push(told(rule, found));
  const subject = subjectOf(table, models, await tablesIn(context.tables), context);
  for (const [name, rule] of rules) rule(subject, say(name));
  if (context.reports !== undefined || context.stage === 'submission') {
    const tried = { context, process: table.key, sha256: await digestOf(source) };
    const element = ({ element: at }: { readonly element: unknown }): string =>
      typeof at === 'string' ? at : table.key;
    for (const [name, rule] of ofReports)
      rule(tried, (said) => findings.push({ ...told(name, { ...said, element: element(said) }) }));
  }
  return { ...reportOf(findings), table };
}

const ofReports = [
  ['scenarios', scenarios],
  ['behaviour', behaviour],
  ['replayed-cases', replayedCases],
] as const;

/** Only the findings, without the parts for the screen. */
export async function checkTable(source: string | Uint8Array, context: CheckContext): Promise<CheckReport> {
  const { publishable, findings } = await examineTable(source, context);
  return { publishable, findings: findings.map(({ example: _example, ...finding }) => finding) };
}

const reportOf = (findings: readonly FindingInTable[]): TableReport => ({
  publishable: findings.every(({ severity }) => severity !== 'error'),
  findings,
});

function told(
  rule: Finding['rule'],
  { severity = 'error', element, message, fix, example }: TableFinding,
): FindingInTable {
  return {
    ...{ rule, severity, element, article: '—', message, fix },
    ...(example ? { example: example.map((point) => point?.says) } : {}),
  };
}

function unreadable(cause: unknown): FindingInTable {
  if (!(cause instanceof Refusal)) throw cause;
  const { message, remedy = '改正后再存。' } = cause;
  return told('table-readable', { element: '?', message, fix: remedy });
}

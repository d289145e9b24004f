/**
 * What intake is proposed: the decision table that a task of the acceptance in force names (`duty:proposal`) answers
 * the task's form from the sheet, before there is a case. A person decides.
 */
import { decide, type DecisionTable, type DefinitionStore } from '../../engine/index.js';
import { isJsonObject, Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { CaseView } from '../read-case.js';

/** The process that a request starts. */
export const acceptanceKey = 'acceptance';

/** Neither text nor persons. */
export interface Matter {
  /** Codes from the first level down; empty if not classified. */
  readonly path: readonly string[];
  readonly trade: string | null;
  readonly kind: string | null;
  readonly district: string | null;
}

export interface ProposedAnswers {
  readonly table: { readonly key: string; readonly name: string };
  /** Of the table, from 1. */
  readonly row: number;
  /** By the keys of the form's fields. */
  readonly answers: { readonly [field: string]: string };
}

type Deps = { readonly definitions: Pick<DefinitionStore, 'prepare' | 'inForce' | 'table'> };

/** What was proposed when it came in (`accept`): while it is accepted, unless somebody has given it another class. */
export function proposedFor({ file, processes, sheetClass }: CaseView): Json {
  const { proposed = null } = file.variables;
  if (!isJsonObject(proposed) || processes.every(({ key }) => key !== acceptanceKey)) return null;
  return sheetClass && sheetClass.code !== proposed['class'] ? null : proposed;
}

/** The table in force; undefined if no task of the acceptance names one, or it is not what was approved: then nothing is proposed. */
export async function proposingTable(
  { definitions }: Deps,
  transaction: Transaction,
  at: Date,
): Promise<DecisionTable | undefined> {
  await definitions.prepare(transaction, []);
  const tasks = definitions.inForce(acceptanceKey, at)?.annotations.elements ?? [];
  const key = tasks.find(({ proposal }) => proposal !== null)?.proposal;
  return key ? unless(() => definitions.table(key, at)?.table, undefined) : undefined;
}

/** Undefined where the table has no answer, or says that a person decides (null). */
export function proposalOf(
  table: DecisionTable,
  { path, ...matter }: Matter,
  now: Date,
): ProposedAnswers | undefined {
  const { rules, outputs } = decided(
    table,
    { ...matter, classPath: path.length > 0 ? [...path] : null },
    now,
  );
  const answers = Object.entries(outputs).filter((entry): entry is [string, string] => isText(entry[1]));
  const [row] = rules;
  if (row === undefined || answers.length === 0) return undefined;
  const { key, name } = table;
  return { table: { key, name }, row, answers: Object.fromEntries(answers) };
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function decided(
  table: DecisionTable,
  sheet: JsonObject,
  now: Date,
): Pick<ReturnType<typeof decide>, 'rules' | 'outputs'> {
  // A gap or an overlap: the checks name it to the officer; here a person decides.
  return unless<ReturnType<typeof decided>>(() => decide(table, sheet, now), { rules: [], outputs: {} });
}

/** A suggestion stops nobody who accepts a matter. */
function unless<Found>(find: () => Found, refused: Found): Found {
  try {
    return find();
  } catch (cause) {
    if (cause instanceof Refusal) return refused;
    throw cause;
  }
}

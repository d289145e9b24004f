/**
 * Proposed answers at intake. A task of the acceptance process in force names a decision table
 * (`duty:proposal`), which answers the task's form from the sheet before there is a case. A person
 * decides.
 */
import { decide, type DecisionTable, type DefinitionStore } from '../../engine/index.js';
import { isJsonObject, Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { CaseView } from '../read-case.js';

/** The process that a new request starts. */
export const acceptanceKey = 'acceptance';

/** Input of the proposal; it contains no texts and no persons. */
export interface Matter {
  /** Class codes from the first level down; empty if the matter is not classified. */
  readonly path: readonly string[];
  readonly trade: string | null;
  readonly kind: string | null;
  readonly district: string | null;
}

export interface ProposedAnswers {
  readonly table: { readonly key: string; readonly name: string };
  /** Row of the table, counted from 1. */
  readonly row: number;
  /** Answers by field key. */
  readonly answers: { readonly [field: string]: string };
}

type Deps = { readonly definitions: Pick<DefinitionStore, 'prepare' | 'inForce' | 'table'> };

/** The answers proposed at receipt (`accept`). They apply during acceptance, unless somebody has changed the class. */
export function proposedFor({ file, processes, sheetClass }: CaseView): Json {
  const { proposed = null } = file.variables;
  if (!isJsonObject(proposed) || processes.every(({ key }) => key !== acceptanceKey)) return null;
  return sheetClass && sheetClass.code !== proposed['class'] ? null : proposed;
}

/**
 * The table in force. Undefined if no task of the acceptance names a table, or the table differs
 * from the approved one: then nothing is proposed.
 */
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

/** Undefined if the table has no answer, or answers null because a person must decide. */
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
  // The table has a gap or an overlap, which the checks report to the officer. Here a person
  // decides.
  return unless<ReturnType<typeof decided>>(() => decide(table, sheet, now), { rules: [], outputs: {} });
}

/** A failing suggestion must not stop the acceptance of a matter. */
function unless<Found>(find: () => Found, refused: Found): Found {
  try {
    return find();
  } catch (cause) {
    if (cause instanceof Refusal) return refused;
    throw cause;
  }
}

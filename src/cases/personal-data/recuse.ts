/** Recusal of persons from a sheet, at acceptance or later. */
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, seal, type Clock } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';

/** Names separated by 、, comma or semicolon. */
export const personsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[、，,；;]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

export interface RecuseDeps {
  readonly clock: Clock;
  readonly executor: Executor;
  /** Recuses the known ones. @returns the unknown ones */
  recuse(transaction: Transaction, no: string, names: readonly string[]): Promise<readonly string[]>;
  readonly laws: Laws;
}

/**
 * The entry contains the names sealed.
 *
 * @returns unknown names
 * @throws {Refusal} `case.not-found`
 */
export async function recusePersons(
  deps: RecuseDeps,
  transaction: Transaction,
  no: string,
  names: readonly string[],
  actor: string,
): Promise<readonly string[]> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) {
    throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, { remedy: '核对工单编号' });
  }
  const unknown = await deps.recuse(transaction, no, names);
  const [answer] = await deps.executor.executeIn(transaction, [
    {
      kind: 'amend',
      caseId: file.id,
      at: deps.clock.now(),
      type: 'person.recused',
      body: {
        known: names.length - unknown.length,
        unknown: unknown.length,
        provisions: restingOn('recusal-of-persons', deps.laws.ofCase(file)),
      },
      sealed: [seal('persons', names.join('、'))],
      actor,
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
  return unknown;
}

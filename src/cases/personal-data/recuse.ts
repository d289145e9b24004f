/** Recusal of persons from a sheet, at acceptance or later. */
import { seal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { restingOn } from '../../kernel/law.js';
import { amendCase, caseOf } from '../amend-case.js';
import type { Using } from '../parts.js';

/** Names separated by 、, comma or semicolon. */
export const personsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[、，,；;]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];

export interface RecuseDeps extends Using<'clock' | 'executor' | 'laws'> {
  /** Recuses the people who are known. @returns the unknown names */
  recuse(transaction: Transaction, no: string, names: readonly string[]): Promise<readonly string[]>;
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
  const file = await caseOf(deps, transaction, no);
  const unknown = await deps.recuse(transaction, no, names);
  await amendCase(deps, transaction, file, {
    type: 'person.recused',
    body: {
      known: names.length - unknown.length,
      unknown: unknown.length,
      provisions: restingOn('recusal-of-persons', deps.laws.ofCase(file)),
    },
    sealed: [seal('persons', names.join('、'))],
    actor,
  });
  return unknown;
}

import { loadCasesByKey, type Answer, type CaseFile, type Command } from '../engine/index.js';
import type { Laws } from '../kernel/law.js';
import type { Transaction } from '../platform/database/index.js';
import { unknownCase } from './read-case.js';
import type { Using } from './parts.js';

/** @throws {Refusal} `case.not-found` */
export async function caseOf(
  { laws }: { readonly laws: Laws },
  transaction: Transaction,
  no: string,
): Promise<CaseFile> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) throw unknownCase(no, laws.today());
  return file;
}

/** Writes an entry about a case that is no step of its processes. The instant is now, unless given. */
export async function amendCase(
  { clock, executor }: Using<'clock' | 'executor'>,
  transaction: Transaction,
  { id: caseId }: Pick<CaseFile, 'id'>,
  entry: Omit<Extract<Command, { kind: 'amend' }>, 'kind' | 'caseId' | 'at'> & { readonly at?: Date },
): Promise<Answer> {
  const command = { at: clock.now(), ...entry, kind: 'amend', caseId } as const;
  const [answer] = await executor.executeIn(transaction, [command]);
  if (!answer || answer.refusal) throw answer?.refusal ?? new Error('the entry was not answered');
  return answer;
}

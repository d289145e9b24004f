import type { Transaction } from '../platform/database/index.js';
import { restingOn } from '../kernel/law.js';
import { amendCase, caseOf } from './amend-case.js';
import type { Using } from './parts.js';

/**
 * Issues a new code to a caller who lost theirs, with a trail entry.
 *
 * @returns twelve digits for the caller
 * @throws {Refusal} `case.not-found`
 */
export async function reissueCallerSecret(
  deps: Using<'clock' | 'database' | 'executor' | 'laws'> & {
    /** Creates the code and stores its hash. */
    issueIn(transaction: Transaction, no: string): Promise<string>;
  },
  no: string,
  actor: string,
): Promise<string> {
  return deps.database.transaction(async (transaction) => {
    const file = await caseOf(deps, transaction, no);
    await amendCase(deps, transaction, file, {
      type: 'caller-secret.issued',
      body: { provisions: restingOn('progress', deps.laws.ofCase(file)) },
      actor,
    });
    return deps.issueIn(transaction, no);
  });
}

import { loadCasesByKey, type Executor } from '../engine/index.js';
import { Refusal, type Clock } from '../kernel/index.js';
import type { Database, Transaction } from '../platform/database/index.js';
import { restingOn, type Laws } from '../kernel/law.js';

/**
 * Issues a new code to a caller who lost it, with a trail entry.
 *
 * @returns twelve digits for the caller
 * @throws {Refusal} `case.not-found`
 */
export async function reissueCallerSecret(
  deps: {
    readonly clock: Clock;
    readonly database: Database;
    readonly executor: Executor;
    readonly laws: Laws;
    /** Creates the code and stores its hash. */
    issueIn(transaction: Transaction, no: string): Promise<string>;
  },
  no: string,
  actor: string,
): Promise<string> {
  return deps.database.transaction(async (transaction) => {
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!file) {
      throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, { remedy: '核对工单编号' });
    }
    const [answer] = await deps.executor.executeIn(transaction, [
      {
        kind: 'amend',
        caseId: file.id,
        at: deps.clock.now(),
        type: 'caller-secret.issued',
        body: { provisions: restingOn('progress', deps.laws.ofCase(file)) },
        actor,
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
    return deps.issueIn(transaction, no);
  });
}

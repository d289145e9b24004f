/** Messages to a case from outside: an extension applied for, an explanation asked for, a clue for accountability. */
import { Refusal, type Clock } from '../kernel/index.js';
import { loadCasesByKey, type Executor } from '../engine/index.js';
import type { Database } from '../persistence/index.js';

export interface MessageDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly clock: Clock;
}

/**
 * Sends a message to a case now: to each of its processes that waits for it, else it starts the process that it names.
 *
 * @throws {Refusal} `case.not-found`, `stimulus.not-waiting` where nobody waits and nothing starts
 */
export async function sendMessage(
  deps: MessageDeps,
  no: string,
  message: string,
  actor: string | undefined,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!file) throw new Refusal('case.not-found', `没有编号为“${no}”的工单`, { remedy: '核对工单编号' });
    const [answer] = await deps.executor.executeIn(transaction, [
      {
        kind: 'send',
        caseId: file.id,
        message,
        at: deps.clock.now(),
        ...(actor === undefined ? {} : { actor }),
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
  });
}

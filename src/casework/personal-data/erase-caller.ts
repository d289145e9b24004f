/** Erases a caller's data; the trail records it and stays valid. */
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, seal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { eraseCallerRow, type CallerField } from '../../sheet/index.js';
import { provisionFor } from '../../kernel/law.js';

interface EraseDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly executor: Executor;
}

interface Erasure {
  readonly no: string;
  /** In words; sealed. */
  readonly reason: string;
  readonly actor: string;
}

async function eraseCallerIn(
  { clock, executor }: Pick<EraseDeps, 'clock' | 'executor'>,
  transaction: Transaction,
  { no, reason, actor }: Erasure,
): Promise<readonly CallerField[]> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!file) {
    throw new Refusal('case.not-found', `没有编号为“${no.slice(0, 60)}”的工单`, { remedy: '核对工单编号' });
  }
  const at = clock.now();
  const fields = await eraseCallerRow(transaction, no, at);
  if (!fields) {
    throw new Refusal('caller.none', `工单 ${no} 没有来电人资料,或者已经删除`, {
      remedy: '轨迹里有删除的记录',
    });
  }
  const [answer] = await executor.executeIn(transaction, [
    {
      kind: 'amend',
      caseId: file.id,
      at,
      type: 'caller.erased',
      body: { fields: [...fields], provisions: [provisionFor('callers-data')] },
      sealed: [seal('reason', reason)],
      actor,
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
  return fields;
}

/**
 * Erases values, salts and the matching hash: the trail's digests stay and cannot be guessed. An entry of the sheet's
 * trail records who did it.
 *
 * @returns the erased fields
 * @throws {Refusal} `case.not-found`; `caller.none` if there is nothing (left)
 */
export const eraseCaller = (deps: EraseDeps, erasure: Erasure): Promise<readonly CallerField[]> =>
  deps.database.transaction((transaction) => eraseCallerIn(deps, transaction, erasure));

/** That a caller did something on their page; what it says is sealed in the trail. */
import type { Transaction } from '../../../persistence/index.js';

export type CallerActKind = 'added' | 'urged' | 'rated';

export async function noteCallerAct(
  transaction: Transaction,
  act: { readonly no: string; readonly kind: CallerActKind; readonly at: Date },
): Promise<void> {
  await transaction.query('INSERT INTO caller_act (work_order, kind, at) VALUES ($1, $2, $3)', [
    act.no,
    act.kind,
    act.at,
  ]);
}

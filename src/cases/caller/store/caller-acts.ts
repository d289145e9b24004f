/** That a caller did something on their page; what it says is sealed in the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

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

export const callerActTable = 'caller_act';

/** As the rows have them, for comparison with the trail. The n-th of a kind by its place. */
export const comparedCallerActs = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT work_order AS stream, kind || ' ' || row_number() OVER (PARTITION BY work_order, kind ORDER BY id) AS name,
            json_build_object('时刻', (extract(epoch FROM at) * 1000)::bigint::text) AS facts
       FROM caller_act WHERE work_order = ANY ($1::text[])`,
    [[...sheets]],
  );

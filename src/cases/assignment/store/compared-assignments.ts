/** Who attends to sheets, as the rows have it, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const assignmentTable = 'assignment';

export const comparedAssignments = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT business_key AS stream, unit AS name, json_build_object('人', person, '组', team) AS facts
       FROM assignment WHERE business_key = ANY ($1::text[])`,
    [[...sheets]],
  );

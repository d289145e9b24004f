/** Open incidents as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const incidentTable = 'incident';

export const comparedIncidents = (
  transaction: Transaction,
  streams: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT c.business_key AS stream, i.key AS name,
            json_build_object('种类', i.kind, '流程', i.process, '时刻', (extract(epoch FROM i.due_at) * 1000)::bigint::text) AS facts
       FROM incident i JOIN process_case c ON c.id = i.case_id WHERE c.business_key = ANY ($1)`,
    [streams],
  );

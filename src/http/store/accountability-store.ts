import type { Transaction } from '../../platform/database/index.js';
import { titleOfCase } from './case-summary-store.js';

export interface AccountabilityRow {
  readonly no: string;
  readonly title: string;
  readonly unit: string | null;
  readonly openedAt: Date;
  readonly grounds: readonly string[];
  readonly opened: boolean;
  readonly result: string | null;
  readonly tasks: readonly string[];
  /** Instant of the first entry in PostgreSQL's notation, for the cursor. */
  readonly mark: string;
}

/**
 * Live cases with accountability proceedings in their trail, newest first, after the cursor; found
 * by an index. A case may have several proceedings, each with its ground.
 */
export const accountabilityRows = (
  transaction: Transaction,
  {
    limit,
    after = ['infinity', ''],
  }: { readonly limit: number; readonly after?: readonly [string, string] | undefined },
): Promise<AccountabilityRow[]> =>
  transaction.query<AccountabilityRow>(
    `SELECT c.business_key AS no, ${titleOfCase} AS title,
            coalesce(c.variables -> 'assignments' -> -1 ->> 'unit', c.variables ->> 'unit') AS unit, s.at AS "openedAt", s.at::text AS mark,
            ARRAY(SELECT DISTINCT g.value ->> 'clueGround' FROM json_each(c.variables -> 'ownVariables') g
                   WHERE g.value ->> 'clueGround' IS NOT NULL ORDER BY 1) AS grounds,
            coalesce((c.variables ->> 'accountabilityOpened')::boolean, false) AS opened,
            CASE WHEN o.tasks = '{}' THEN c.variables ->> 'accountabilityResult' END AS result, o.tasks
       FROM (SELECT stream, min(at) AS at FROM found_entry
              WHERE terms @> ARRAY['d:accountability'] GROUP BY stream) s
       JOIN case_overview c ON c.business_key = s.stream
       LEFT JOIN sheet_overview w ON w.no = c.business_key
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT t.name FROM open_task t
                                        WHERE t.case_id = c.id AND t.process = 'accountability'
                                        ORDER BY t.opened_at) AS tasks) o
      WHERE c.realm = 'live' AND (s.at, c.business_key) < ($1::timestamptz, $2)
      ORDER BY s.at DESC, c.business_key DESC LIMIT ${limit}`,
    [...after],
  );

import type { Transaction } from '../../platform/database/index.js';
import type { Language } from '../../sheet/index.js';

export interface CaseSummary {
  /** The sheet's title, or the subject of a case without a sheet. */
  readonly title: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /**
   * The nearest running limit, without reminders, cards and paused limits; if none is running, the
   * first passed limit whose duty is still open.
   */
  readonly dueAt: Date | null;
  /** True if it is the limit of the upstream hotline that sent the sheet, not one of the regulation. */
  readonly upstreamLimit: boolean;
  /** True if the limit crosses days whose schedule is not published. */
  readonly provisional: boolean;
  /** The highest level of escalation in effect. */
  readonly level: string | null;
  /** How often the caller added words, and urged. */
  readonly added: number;
  readonly urged: number;
  /** Number of the leading sheet into which it is merged. */
  readonly lead: string | null;
  /** Number of sheets merged into it. */
  readonly members: number;
  /** Language in which the caller is answered; null for a case without a sheet. */
  readonly language: Language | null;
}

/** SQL for the case `c`: if no limit is running, the first passed limit whose duty is still open. */
export const firstPassed = (running: string): string =>
  `CASE WHEN ${running} IS NULL THEN (SELECT min(p.at) FROM passed_limit p WHERE p.stream = c.business_key) END`;

/** SQL for the title of the case `c`, which may have a sheet `w`. */
export const titleOfCase = `coalesce(w.title, title_without_sheet(c.business_key))`;

/** By business key; missing cases are omitted. */
export async function caseSummaries(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CaseSummary>> {
  const rows = await transaction.query<Omit<CaseSummary, keyof Nearest> & Limits & { readonly key: string }>(
    `SELECT c.business_key AS key, ${titleOfCase} AS title, c.started_at AS "startedAt", c.ended_at AS "endedAt", c.level,
            nearest.due_at, nearest.provisional,
            CASE WHEN c.ended_at IS NULL THEN (c.variables ->> 'upstreamDue')::timestamptz END AS upstream_due,
            CASE WHEN c.ended_at IS NULL THEN ${firstPassed('nearest.due_at')} END AS passed,
            said.added, said.urged, w.language,
            (SELECT m.lead FROM merged_overview m WHERE m.member = c.business_key) AS lead,
            (SELECT count(*)::int FROM merged_overview m WHERE m.lead = c.business_key) AS members
       FROM case_overview c LEFT JOIN sheet_overview w ON w.no = c.business_key
       LEFT JOIN LATERAL (SELECT d.due_at, d.provisional FROM open_deadline d
                           WHERE d.case_id = c.id AND d.is_limit AND NOT d.paused
                           ORDER BY d.due_at LIMIT 1) nearest ON true
       LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE a.kind = 'added')::int AS added,
                                 count(*) FILTER (WHERE a.kind = 'urged')::int AS urged
                            FROM caller_act_overview a WHERE a.work_order = c.business_key) said ON true
      WHERE c.business_key = ANY($1::text[])`,
    [[...keys]],
  );
  return new Map(rows.map(({ key, ...row }) => [key, { ...row, ...nearestOf(row) }]));
}

interface Limits {
  readonly due_at: Date | null;
  readonly upstream_due: Date | null;
  readonly passed: Date | null;
  readonly provisional: boolean | null;
}

type Nearest = Pick<CaseSummary, 'dueAt' | 'upstreamLimit' | 'provisional'>;

function nearestOf({ due_at: legal, upstream_due: upstream, passed, provisional }: Limits): Nearest {
  return upstream && (!legal || upstream < legal)
    ? { dueAt: upstream, upstreamLimit: true, provisional: false }
    : { dueAt: legal ?? passed, upstreamLimit: false, provisional: provisional ?? false };
}

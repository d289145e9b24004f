/** Submissions, frozen with everything known at that time. Append-only. */
import type {
  Change,
  CheckReport,
  ReplayReport,
  RunningCasesReport,
  ScenarioReport,
} from '../../compliance/index.js';
import { column, type Entity, type Transaction } from '../../../platform/database/index.js';

/** Why a warning is accepted. */
export interface WarningReason {
  readonly rule: string;
  readonly element: string;
  readonly reason: string;
}

export interface Submission {
  readonly id: number;
  readonly revision: number;
  readonly sha256: string;
  readonly baseVersion: number | null;
  readonly actor: string;
  readonly comment: string;
  readonly approvers: 1 | 2;
  readonly grounds: readonly string[];
  readonly difference: readonly Change[];
  readonly checks: CheckReport;
  /** Results of the trial of these bytes; null for submissions older than trials. */
  readonly scenarios: ScenarioReport | null;
  readonly replay: ReplayReport | null;
  readonly runningCases: RunningCasesReport | null;
  readonly reasons: readonly WarningReason[];
  readonly regulation: string | null;
  readonly submittedAt: Date;
}

export const submissionEntity: Entity<Submission & { readonly draft: number; readonly login: string }> = {
  name: 'draft_submission',
  columns: {
    id: column.id,
    ...column.each(column.integer, 'draft', 'revision', 'approvers'),
    ...column.each(column.text, 'sha256', 'login', 'actor', 'comment'),
    baseVersion: column.nullable.integer,
    ...column.each(column.json, 'grounds', 'difference', 'checks', 'reasons'),
    ...column.each(column.nullable.json, 'scenarios', 'replay', 'runningCases'),
    regulation: column.nullable.text,
    submittedAt: column.instant,
  },
};

/** Newest first. */
export async function listSubmissions(transaction: Transaction, draft: number): Promise<Submission[]> {
  const rows = await transaction
    .repository(submissionEntity)
    .find({ where: { draft }, order: { id: 'DESC' } });
  return rows.map(({ draft: _draft, login: _login, ...submission }) => submission);
}

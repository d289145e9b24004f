/** What was submitted: frozen with everything that was known of it then. Only ever added to. */
import type { ReplayReport, RunningCasesReport, ScenarioReport } from '../../compliance/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { Person } from '../draft.js';
import type { Change, CheckReport } from '../ports.js';

/** Why a warning is to be passed over. */
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
  /** What the trial of these bytes came to; null in submissions from before there were trials. */
  readonly scenarios: ScenarioReport | null;
  readonly replay: ReplayReport | null;
  readonly runningCases: RunningCasesReport | null;
  readonly reasons: readonly WarningReason[];
  readonly regulation: string | null;
  readonly submittedAt: Date;
}

export type NewSubmission = Omit<Submission, 'id' | 'actor'> & {
  readonly draft: number;
  readonly by: Person;
};

/** @returns its number */
export async function addSubmission(transaction: Transaction, one: NewSubmission): Promise<number> {
  const json = JSON.stringify;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO draft_submission
       (draft, revision, sha256, base_version, login, actor, comment, approvers, grounds, difference, checks,
        scenarios, replay, running_cases, reasons, regulation, submitted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id`,
    [
      one.draft,
      one.revision,
      one.sha256,
      one.baseVersion,
      one.by.login,
      one.by.actor,
      one.comment,
      one.approvers,
      json(one.grounds),
      json(one.difference),
      json(one.checks),
      one.scenarios,
      one.replay,
      one.runningCases,
      json(one.reasons),
      one.regulation,
      one.submittedAt,
    ],
  );
  return row?.id ?? 0;
}

/** Newest first. */
export const listSubmissions = (transaction: Transaction, draft: number): Promise<Submission[]> =>
  transaction.query<Submission>(
    `SELECT id, revision, sha256, base_version AS "baseVersion", actor, comment, approvers, grounds, difference,
            checks, scenarios, replay, running_cases AS "runningCases", reasons, regulation, submitted_at AS "submittedAt"
       FROM draft_submission WHERE draft = $1 ORDER BY id DESC`,
    [draft],
  );

/** Log-in names of those who have approved a submission. */
export async function approversOf(transaction: Transaction, submission: number): Promise<string[]> {
  const rows = await transaction.query<{ login: string }>(
    "SELECT login FROM draft_act WHERE submission = $1 AND act = 'approved' ORDER BY id",
    [submission],
  );
  return rows.map(({ login }) => login);
}

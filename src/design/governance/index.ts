export { rollBack, scheduleDraft, withdrawDraft } from './activation.js';
export type { Act, Draft } from './draft.js';
export {
  commentDraft,
  createDraft,
  saveDraft,
  viewDraft,
  type DraftView,
  type GovernancePorts,
} from './drafts.js';
export {
  approveMigration,
  migrationDecision,
  previewMigration,
  proposeMigration,
  runMigration,
  withdrawMigration,
} from './case-migrations.js';
export { migratingJob } from './migrate-job.js';
export {
  listCaseMigrations,
  listStayed,
  readCaseMigration,
  type CaseMigration,
} from './store/case-migration-store.js';
export { orderTrial } from './order-trial.js';
export { viewTrial, type TrialStatus } from './trial.js';
export { triallingJob } from './trial-job.js';
export { installShipped } from './shipped.js';
export { dailyReadiness, scheduleReadiness, unreadyFor } from './readiness.js';
export { draftDecision } from './life.js';
export { checkDraft, compareDraft } from './look.js';
export { governancePorts } from './ports-of.js';
export { approveDraft, rejectDraft, submitDraft } from './review.js';
export { listDrafts, readDraft, readThread, sourceOf } from './store/draft-store.js';
export { listSubmissions, type Submission } from './store/submission-store.js';
export { governanceEntities } from './store/entities.js';

/** All API operations in one table, the source of the routes and of the OpenAPI document. */
import type { z } from 'zod';
import { accountJournalOperations } from './account-journal.js';
import { accountOperations } from './account.js';
import { amendmentOperations } from './amendment.js';
import { assessmentOperations } from './assessment.js';
import { accountabilityOperations } from './accountability.js';
import { attachmentOperations } from './attachment.js';
import { boardOperations } from './board.js';
import { callerFilingOperations } from './caller-filing.js';
import { calendarOperations } from './calendar-operations.js';
import { caseMigrationOperations } from './case-migration.js';
import { callerMessageOperations } from './caller-message.js';
import { channelSourceOperations } from './channel-source.js';
import { emergencyOperations } from './emergency-operations.js';
import { upstreamOperations } from './upstream-operations.js';
import { checkOperations } from './check.js';
import { classificationOperations } from './classification.js';
import { assignmentOperations } from './assignment.js';
import { correctionOperations } from './correction.js';
import { definitionOperations } from './definition.js';
import { draftOperations } from './draft-operations.js';
import { draftReviewOperations } from './draft-review.js';
import { draftTrialOperations } from './draft-trial.js';
import { incidentOperations } from './incident.js';
import { interventionOperations } from './intervention.js';
import { intakeOperations } from './intake.js';
import { jobOperations } from './job.js';
import { startedCaseOperations } from './started-case.js';
import { knowledgeOperations } from './knowledge.js';
import { mergingOperations } from './merging.js';
import { noteOperations } from './note.js';
import { notificationOperations } from './notification.js';
import type { Operation, Said } from './operation.js';
import { oldLogOperations } from './old-log.js';
import { otherChannelOperations } from './other-channel.js';
import { packageDraftOperations } from './package-draft.js';
import { peopleOperations } from './people.js';
import { personalDataOperations } from './personal-data.js';
import { policyOperations } from './policy.js';
import { progressOperations } from './progress.js';
import { receiptOperations } from './receipt.js';
import { publicationOperations } from './publication.js';
import { regulationOperations } from './regulation.js';
import { rehearsalOperations } from './rehearsal.js';
import { retentionOperations } from './retention.js';
import { savedViewOperations } from './saved-view.js';
import { sessionOperations } from './session.js';
import { singleSignOnOperations } from './single-sign-on.js';
import { statusOperations } from './status.js';
import { sheetEventOperations } from './sheet-events.js';
import { subscriptionOperations } from './subscription.js';
import { systemOperations } from './system.js';
import { taskOperations } from './task-operations.js';
import { textTemplateOperations } from './text-template.js';
import { trailExportOperations } from './trail-exports.js';
import { trailOperations } from './trail.js';
import { sharedDataOperations } from './shared-data.js';
import { radarOperations } from './radar.js';
import { warningOperations } from './warning.js';
import { workOrderOperations } from './work-order-operations.js';
import { worklistExportOperations } from './worklist-export.js';

export type { Answered, Operation } from './operation.js';

export const operations = {
  ...workOrderOperations,
  ...correctionOperations,
  ...assignmentOperations,
  ...savedViewOperations,
  ...textTemplateOperations,
  ...worklistExportOperations,
  ...mergingOperations,
  ...noteOperations,
  ...attachmentOperations,
  ...progressOperations,
  ...receiptOperations,
  ...callerFilingOperations,
  ...intakeOperations,
  ...taskOperations,
  ...boardOperations,
  ...assessmentOperations,
  ...publicationOperations,
  ...warningOperations,
  ...radarOperations,
  ...sharedDataOperations,
  ...trailExportOperations,
  ...trailOperations,
  ...accountabilityOperations,
  ...definitionOperations,
  ...draftOperations,
  ...checkOperations,
  ...draftReviewOperations,
  ...draftTrialOperations,
  ...caseMigrationOperations,
  ...rehearsalOperations,
  ...calendarOperations,
  ...policyOperations,
  ...regulationOperations,
  ...amendmentOperations,
  ...packageDraftOperations,
  ...oldLogOperations,
  ...classificationOperations,
  ...otherChannelOperations,
  ...startedCaseOperations,
  ...knowledgeOperations,
  ...channelSourceOperations,
  ...emergencyOperations,
  ...upstreamOperations,
  ...callerMessageOperations,
  ...notificationOperations,
  ...peopleOperations,
  ...accountJournalOperations,
  ...personalDataOperations,
  ...sessionOperations,
  ...accountOperations,
  ...incidentOperations,
  ...interventionOperations,
  ...jobOperations,
  ...statusOperations,
  ...retentionOperations,
  ...singleSignOnOperations,
  ...systemOperations,
  ...subscriptionOperations,
  ...sheetEventOperations,
} as const satisfies Record<string, Operation>;

export type Operations = typeof operations;
export type OperationId = keyof Operations;

/** What the program answers if all goes well. */
export type AnswerOf<Id extends OperationId> = Operations[Id]['answers'] extends {
  readonly 200: { readonly schema: infer Schema extends z.ZodType };
}
  ? Said<Schema>
  : never;

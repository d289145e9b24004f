export * from './assessment/index.js';
export * from './publication/index.js';
export { recomputationWorker } from './calendar/job.js';
export { loadCalendarNotice } from './calendar/load.js';
export { readNoticeFile } from './calendar/notice-file.js';
export { previewAsJson, previewNotice, type CalendarPreview } from './calendar/preview.js';
export { recomputeDeadlines } from './calendar/recompute.js';
export * from './merging/index.js';
export { addNote, strikeNote, struckNotes } from './notes/notes.js';
export * from './intervention/index.js';
export { correctSheet } from './correction/correct-sheet.js';
export * from './intake/index.js';
export * from './upstream/index.js';
export * from './attachment/index.js';
export { dailyRadar, scheduleRadar } from './radar/daily.js';
export { rotateVault } from './personal-data/rotate-vault.js';
export { eraseCaller } from './personal-data/erase-caller.js';
export { dutyExplainer, type NormReasons } from './duty-reasons.js';
export { standInsFor, standInsOf, type StandIns } from './stand-ins.js';
export { recusePersons, personsIn } from './personal-data/recuse.js';
export { seenBeforeRecusal } from './personal-data/seen-before-recusal.js';
export { revealCaller } from './personal-data/reveal-caller.js';
export { isConfidential, withheldFrom, type Reader } from './personal-data/withheld.js';
export * from './caller/index.js';
export * from './time-taken/index.js';
export * from './receipt/index.js';
export { reissueCallerSecret } from './caller-secret.js';
export { accept, acceptanceOf, acceptOnce } from './accept.js';
export { notEarlier, sheetsIn } from './earlier-sheets.js';
export { completeSeriesIn } from './form-series/complete-series.js';
export { assignTask } from './assignment/assign-task.js';
export { eachTask, type Outcome } from './assignment/each-task.js';
export { doDeed } from './assignment/sign-task.js';
export { askKnowledge, askPublicKnowledge } from './intake/ask-knowledge.js';
export { listTextTemplates, removeTextTemplate, saveTextTemplate } from './assignment/text-templates.js';
export { tasksAhead, type Ahead } from './form-series/tasks-ahead.js';
export { answersOf } from './form.js';
export { createDefinitionReader, type DefinitionReader } from './definition-reader.js';
export { alteredTitle, entryTitle, type EntryContext } from './trail/entry-title.js';
export {
  exportingJob,
  keepSweeping,
  orderInBackground,
  sweepExports,
} from './trail/background/export-job.js';
export { exportFiles, type ExportFiles } from './trail/background/files.js';
export { readOrder } from './trail/background/ordered.js';
export { selectionTitle } from './trail/describe-selection.js';
export { byCommand, byConsole } from './trail/exporter.js';
export { exportLog } from './trail/export-log.js';
export { tableXlsx } from './trail/format/table-xlsx.js';
export { exportTrail } from './trail/export-trail.js';
export { exportFormats, type ExportFormat } from './trail/order-export.js';
export { periodOf } from './trail/period.js';
export { elementsIn } from './trail/read-rows.js';
export { recordShippedPolicies } from './trail/shipped-policies.js';
export * from './told-to-caller.js';
export { composingJob } from './caller-messages/compose.js';
export { queueMessages } from './caller-messages/queue.js';
export { readCase, readCaseRecord, unknownCase } from './read-case.js';
export type { CaseRecord, CaseView } from './read-case.js';
export { completeTask, completeTaskIn, readTask, taskId, type Performer } from './tasks.js';
export {
  readAmendment,
  readAmendments,
  ruleAmendment,
  saveAmendment,
  versionsOf,
  type AmendDeps,
} from './amendment/amend.js';
export { applyingJob, scheduleLaws } from './amendment/apply-to-running.js';
export * from './amendment/compare-laws.js';
export { remindingOfAims, scheduleAims } from './aims/remind.js';
export { nightly } from './nightly.js';
export { packageTexts } from './amendment/package-texts.js';
export { timerLevels } from './amendment/timer-levels.js';
export {
  deployShipped,
  everyCitysProcesses,
  shippedFiles,
  shippedFrom,
  shippedProcesses,
} from './deploy-shipped.js';
export { loadSample, readSampleRequest } from './samples.js';
export { proposePolicy, rulePolicy } from './change-policy.js';
export { isTheAccused, unitOfRole } from './accused.js';
export { answeredTask, askedOfRegister } from './answered-task.js';
export {
  assertNoneWithdrawn,
  assertUnits,
  assertUnitsOfForm,
  bodiesNamed,
  unitsAsked,
  type RegisteredUnit,
} from './units.js';
export { mayBeTold, sendMessage, receivingEvent } from './messages.js';
export { assignmentProjector, textTemplateProjector } from './assignment/index.js';
export { callerActProjector } from './caller/projector.js';
export { noticeProjector } from './calendar/notice-projector.js';
export { casesProjection, definitionProjector, incidentProjector } from './engine-projectors.js';
export { recusedUnits } from '../handlers/index.js';
export { emergencyProjector } from './intake/emergency-projector.js';
export { dailyAudit, scheduleDailyAudit } from './daily-audit.js';
export * from './retention/index.js';
export type { Parts } from './parts.js';

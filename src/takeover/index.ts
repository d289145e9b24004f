export { checkLog, type CheckDeps, type CheckedCase, type LogRead } from './check.js';
export { keepFigures } from './figures.js';
export type { Unreadable } from './log/event.js';
export {
  archive,
  archiveLoose,
  archiveStream,
  looseStream,
  type Archived,
  type RunningInstance,
} from './camunda/archive.js';
export { archivedAs, showArchived } from './camunda/show.js';
export { oldInstances, type OldInstance } from './camunda/old-instance.js';
export { readExport } from './camunda/read-export.js';
export { digestOfLog } from './log/digest.js';
export { openLog } from './log/open-log.js';
export { mappingSchema, readMapping } from './mapping.js';
export { proposeMapping } from './propose.js';
export { figuresAsJson, openReport } from './report/write-report.js';
export { cited, placed } from './report/rows.js';
export { logDroppingJob } from './uploaded/dropping.js';
export { checkStateOf, logCheckJob, orderCheck } from './uploaded/check-job.js';
export { readPieces } from './uploaded/pieces.js';
export { receiveLog } from './uploaded/receive.js';
export {
  dropUploadedLog,
  listUploadedLogs,
  readReport,
  readUploadedLog,
  uploadedLogVaultTable,
  type UploadedHead,
  type UploadedLog,
} from './store/uploaded-logs.js';

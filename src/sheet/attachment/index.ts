export type { Attachment, Shows } from './attachment.js';
export { fileName, nameWithEnding } from './file-name.js';
export { diskFiles, type AttachmentFiles } from './files.js';
export { createAttachmentKeeper, type AttachmentKeeper } from './keeper.js';
export { attachmentLimits } from './limits.js';
export { s3Files, s3Settings } from './s3-files.js';
export { scannerAt } from './scanner.js';
export { attachmentProjector } from './projector.js';
export * from './store/attachment-rows.js';

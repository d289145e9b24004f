export { addAttachment } from './add.js';
export { attachmentAmong, listAttachments, provenContent } from './read.js';
export { verifyAttachments } from './verify.js';
export { scheduleSweep, sweepAttachments, sweepingJob } from './sweep.js';

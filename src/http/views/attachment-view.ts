import type { Said } from '../contract/operation.js';
import type { Attachment } from '../../sheet/attachment/index.js';
import type { attachment } from '../contract/attachment.js';

export const attachmentView = (one: Attachment): Said<typeof attachment> => ({
  ...one,
  bytes: one.keptBytes,
  hasThumbnail: one.thumbnailBytes !== null,
});

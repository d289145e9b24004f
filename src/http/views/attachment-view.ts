import type { z } from 'zod';
import type { Attachment } from '../../sheet/attachment/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { attachment } from '../contract/attachment.js';

export const attachmentView = (one: Attachment): z.input<typeof attachment> => ({
  id: one.id,
  name: one.name,
  kind: one.kind,
  mediaType: one.mediaType,
  shows: one.shows,
  bytes: one.keptBytes,
  hasThumbnail: one.thumbnailBytes !== null,
  addedAt: toShanghaiIso(one.addedAt),
  addedBy: one.addedBy,
});

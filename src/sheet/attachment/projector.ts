/** Projects files of sheets. */
import { adds, changes, from, projector, same } from '../../accountability/index.js';
import { bySheet } from '../index.js';

export const attachmentProjector = projector({
  table: 'attachment',
  stands: bySheet,
  key: ['id'],
  columns: {
    id: same('附件'),
    shows: same('所示'),
    media_type: same('格式'),
    added_at: same('何时'),
    by: from<{ added_by: string | null }>('谁', ['added_by'], ({ added_by: by }) => by ?? '来电人'),
    received_sha256: same('收到的哈希'),
    received_bytes: same('收到'),
    kept_sha256: same('留存的哈希'),
    kept_bytes: same('留存'),
    erased: from<{ erased_at: Date | null }>('删去', ['erased_at'], ({ erased_at: at }) => at !== null),
  },
  project: {
    'attachment.added': ({ at, body }) => {
      const { attachment: id, shows, mediaType, receivedSha256, receivedBytes, keptSha256, keptBytes } = body;
      return adds({
        ...{ id, shows, media_type: mediaType, added_at: at, by: body.actor ?? null },
        ...{ received_sha256: receivedSha256, received_bytes: receivedBytes },
        ...{ kept_sha256: keptSha256, kept_bytes: keptBytes, erased: false },
      });
    },
    'attachments.erased': ({ body }) => body.attachments.map((id) => changes({ id, erased: true })),
  },
});

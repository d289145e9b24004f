/** Files of sheets, against the entries that took them in. */
import { comparison } from '../../accountability/index.js';
import { attachmentTable as table, comparedAttachments } from '../../sheet/attachment/index.js';
import { differencesIn, say, type Gathered } from './gathered.js';

export const attachmentsComparison = comparison<Gathered>({
  tables: [table],
  reads: () => true,
  takes: (type) => type === 'attachment.added' || type === 'attachments.erased',
  begin: () => new Map(),
  add: (files, entry) => {
    if (entry.type === 'attachment.added') {
      const { attachment, shows, mediaType, receivedSha256, keptSha256, keptBytes } = entry.body;
      const facts = { 所示: shows, 格式: mediaType, 收到的哈希: receivedSha256, 留存的哈希: keptSha256 };
      say(files, attachment, { ...facts, 留存: String(keptBytes) }, entry);
    } else if (entry.type === 'attachments.erased') {
      for (const gone of entry.body.attachments) files.delete(gone);
    }
    return files;
  },
  compare: async (transaction, ended) =>
    differencesIn(table, await comparedAttachments(transaction, [...ended.keys()]), ended),
});

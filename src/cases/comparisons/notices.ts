/** Holiday schedules loaded at run time, against the stream `calendar`. */
import { comparison } from '../../accountability/index.js';
import { comparedNotices, noticeTable as table } from '../../calendar/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

export const noticesComparison = comparison<Gathered>({
  tables: [table],
  stream: 'calendar',
  reads: (stream) => stream === 'calendar',
  takes: (type) => type === 'calendar.loaded',
  begin: () => new Map(),
  add: (notices, entry) => {
    if (entry.type !== 'calendar.loaded') return notices;
    const { document, title, sha256, content } = entry.body;
    say(notices, document, { 标题: title, 文件: sha256, 日子: content }, entry);
    return notices;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedNotices(transaction);
    return [...ended.values()].flatMap((notices) => differencesOf(table, rows, notices));
  },
});

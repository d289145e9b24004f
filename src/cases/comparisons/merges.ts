/** Merged sheets, against the entries of the members. */
import { comparison } from '../../accountability/index.js';
import { comparedMerges, mergeTable as table } from '../../sheet/index.js';
import { differencesIn, say, type Gathered } from './gathered.js';

export const mergesComparison = comparison<Gathered>({
  tables: [table],
  reads: () => true,
  takes: (type) => type === 'sheet.merged' || type === 'sheet.unmerged',
  begin: () => new Map(),
  add: (merged, entry) => {
    if (entry.type !== 'sheet.merged' && entry.type !== 'sheet.unmerged') return merged;
    const { member, lead } = entry.body;
    // The leading sheet has the entry as well.
    if (member !== entry.stream) return merged;
    if (entry.type === 'sheet.unmerged') merged.delete(member);
    else say(merged, member, { 主单: lead }, entry);
    return merged;
  },
  compare: async (transaction, ended) =>
    differencesIn(table, await comparedMerges(transaction, [...ended.keys()]), ended),
});

/** Versions of the regulation, against the stream `regulation`. */
import { comparison } from '../../accountability/index.js';
import { comparedVersions, versionTable as table } from '../../law/regulation/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

export const versionsComparison = comparison<Gathered>({
  tables: [table],
  stream: 'regulation',
  reads: (stream) => stream === 'regulation',
  takes: (type) => type === 'regulation.recorded',
  begin: () => new Map(),
  add: (versions, entry) => {
    if (entry.type !== 'regulation.recorded') return versions;
    const { file, sha256, validFrom, validTo } = entry.body;
    say(versions, file, { 内容: sha256, 所记的摘要: sha256, 施行自: validFrom, 施行至: validTo }, entry);
    return versions;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedVersions(transaction);
    return [...ended.values()].flatMap((versions) => differencesOf(table, rows, versions));
  },
});

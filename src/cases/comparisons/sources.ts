/** Sources of requests, against the stream `channels`. */
import { comparison } from '../../accountability/index.js';
import { comparedSources, mappingFact, sourceTable as table } from '../../channel/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

export const sourcesComparison = comparison<Gathered>({
  tables: [table],
  stream: 'channels',
  reads: (stream) => stream === 'channels',
  takes: (type) => type.startsWith('source.'),
  begin: () => new Map(),
  add: (rows, entry) => {
    switch (entry.type) {
      case 'source.added':
      case 'source.changed': {
        const { source, name, channel, proof, mapping } = entry.body;
        const kept = { 名称: name, 渠道: channel, 凭: proof, 取自: mappingFact(mapping) };
        say(
          rows,
          String(source),
          entry.type === 'source.added' ? { ...kept, 发往: null, 在用: '是' } : kept,
          entry,
        );
        break;
      }
      case 'source.secret-replaced':
        say(rows, String(entry.body.source), { 凭: entry.body.proof }, entry);
        break;
      case 'source.outgoing-set':
        say(rows, String(entry.body.source), { 发往: entry.body.host }, entry);
        break;
      case 'source.closed':
        say(rows, String(entry.body.source), { 在用: '否' }, entry);
        break;
      default:
    }
    return rows;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedSources(transaction);
    return [...ended.values()].flatMap((said) => differencesOf(table, rows, said));
  },
});

/** Diagrams of all versions, against the entries of their deployment. */
import { comparison } from '../../accountability/index.js';
import { definitionTable as table, comparedDefinitions } from '../../engine/index.js';
import { timeFact } from '../../kernel/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

const prefix = 'definition:';

export const definitionsComparison = comparison<Gathered>({
  tables: [table],
  reads: (stream) => stream.startsWith(prefix),
  takes: (type) => type === 'definition.deployed',
  begin: () => new Map(),
  add: (versions, entry) => {
    if (entry.type !== 'definition.deployed') return versions;
    const { key, version, sha256, runtime, inForceFrom } = entry.body;
    const from = inForceFrom === undefined ? entry.at : new Date(inForceFrom);
    const facts = { 流程图: sha256, 所记的摘要: sha256, 引擎: runtime, 现行自: timeFact(from) };
    say(versions, `${key} 第 ${version} 版`, facts, entry);
    return versions;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedDefinitions(transaction);
    return [...ended].flatMap(([stream, versions]) =>
      differencesOf(
        table,
        rows.filter(({ key }) => `${prefix}${key}` === stream),
        versions,
      ).map((one) => ({ ...one, stream })),
    );
  },
  strays: async (transaction) =>
    (await comparedDefinitions(transaction)).flatMap(({ deployed, name: row }) =>
      deployed ? [] : [{ table, row, detail: '是多出来的' }],
    ),
});

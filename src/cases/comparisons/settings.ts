/** What people have saved for intake, against the entries of each version. */
import { comparison } from '../../accountability/index.js';
import { comparedOtherChannels, otherChannelTable } from '../../sheet/classification/index.js';
import { comparedKnowledge, knowledgeTables } from '../../sheet/knowledge/index.js';
import { comparedTemplates, templateTable } from '../../channel/message/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

type Tables<Name extends string> = Readonly<Record<Name, Gathered>>;

export const otherChannelsComparison = comparison<Gathered>({
  tables: [otherChannelTable],
  stream: 'other-channels',
  reads: (stream) => stream === 'other-channels',
  takes: (type) => type === 'other-channels.saved',
  begin: () => new Map(),
  add: (rows, entry) => {
    if (entry.type !== 'other-channels.saved') return rows;
    const { version, sha256, actor } = entry.body;
    say(rows, `第 ${version} 版`, { 内容: sha256, 谁: actor }, entry);
    return rows;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedOtherChannels(transaction);
    return [...ended.values()].flatMap((said) => differencesOf(otherChannelTable, rows, said));
  },
});

/** Each version, and the entry as it stands: its newest version. */
export const knowledgeComparison = comparison<Tables<(typeof knowledgeTables)[number]>>({
  tables: knowledgeTables,
  stream: 'knowledge',
  reads: (stream) => stream === 'knowledge',
  takes: (type) => type === 'knowledge.written' || type === 'knowledge.withdrawn',
  begin: () => ({ knowledge_entry: new Map(), knowledge_version: new Map() }),
  add: (tables, entry) => {
    if (entry.type !== 'knowledge.written' && entry.type !== 'knowledge.withdrawn') return tables;
    const { entry: id, version, unit, reviewOn, sha256, class: code } = entry.body;
    const state = entry.type === 'knowledge.written' ? 'valid' : 'withdrawn';
    const facts = { 单位: unit, 分类: code, 复核: reviewOn, 内容: sha256, 效力: state };
    say(tables.knowledge_version, `第 ${id} 条第 ${version} 版`, facts, entry);
    say(tables.knowledge_entry, `第 ${id} 条`, { ...facts, 版本: String(version) }, entry);
    return tables;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedKnowledge(transaction);
    return [...ended.values()].flatMap((tables) =>
      knowledgeTables.flatMap((table) =>
        differencesOf(
          table,
          rows.filter((row) => row.table === table),
          tables[table],
        ),
      ),
    );
  },
});

export const templatesComparison = comparison<Gathered>({
  tables: [templateTable],
  stream: 'channels',
  reads: (stream) => stream === 'channels',
  takes: (type) => type === 'template.changed',
  begin: () => new Map(),
  add: (rows, entry) => {
    if (entry.type !== 'template.changed') return rows;
    const { occasion, language, version, subject, text } = entry.body;
    say(rows, `${occasion} ${language} 第 ${version} 版`, { 标题: subject, 正文: text }, entry);
    return rows;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedTemplates(transaction);
    return [...ended.values()].flatMap((said) => differencesOf(templateTable, rows, said));
  },
});

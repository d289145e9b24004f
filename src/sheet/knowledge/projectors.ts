/** Projects entries of the knowledge base, their versions and lapses. */
import { adds, changes, from, projector, same, sha256Of } from '../../accountability/index.js';
import type { Placed } from '../../accountability/index.js';
import type { KnowledgeEntry } from './entry.js';

export const knowledgeDigest = ({ title, body }: Pick<KnowledgeEntry, 'title' | 'body'>): string =>
  sha256Of(JSON.stringify([title, body]));

const columns = {
  version: same('版本'),
  unit: same('单位'),
  class: same('分类'),
  review_on: same('复核'),
  state: same('效力'),
  for_public: same('公开'),
  text: {
    ...from<Pick<KnowledgeEntry, 'title' | 'body'>>('内容', ['title', 'body'], knowledgeDigest),
    digest: true as const,
  },
};

function said({ type, body }: Placed<'knowledge.written' | 'knowledge.withdrawn'>) {
  const { version, unit, class: code, reviewOn, sha256, forPublic } = body;
  return {
    ...{ version, unit, class: code, review_on: reviewOn, text: sha256 },
    state: type === 'knowledge.written' ? 'valid' : 'withdrawn',
    ...(forPublic === undefined ? {} : { for_public: forPublic }),
  };
}

const standing = (entry: Placed<'knowledge.written' | 'knowledge.withdrawn'>) =>
  (entry.body.version === 1 ? adds : changes)({ id: entry.body.entry, ...said(entry) });

/** The present state of the entry: its newest version. */
export const knowledgeProjector = projector({
  table: 'knowledge_entry',
  stands: { stream: 'knowledge' },
  key: ['id'],
  numbered: 'id',
  columns: { id: same('条'), ...columns },
  called: (id) => `第 ${id} 条`,
  project: { 'knowledge.written': standing, 'knowledge.withdrawn': standing },
});

const version = (entry: Placed<'knowledge.written' | 'knowledge.withdrawn'>) => {
  const { entry: id, actor, reason } = entry.body;
  return adds({ entry: id, ...said(entry), written_at: entry.at, written_by: actor, reason });
};

export const knowledgeVersionProjector = projector({
  table: 'knowledge_version',
  stands: { stream: 'knowledge' },
  key: ['entry', 'version'],
  columns: {
    ...{ entry: same('条'), ...columns },
    ...{ written_at: same('何时'), written_by: same('谁'), reason: same('事由') },
  },
  called: (id, number) => `第 ${id} 条第 ${number} 版`,
  project: { 'knowledge.written': version, 'knowledge.withdrawn': version },
});

export const lapseProjector = projector({
  table: 'knowledge_lapse',
  stands: { stream: 'knowledge' },
  key: ['entry', 'review_on'],
  columns: {
    ...{ entry: same('条'), review_on: same('复核') },
    ...{ business_key: same('督办'), opened_at: same('何时') },
  },
  called: (id, day) => `第 ${id} 条 ${day}`,
  project: {
    'knowledge.lapsed': ({ at, body: { entry, reviewOn, workOrder } }) =>
      adds({ entry, review_on: reviewOn, business_key: workOrder, opened_at: at }),
  },
});

export const knowledgeProjectors = [knowledgeProjector, knowledgeVersionProjector, lapseProjector];

/** Intake's master data: knowledge base, classification tree, other channels. */
import { actor, count, day, event, flag, provisions, reason, sha256, text } from './event.js';

const entry = {
  actor,
  entry: count.describe('知识库条目的编号'),
  version: count.describe('条目的第几版'),
  unit: text.describe('负责的单位'),
  provisions,
};
const written = {
  ...entry,
  reason,
  class: text.nullable().describe('分类的编码'),
  reviewOn: day.describe('复核日期'),
  forPublic: flag.optional().describe('向公众公开'),
  sha256: sha256.describe('标题和正文的 SHA-256'),
};

export const knowledge = {
  'knowledge.written': event('写知识库条目', written),
  'knowledge.withdrawn': event('撤下知识库条目', written),
  'knowledge.lapsed': event('知识库条目逾期未复核，发起督办', {
    ...entry,
    reviewOn: day.describe('复核日期'),
    workOrder: text.describe('督办的编号'),
  }),
  'knowledge.supervision-ordered': event('就知识库更新发起督办', {
    ...entry,
    reason,
    workOrder: text.describe('工单编号'),
  }),
} as const;

export const classification = {
  'classification.imported': event('载入事项分类', {
    actor,
    version: count,
    title: text,
    sha256,
    content: sha256.describe('存下的各类的 SHA-256'),
    classes: count,
    added: count,
    removed: count,
    changed: count,
  }),
} as const;

export const otherChannels = {
  'other-channels.saved': event('保存其他渠道的表', {
    actor,
    reason,
    version: count,
    channels: count.describe('几个'),
    sha256,
  }),
} as const;

const textTemplate = {
  actor,
  unit: text.describe('哪个单位的'),
  name: text.describe('模板的名称'),
  field: text.nullable().describe('只用于哪一栏'),
  class: text.nullable().describe('只用于哪一类：分类的编码'),
  sha256: sha256.describe('文字的 SHA-256'),
};

export const textTemplates = {
  'text-template.saved': event('存本单位的文本模板', textTemplate),
  'text-template.removed': event('删去本单位的文本模板', textTemplate),
} as const;

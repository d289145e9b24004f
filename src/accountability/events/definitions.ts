/** The stream of a process: its versions, its drafts, and moves of running cases between versions. */
import { z } from 'zod';
import { actor, count, event, instant, listOf, login, reason, sha256, text, texts } from './event.js';

const draft = {
  draft: count.describe('第几号草案'),
  revision: count.describe('第几稿'),
  sha256: sha256.describe('流程图、决策表的 SHA-256'),
  actor,
  login,
  reason: reason.optional(),
  element: text.optional().describe('所说的环节'),
};
const base = count.nullable().describe('以第几版为基准；新的决策表为空');
const submission = count.nullable().describe('第几次提交');
const migration = { actor, migration: count.describe('第几次换版') };
const byHand = { ...migration, login };
const approvers = count.describe('须几人批准');

export const definitions = {
  'definition.deployed': event('部署流程图、决策表', {
    key: text.describe('流程、决策表'),
    version: count,
    sha256,
    draft: count.optional().describe('出自第几号草案'),
    inForceFrom: instant.optional().describe('自何时起现行；不写即当时'),
    actor: actor.optional(),
  }),
  'draft.created': event('起草流程图、决策表', {
    ...draft,
    title: text,
    origin: z.enum(['edited', 'rollback', 'shipped']),
    baseVersion: base,
  }),
  'draft.saved': event('修改流程图、决策表草案', {
    ...draft,
    baseVersion: base,
    title: text.optional().describe('改正了的标题'),
    voids: submission.optional().describe('因此作废的提交'),
  }),
  'draft.commented': event('对流程图、决策表草案说意见', draft),
  'draft.submitted': event('提交流程图、决策表草案', {
    ...draft,
    submission,
    baseVersion: base,
    approvers,
    grounds: texts.describe('为什么须多人批准'),
    warnings: listOf(z.object({ rule: text, element: text, reason: text })).describe(
      '各条警告为什么可以这样',
    ),
  }),
  'draft.approved': event('批准流程图、决策表草案', {
    ...draft,
    submission,
    approval: count.describe('第几人批准'),
    approvers,
  }),
  'draft.rejected': event('驳回流程图、决策表草案', { ...draft, submission }),
  'draft.withdrawn': event('撤回流程图、决策表草案', {
    ...draft,
    version: count.optional().describe('已排期的一版'),
  }),
  'draft.scheduled': event('流程图、决策表新版排期', {
    ...draft,
    submission,
    version: count,
    inForceFrom: instant.describe('自何时起现行'),
  }),
  'migration.proposed': event('提出工单换版', {
    ...byHand,
    from: count.describe('旧版'),
    to: count.describe('新版'),
    mapping: z.record(text, text).describe('旧版的环节对应新版的哪个'),
    reason,
  }),
  'migration.approved': event('批准工单换版', { ...byHand, reason }),
  'migration.withdrawn': event('撤回工单换版', { ...byHand, reason }),
  'migration.started': event('开始工单换版', byHand),
  'migration.finished': event('工单换版完成', {
    ...migration,
    moved: count.describe('换了几件'),
    stayed: count.describe('留在旧版的几件'),
  }),
} as const;

/** Drafts of process definitions: content, review, state. */
import { z } from 'zod';
import { column } from './column.js';
import { diagram, instant, numbered, pageOf, positiveAsked, shape, shapeAsked, text } from './primitives.js';

const draftStates = [
  'draft',
  'submitted',
  'approved',
  'scheduled',
  'in-force',
  'superseded',
  'rejected',
  'withdrawn',
] as const;

export const draftState = z
  .enum(draftStates)
  .describe(
    'draft 起草、submitted 已提交、approved 已批准、scheduled 待生效、in-force 现行、superseded 已被取代、rejected 已驳回、withdrawn 已撤回',
  );

/** Acts and the states that permit them are listed in `src/design/governance/life.ts`. */
const draftAct = z.enum(['save', 'comment', 'try', 'submit', 'approve', 'reject', 'withdraw', 'schedule']);

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '是 64 位十六进制的 SHA-256')
  .describe('流程图原文（UTF-8）的 SHA-256，十六进制');

const summaryShape = {
  id: z.number().int(),
  title: column('改什么', 'name', z.string()).meta({
    description: '改什么',
    example: '回复期限改为四个工作日',
  }),
  key: column('流程、决策表', 'text', z.string()).meta({
    description: '哪个流程、哪张决策表',
    example: 'handling',
  }),
  state: column('状态', 'text', draftState),
  authors: column('起草', 'person', z.array(z.string()).describe('写过任何一稿的人；都不得批准')),
  updatedAt: column('最近动过', 'instant', instant),
  inForceFrom: column('施行', 'instant', instant.nullable().describe('自何时起现行；没有排期为 null')),
  kind: z.enum(['process', 'decision']).describe('process 流程图、decision 决策表'),
  origin: z
    .enum(['edited', 'rollback', 'shipped'])
    .describe('edited 人起草；rollback 退回旧版；shipped 随程序附带的流程图有改动'),
  revision: z.number().int().describe('第几稿'),
  sha256: sha256.describe('这一稿原文的 SHA-256；提交、批准、排期都以它为准'),
  baseVersion: z.number().int().nullable().describe('从哪一版改起；新建的为 null'),
  version: z.number().int().nullable().describe('排期以后：成为流程的第几版'),
  createdAt: instant,
};

export const draftSummary = shape('DraftSummary', summaryShape);
export const draftList = pageOf(draftSummary).meta({ id: 'DraftList' });

const revision = z.object({
  number: z.number().int(),
  sha256,
  baseVersion: z.number().int().nullable(),
  author: z.string(),
  note: z.string().nullable(),
  savedAt: instant,
});

/** Acts that the person may do now. */
const possible = z.object({
  act: draftAct,
  allowed: z.boolean(),
  because: z.string().nullable().describe('不能做的原因；能做为 null'),
});

export const draft = shape('Draft', {
  ...summaryShape,
  source: diagram,
  revisions: z.array(revision).describe('各稿，新的在前'),
  acts: z.array(possible).describe('您现在能做什么'),
});

const threadItem = shape('DraftThreadItem', {
  id: z.number().int(),
  act: z.enum([
    'created',
    'saved',
    'commented',
    'submitted',
    'approved',
    'rejected',
    'withdrawn',
    'scheduled',
  ]),
  actor: z.string(),
  at: instant,
  text: z.string().nullable(),
  element: z.string().nullable().describe('说的是流程图上哪个元素'),
  revision: z.number().int(),
  sha256,
});

export const thread = shape('DraftThread', { items: z.array(threadItem) });

export const newDraft = shapeAsked('NewDraft', {
  key: text(200).meta({ example: 'handling' }),
  title: text(200),
  reason: text(2000).describe('为什么改'),
  source: diagram.optional().describe('不给即从最新一版的原文改起；新建流程、决策表须给'),
});

export const savedDraft = shapeAsked('SavedDraft', {
  basedOn: z.int().min(1).describe('从第几稿改来；其间有人存过新稿的，拒绝并说明改了什么'),
  source: diagram,
  note: text(2000).optional(),
  title: text(200).optional().describe('改正标题；不给不变'),
  baseVersion: z.int().min(1).optional().describe('改以这一版为基准（基准之后又有新版时）；不给不变'),
});

export const newComment = shapeAsked('NewDraftComment', {
  text: text(4000),
  element: text(200).optional().describe('说的是流程图上哪个元素'),
});

export const revisionParams = numbered.extend({ revision: positiveAsked });

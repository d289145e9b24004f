/** New cities, written from the text of their law: what each article asks of the hotline, answered in drafts. */
import { z } from 'zod';
import { articleSchema, normSchema } from '../../design/package/answers/index.js';
import { provisionPattern } from '../../law/regulation/model/index.js';
import { column } from './column.js';
import { json, under } from './operation.js';
import { fileAnswer, instant, numbered, positive, positiveAsked, shape, shapeAsked } from './primitives.js';

const fault = z.object({
  where: z.string().describe('哪一条款，或者哪一栏'),
  what: z.string(),
  fix: z.string().describe('怎么办'),
  article: z.string().optional(),
  norm: z.number().int().optional().describe('这一条的第几项义务，自 0 起'),
});

const head = {
  id: z.number().int(),
  title: column('条例', 'name', z.string()),
  city: column('城市', 'text', z.string(), { none: '还没有答' }),
  answered: z.number().int().describe('答好了几条'),
  of: z.number().int().describe('共几条'),
  revision: z.number().int().describe('第几稿'),
  changedAt: column('最后改动', 'instant', instant),
  changedBy: column('改动的人', 'person', z.string()),
};

const written = (longest: number) => z.string().normalize('NFC').trim().max(longest);
const named = z.record(z.string().max(60), written(500));

/** Half a draft is a draft: what is missing or wrong is named, not refused. */
const city = {
  city: z.strictObject({
    key: written(60).describe('城市的代号：小写字母'),
    names: z.array(written(100)).max(20).describe('城市名称的写法，口令里不能有'),
    letter: written(5).describe('义务编号的字母'),
  }),
  law: z
    .strictObject({
      title: written(500),
      version: written(40),
      adoptedOn: written(10),
      approvedOn: written(10).nullable(),
      inForceFrom: written(10),
      source: written(500),
    })
    .partial()
    .describe('条文自己没有写的'),
  titles: named.describe('各样东西叫什么'),
  parties: named.describe('各方在这部法里叫什么'),
};

const article = z.object({
  id: z.string(),
  label: z.string(),
  chapter: z.string(),
  sentences: z.array(z.object({ provision: z.string(), words: z.string() })),
  state: z
    .enum(['open', 'suggested', 'faulty', 'answered'])
    .describe('open 没有回答；suggested 建议，没有核对；faulty 有错；answered 答好了'),
  suggested: z.array(normSchema).nullable().describe('条文的话建议的'),
  answer: articleSchema,
});

const packageDraft = shape('PackageDraft', {
  ...head,
  ...city,
  ofText: z
    .object({
      adoptedOn: z.string().nullable(),
      approvedOn: z.string().nullable(),
      inForceFrom: z.string().nullable(),
    })
    .describe('条文写的日子'),
  articles: z.array(article),
  faults: z.array(fault).describe('写出条例包以前须改正的'),
  vocabulary: z.object({
    acts: z
      .array(
        z.object({
          key: z.string(),
          title: z.string(),
          who: z.array(z.string()),
          needed: z.boolean().describe('必须有'),
          hasLimit: z.boolean().describe('有期限可计'),
        }),
      )
      .describe('可以答的事'),
    titles: z.record(z.string(), z.string()).describe('通用的叫法'),
    parties: z.record(z.string(), z.string()).describe('各方通常叫什么'),
    policies: z.array(z.object({ key: z.string(), label: z.string() })).describe('可以定期限的政策'),
    purposes: z.array(z.string()).describe('程序引用条文的用途'),
    cases: z
      .array(
        z.object({
          deed: z.string(),
          fact: z.string(),
          label: z.string(),
          options: z.array(z.object({ value: z.string(), label: z.string() })),
        }),
      )
      .describe('期限可以依什么不同'),
    extension: z.object({ asks: z.string(), grants: z.string() }).describe('延期的行为'),
  }),
});

const answer = { 200: json('草稿', packageDraft) };
const revision = positive.describe('您看的是第几稿');
const access = ['compliance-editor'] as const;

export const packageDraftOperations = under('新城市', {
  listPackageDrafts: {
    request: 'GET /api/package-drafts',
    summary: '由条文写出的新城市：各份草稿，最近改动的在前',
    access,
    answers: { 200: json('各份草稿', shape('PackageDraftList', { items: z.array(z.object(head)) })) },
  },
  createPackageDraft: {
    request: 'POST /api/package-drafts',
    summary: '交上一部法的条文，开始一份草稿；不是法、章条不全的，逐行指明，什么也不存',
    access,
    body: shapeAsked('NewPackageDraft', {
      text: z.string().min(1).max(300_000).describe('条文：题目在第一行，条、款、项各自成行'),
    }),
    answers: { 201: json('草稿', packageDraft) },
    refusals: ['package.text-invalid'],
  },
  readPackageDraft: {
    request: 'GET /api/package-drafts/{id}',
    summary: '一份草稿：逐条的条文、建议、回答，哪里还不对',
    access,
    params: numbered,
    answers: answer,
    refusals: ['draft.not-found'],
  },
  answerPackageArticle: {
    request: 'PUT /api/package-drafts/{id}/articles/{article}',
    summary: '答一条；与条文不符的照样存，指明哪里不符，写出条例包以前须改正',
    access,
    params: z.strictObject({ id: positiveAsked, article: z.string().regex(provisionPattern) }),
    body: shapeAsked('PackageArticleAnswer', { revision, answer: articleSchema }),
    answers: answer,
    refusals: ['draft.not-found', 'draft.stale', 'package.answers-invalid'],
  },
  answerPackageCity: {
    request: 'PUT /api/package-drafts/{id}/city',
    summary: '答城市的名称、各样东西和各方叫什么、条文没有写的日子',
    access,
    params: numbered,
    body: shapeAsked('PackageCityAnswer', { revision, ...city }),
    answers: answer,
    refusals: ['draft.not-found', 'draft.stale'],
  },
  fetchNewPackage: {
    request: 'GET /api/package-drafts/{id}/package',
    summary: '写出的条例包，ZIP；还有没改正的，逐条指明',
    access,
    params: numbered,
    answers: { 200: fileAnswer('application/octet-stream') },
    refusals: ['draft.not-found', 'package.answers-invalid'],
  },
  removePackageDraft: {
    request: 'DELETE /api/package-drafts/{id}',
    summary: '删去一份草稿',
    access,
    params: numbered,
    answers: { 200: json('各份草稿', shape('PackageDraftList', { items: z.array(z.object(head)) })) },
    refusals: ['draft.not-found'],
  },
});

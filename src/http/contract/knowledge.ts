/** The knowledge base. */
import { z } from 'zod';
import { column } from './column.js';
import { caseFile, workOrder } from './case.js';
import { classCode, reason } from './classification.js';
import { completionRefusals, json, sheetReaders, stepRefusals, under, workers } from './operation.js';
import { civilDate, instant, numbered, pageOf, pageQuery, shape, text, workOrderNo } from './primitives.js';
import { completion, taskParams } from './task.js';
import { cites } from './said-by-law.js';

const written = {
  unit: text(100).describe(`负责的单位（${cites('knowledge-owner')}）`),
  class: classCode.nullish().describe('所属分类；不写为不限于一类'),
  title: text(200),
  body: text(20_000),
  reviewOn: z.iso.date().describe(`最迟哪一天复核；过了就算更新不及时（${cites('supervision-knowledge')}）`),
  forPublic: z
    .boolean()
    .default(false)
    .describe('向公众公开标题和正文：在公众的页面查得到，过了复核日期的除外；不写为不公开'),
};

const basedOn = z.number().int().min(1).describe('在哪一版上修改的');

export const knowledgeEntry = shape('KnowledgeEntry', {
  id: z.number().int(),
  version: z.number().int(),
  title: column('条目', 'name', z.string()),
  unit: column('负责的单位', 'text', z.string()),
  class: column('分类', 'text', z.string().nullable()),
  reviewOn: column('最迟复核', 'text', civilDate),
  body: z.string(),
  forPublic: z.boolean().describe('向公众公开'),
  state: z.enum(['valid', 'withdrawn']),
  overdue: z.boolean().describe('复核日期已过'),
});

const knowledgeDetail = knowledgeEntry
  .extend({
    history: z
      .array(
        knowledgeEntry
          .omit({ overdue: true })
          .extend({ writtenAt: instant, writtenBy: z.string(), reason: z.string() }),
      )
      .describe('各版本，新的在前'),
    supervisions: z
      .array(z.object({ no: z.string(), reviewOn: civilDate, openedAt: instant, ended: z.boolean() }))
      .describe(`到期没有复核而起的督办，新的在前（${cites('supervision-knowledge')}）`),
  })
  .meta({ id: 'KnowledgeDetail' });

const supervisionNo = text(100).meta({ description: '督办的编号', example: '知识库-12-2026-09-30' });

const supervision = caseFile
  .extend({
    no: supervisionNo,
    reviewOn: civilDate.describe('哪一天以前应当复核而没有复核'),
    entry: knowledgeEntry,
    dueVersion: z.number().int().nullable().describe('到期的是条目的第几版；其后可能改写过'),
  })
  .meta({ id: 'KnowledgeSupervision' });

export const knowledgeOperations = under(
  '知识库',
  {
    listKnowledge: {
      request: 'GET /api/knowledge',
      summary: `知识库条目，复核日期近的在前；可只看过期的（${cites('supervision-knowledge')}）`,
      access: sheetReaders,
      scopes: ['knowledge:read'],
      query: z.strictObject({
        ...pageQuery,
        unit: text(100).optional(),
        class: classCode.optional(),
        state: z.enum(['valid', 'withdrawn']).default('valid'),
        overdue: z.enum(['true', 'false']).default('false').describe('true：只看复核日期已过的'),
      }),
      answers: { 200: json('一页条目', pageOf(knowledgeEntry).meta({ id: 'KnowledgePage' })) },
    },
    searchKnowledge: {
      request: 'GET /api/knowledge/search',
      summary: '查找知识库：文字相近的，然后是同一分类的',
      access: sheetReaders,
      scopes: ['knowledge:read'],
      query: z.strictObject({
        question: text(200),
        class: classCode.optional(),
        limit: z.coerce.number().int().min(1).max(50).default(10),
      }),
      answers: {
        200: json(
          '找到的条目',
          z.object({ items: z.array(knowledgeEntry.extend({ similarity: z.number() })) }),
        ),
      },
    },
    readKnowledge: {
      request: 'GET /api/knowledge/{id}',
      summary: '一个条目及其各版本',
      access: sheetReaders,
      scopes: ['knowledge:read'],
      params: numbered,
      answers: { 200: json('条目', knowledgeDetail) },
      refusals: ['knowledge.not-found'],
    },
    addKnowledge: {
      request: 'POST /api/knowledge',
      summary: `新写一个条目（${cites('knowledge')}）`,
      access: ['handler', 'intake', 'supervisor'],
      body: z.strictObject({ ...written, reason: reason.default('新写') }),
      answers: { 201: json('条目', knowledgeDetail) },
      refusals: ['access.denied', 'knowledge.invalid', 'classification.unknown', 'unit.not-found'],
    },
    rewriteKnowledge: {
      request: 'POST /api/knowledge/{id}/versions',
      summary: '改写一个条目，成为新的版本；撤下的由此恢复',
      access: ['handler', 'intake', 'supervisor'],
      params: numbered,
      body: z.strictObject({ ...written, basedOn, reason }),
      answers: { 201: json('条目', knowledgeDetail) },
      refusals: [
        'access.denied',
        'knowledge.not-found',
        'knowledge.stale',
        'knowledge.invalid',
        'classification.unknown',
        'unit.not-found',
      ],
    },
    withdrawKnowledge: {
      request: 'POST /api/knowledge/{id}/withdrawal',
      summary: '撤下一个条目；不删除',
      access: ['handler', 'intake', 'supervisor'],
      params: numbered,
      body: z.strictObject({ basedOn, reason }),
      answers: { 200: json('条目', knowledgeDetail) },
      refusals: ['access.denied', 'knowledge.not-found', 'knowledge.stale'],
    },
    readKnowledgeSupervision: {
      request: 'GET /api/knowledge/supervisions/{no}',
      part: 'supervision',
      summary: `一件知识库条目的督办：条目、待办、期限、轨迹（${cites('supervision-knowledge')}）`,
      access: sheetReaders,
      params: z.strictObject({ no: supervisionNo }),
      answers: { 200: json('督办', supervision) },
      refusals: ['case.not-found'],
    },
    completeKnowledgeTask: {
      request: 'POST /api/knowledge/supervisions/{no}/tasks/{id}/completion',
      part: 'supervision',
      summary: '办结知识库条目督办的一项待办',
      access: workers,
      params: z.strictObject({ no: supervisionNo, id: taskParams.shape.id }),
      body: completion,
      answers: { 200: json('办结后的督办', supervision) },
      refusals: completionRefusals,
    },
    superviseKnowledge: {
      request: 'POST /api/knowledge/{id}/supervision',
      part: 'supervision',
      summary: `因知识库更新不及时或者不合要求交督办（${cites('supervision-knowledge')}），在发现问题的工单上`,
      access: ['supervisor'],
      params: numbered,
      body: z.strictObject({ workOrder: workOrderNo, reason }),
      answers: { 200: json('交督办后的工单', workOrder) },
      refusals: [
        'knowledge.no-ground',
        'knowledge.not-found',
        'case.not-found',
        'stimulus.not-waiting',
        ...stepRefusals,
      ],
    },
  },
  'knowledge',
);

/** Building blocks of the contract. Also runs in browsers: no Node imports. */
import { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { firstKeyIn, listing } from './said-by-law.js';

/** Text typed by people: trimmed, not empty, in NFC, the form in which entries store text. */
export const text = (longest: number) => z.string().normalize('NFC').trim().min(1).max(longest);

/** An object of an answer, with the name under which the OpenAPI document lists it. */
export const shape = <Shape extends z.core.$ZodLooseShape>(id: string, fields: Shape) =>
  z.object(fields).meta({ id });

/** The same in a request: fields that it does not name are refused. */
export const shapeAsked = <Shape extends z.core.$ZodLooseShape>(id: string, fields: Shape) =>
  z.strictObject(fields).meta({ id });

const written = {
  format: 'date-time',
  example: '2026-11-24T10:30:00+08:00',
  description: 'ISO 8601，时区 +08:00',
};

/** How the contract writes instants. */
export const instantText = (at: Date): string => toShanghaiIso(at);

const codec = { decode: (text: string) => new Date(text), encode: instantText };

/** An instant in an answer: ISO 8601 with China's offset, `2026-11-24T10:30:00+08:00`. */
export const instant = z.codec(z.string(), z.date(), codec).meta(written);

/** An instant in an answer with stored content: an event as it was sent, a report as it was stored. */
export const instantWritten = z.string().meta(written);

/** An instant in a request, with any offset. */
export const instantAsked = z.codec(z.iso.datetime({ offset: true }), z.date(), codec);

/** A civil day in Asia/Shanghai, `YYYY-MM-DD`. */
export const civilDate = z
  .string()
  .meta({ format: 'date', example: '2026-12-01', description: '北京时间的日期' });

/** A day in a request; the program checks that it exists. */
export const day = text(10).meta({ format: 'date', example: '2026-12-01', description: '北京时间的日期' });

/** An object whose content the contract does not define (an entry's body, a derivation). */
export const anyObject = z.record(z.string(), z.unknown());

/** In lists: the case's row differs from what the trail recorded. */
export const alteredMark = z
  .literal(true)
  .optional()
  .describe('上次核验查出它的行不是轨迹所记的；没有查出的不写');

export const realm = z.enum(['live', 'replay']).describe('live：实际运行；replay：以历史数据重放');

export const workOrderNo = text(100).meta({ description: '工单编号', example: '20261124-000001' });

const largestInteger = 2_147_483_647;

/** An integer that the database can hold, from one on: in a body, and in a path or a query. */
export const positive = z.int().min(1).max(largestInteger);
export const positiveAsked = z.coerce.number().int().min(1).max(largestInteger);

/** Path parameters of what has a number. */
export const numbered = z.strictObject({ id: positiveAsked });

const limit = z.coerce.number().int().min(1).max(200).default(50).describe('至多几条，1 至 200');

export const pageQuery = {
  limit,
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过前几条'),
};

/** One page of a list with the total count. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    total: z.number().int(),
    limit: z.number().int(),
    offset: z.number().int(),
    items: z.array(item),
  });

/** Search in sheets: all words, separated by spaces, at least two characters each. */
export const searched = text(100)
  .refine((words) => words.split(/\s+/).every((word) => [...word].length >= 2), '每个词至少要有两个字')
  .refine((words) => words.split(/\s+/).length <= 8, '至多 8 个词')
  .meta({
    description:
      '标题或内容里都有的词，以空格分开，每个至少两个字；连着写的按词分开找，加引号的照原样；或者工单编号的开头；可以看来电人信息的热线人员也可以用来电人的电话、邮箱',
    example: '停水 小区',
  });

/** Query of a list with a cursor. */
export const cursorQuery = {
  limit,
  cursor: z
    .string()
    .min(1)
    .max(2000)
    .optional()
    .describe('接着读：前一页的 next，原样带上；其间新增或办结的，既不使后面的漏掉，也不使其重复'),
};

/** One page of a list with a cursor. */
export const cursorPage = <Item extends z.ZodType>(item: Item) =>
  z.object({
    limit: z.number().int(),
    next: z.string().nullable().describe('下一页的 cursor；没有下一页为 null'),
    items: z.array(item),
  });

/** Counts of lists stop at this number. */
export const mostCounted = 10_000;

/** A count, and whether it stopped at the limit. */
export const counted = {
  total: z.number().int().describe(`共几条；至多数到 ${mostCounted}`),
  totalOrMore: z.boolean().describe(`true：不止 total 条`),
};

/** Level of escalation, or none. */
export const level = z
  .string()
  .nullable()
  .meta({
    description: `最近一次升级：${listing('levels')};null 正常`,
    example: firstKeyIn('levels'),
  });

/** A provision: stable id and label. */
export const provision = z.object({ id: z.string(), label: z.string() }).meta({ id: 'Provision' });

export const xml = z.string().describe('XML 原文');

/** A BPMN diagram as XML, at most 5 MiB as UTF-8. */
export const diagram = z
  .string()
  .min(1)
  .max(5 * 1024 * 1024)
  .describe('BPMN 2.0 XML 原文，决策表是 DMN 1.3 XML；至多 5 MiB');

/** A file as the answer: with its own type, or to be saved. */
export const fileAnswer = <Type extends '*/*' | 'application/octet-stream'>(type: Type) => ({
  description: '文件',
  type,
  schema: z.string().meta({ format: 'binary' }),
  headers: { 'Content-Disposition': '文件名' },
});

export const plainText = z.string();

export const eventStream = z.string().describe('事件流（server-sent events）');

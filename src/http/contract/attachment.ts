/** A sheet's photographs, sound and documents: adding, listing, downloading. */
import { z } from 'zod';
import { json, sheetReaders, stepRefusals, under } from './operation.js';
import { fileAnswer, instant, shape, workOrderNo } from './primitives.js';

const id = z.uuid().describe('附件的编号');

const shows = z
  .enum(['matter', 'before', 'after'])
  .describe('所示：matter 诉求（来电人提供），before 办理前，after 办理后');

export const attachment = shape('Attachment', {
  id,
  name: z.string(),
  kind: z.enum(['picture', 'document', 'sound', 'film']).describe('照片、文件、录音、短视频，按内容认出'),
  mediaType: z.string().meta({ description: '留存的格式', example: 'image/jpeg' }),
  shows,
  bytes: z.number().int(),
  hasThumbnail: z.boolean(),
  addedAt: instant,
  addedBy: z.string().nullable().describe('谁传的；来电人自己传的为 null'),
});

const attachmentLimits = shape('AttachmentLimits', {
  bytesPerFile: z.number().int(),
  bytesPerSheet: z.number().int(),
  most: z.number().int().describe('一张工单至多几个'),
});

const attachments = shape('Attachments', {
  items: z.array(attachment).describe('先传的在前'),
  refused: z
    .array(z.object({ name: z.string().nullable(), at: instant, why: z.string() }))
    .describe('随来信、消息来而没有收下的，为什么；先来的在前'),
  withheld: z
    .object({ provision: z.string(), why: z.string() })
    .nullable()
    .describe('来电人提供的不显示的事由；都显示的为 null'),
  limits: attachmentLimits,
});

/** Percent-encoded, because a header's value is ASCII. It is not in the URL, which proxies log. */
export const fileNameHeader = z
  .string()
  .max(2000)
  .transform((given, context) => {
    try {
      return decodeURIComponent(given);
    } catch {
      context.addIssue({ code: 'custom', message: '不是百分号编码的 UTF-8' });
      return z.NEVER;
    }
  })
  .meta({ description: '文件名，百分号编码（encodeURIComponent）', example: '%E8%B7%AF%E9%9D%A2.jpg' });

export const uploadRefusals = [
  'attachment.unsupported',
  'attachment.damaged',
  'attachment.infected',
  'attachment.unscanned',
  'attachment.store-failed',
  'attachment.too-large',
  'attachment.too-many',
  'media-type.unsupported',
  ...stepRefusals,
] as const;

const params = z.strictObject({ no: workOrderNo });
const one = z.strictObject({ no: workOrderNo, id });

const fileRefusals = [
  ...(['case.not-found', 'attachment.not-found', 'attachment.missing'] as const),
  ...(['attachment.altered', 'attachment.store-failed'] as const),
] as const;

export const attachmentOperations = under('附件', {
  listAttachments: {
    request: 'GET /api/work-orders/{no}/attachments',
    summary: '工单的附件：照片、录音、文件',
    access: sheetReaders,
    params,
    answers: { 200: json('附件', attachments) },
    refusals: ['case.not-found'],
  },
  addAttachment: {
    request: 'POST /api/work-orders/{no}/attachments',
    summary: '给工单添加附件：正文就是文件；按内容认格式，图片重新编码，哈希记入轨迹',
    access: ['intake', 'handler', 'reviewer', 'supervisor'],
    params,
    query: z.strictObject({ shows }),
    headers: z.object({ 'x-file-name': fileNameHeader }),
    upload: true,
    answers: { 201: json('已添加', attachment), 200: json('同一个文件此前已经添加过', attachment) },
    refusals: ['case.not-found', ...uploadRefusals],
  },
  fetchAttachment: {
    request: 'GET /api/work-orders/{no}/attachments/{id}',
    summary: '取一个附件；先核对它是轨迹记下的那一个',
    access: sheetReaders,
    params: one,
    answers: { 200: fileAnswer('*/*') },
    refusals: fileRefusals,
  },
  fetchThumbnail: {
    request: 'GET /api/work-orders/{no}/attachments/{id}/thumbnail',
    summary: '取一张照片的缩略图',
    access: sheetReaders,
    params: one,
    answers: { 200: fileAnswer('*/*') },
    refusals: fileRefusals,
  },
});

/** Sources of requests, and the fate of messages that were set aside. */
import { z } from 'zod';
import { actor, count, event, flag, text } from './event.js';

const source = {
  actor,
  source: count.describe('来源的编号'),
  name: text.describe('来源的名称'),
  channel: text.describe('哪个渠道'),
  proof: z
    .enum(['signature', 'token', 'api-key', 'mailbox'])
    .describe('凭签名、口令、Open311 的钥匙，还是读邮箱'),
};
const mapping = z.record(text, text).describe('工单的各栏从消息的哪里取');

export const channels = {
  'source.added': event('新设诉求来源', { ...source, mapping }),
  'source.changed': event('改诉求来源', { ...source, mapping }),
  'source.secret-replaced': event('换诉求来源的密钥', source),
  'source.outgoing-set': event('设告知来电人的地址', {
    ...source,
    host: text.nullable().describe('发往哪个主机；不再告知的为 null'),
  }),
  'source.outgoing-tested': event('试发给来源', { ...source, arrived: flag.describe('送到没有') }),
  'template.changed': event('改告知来电人的文本', {
    actor,
    occasion: text.describe('什么时候告知'),
    language: text.describe('语言'),
    version: count.describe('第几版'),
    subject: text.describe('标题'),
    text: text.describe('正文'),
  }),
  'source.closed': event('停用诉求来源', source),
  'message.settled': event('处理读不懂的来信', {
    actor,
    source: count.describe('来源的编号'),
    name: text.describe('来源的名称'),
    message: count.describe('第几件来信'),
    workOrder: text.nullable().describe('受理为哪张工单'),
    why: text.nullable().describe('为什么不受理'),
  }),
} as const;

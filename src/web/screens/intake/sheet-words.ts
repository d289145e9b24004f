/** Channels and kinds of requests, in words. */
import type { Input } from '../../api/client.js';

type Request = Input<'acceptRequest'>['body'];

export interface Word<Value> {
  readonly value: Value;
  readonly word: string;
}

export const channels: readonly Word<Request['channel']>[] = [
  { value: 'phone', word: '电话' },
  { value: 'mailbox', word: '市长信箱' },
  { value: 'sms', word: '短信' },
  { value: 'app', word: '客户端' },
  { value: 'weibo', word: '微博' },
  { value: 'wechat', word: '微信' },
];

export const kinds: readonly Word<Request['kind']>[] = [
  { value: 'consultation', word: '咨询' },
  { value: 'help', word: '求助' },
  { value: 'suggestion', word: '建议' },
  { value: 'complaint', word: '投诉' },
  { value: 'report', word: '举报' },
];

import type { Input, Output } from '../../api/client.js';
import { callerTitle } from '../../law/page-law.js';

export type Source = Output<'listChannelSources'>['items'][number];
export type PutAside = Output<'listPutAside'>['items'][number];
export type Proof = Input<'addChannelSource'>['body']['proof'];
export type Mapping = Input<'addChannelSource'>['body']['mapping'];

export const proofWords = {
  signature: '签名',
  token: '口令',
  'api-key': 'Open311',
} as const satisfies Record<Proof, string>;

/** In the order of the form; the first two are mandatory. */
export const mappingWords = {
  content: '事项内容',
  kind: '类别',
  messageId: '消息编号',
  title: '标题',
  callerName: callerTitle(),
  callerContact: '联系方式',
  callerAddress: `${callerTitle()}地址`,
  place: '事发地点',
  district: '属地',
  replyWanted: '要求回复',
  confidential: '要求保密',
  language: '语言',
  messagesWanted: '愿意收消息',
  files: '附件',
  externalNo: '来文编号',
  externalDue: '来文期限',
} as const satisfies Record<keyof Mapping, string>;

export const dismissalWords = {
  'not-a-request': '不是诉求',
  advertising: '广告',
  repeated: '重复',
  test: '测试',
} as const satisfies Record<Input<'dismissPutAside'>['body']['why'], string>;

/** What an agent types while the caller speaks. */
import type { Input } from '../../api/client.js';

type Request = Input<'acceptRequest'>['body'];

export const channels: readonly { readonly value: Request['channel']; readonly word: string }[] = [
  { value: 'phone', word: '电话' },
  { value: 'mailbox', word: '市长信箱' },
  { value: 'sms', word: '短信' },
  { value: 'app', word: '客户端' },
  { value: 'weibo', word: '微博' },
  { value: 'wechat', word: '微信' },
];

export const kinds: readonly { readonly value: Request['kind']; readonly word: string }[] = [
  { value: 'consultation', word: '咨询' },
  { value: 'help', word: '求助' },
  { value: 'suggestion', word: '建议' },
  { value: 'complaint', word: '投诉' },
  { value: 'report', word: '举报' },
];

export interface Draft {
  channel: Request['channel'];
  kind: Request['kind'];
  title: string;
  content: string;
  callerName: string;
  callerContact: string;
  replyWanted: boolean;
  confidential: boolean;
}

export const emptyDraft = (): Draft => ({
  channel: 'phone',
  kind: 'help',
  title: '',
  content: '',
  callerName: '',
  callerContact: '',
  replyWanted: true,
  confidential: false,
});

/** An empty name or contact is none. A title that nobody typed is the beginning of the matter. */
export const requestOf = (draft: Draft): Request => ({
  ...draft,
  title:
    draft.title.trim() === ''
      ? (draft.content
          .trim()
          .split(/[。!?\n]/)[0]
          ?.slice(0, 40) ?? '')
      : draft.title,
  callerName: draft.callerName.trim() === '' ? null : draft.callerName,
  callerContact: draft.callerContact.trim() === '' ? null : draft.callerContact,
});

/** One key a request that was typed: sent again after a broken connection, it is accepted once. */
export const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** What may stand in the trails `accounts` and `refusals`, and what people call it: nothing is written without a name. */
import type { JsonObject } from '../kernel/index.js';
import { roleTitles, type Role } from './roles/index.js';

const entryTitles = {
  'access.refused': '拒绝一次请求',
  'password.changed': '改了自己的口令',
  'password.reset': '重置口令',
  'person.added': '开帐号',
  'person.closed': '停用帐号',
  'person.linked': '关联统一身份认证',
  'person.unlinked': '取消关联统一身份认证',
  'role.granted': '授予角色',
  'role.revoked': '收回角色',
  'second-factor.cancelled': '取消自己的动态口令',
  'second-factor.reset': '取消动态口令',
  'second-factor.set': '启用动态口令',
  'session.ended': '结束一个会话',
  'sign-in.failed': '登录失败',
  'sign-in.held-up': '登录失败次数过多,暂停',
  'sign-in.succeeded': '登录',
  'system.added': '登记其他系统',
  'system.closed': '停用其他系统',
  'token.issued': '发令牌',
  'token.replaced': '令牌换新',
  'token.revoked': '吊销令牌',
  'unit.added': '增加单位',
} as const satisfies { readonly [type: string]: string };

export type EntryType = keyof typeof entryTitles;

/** What an entry says, with the role or the token that it is about; undefined for what is none of these. */
export function accountTitle(type: string, { role, token }: JsonObject): string | undefined {
  const title = Object.hasOwn(entryTitles, type) ? entryTitles[type as EntryType] : undefined;
  if (title === undefined) return undefined;
  if (typeof role === 'string') return `${title}:${roleTitles[role as Role] ?? role}`;
  return typeof token === 'string' ? `${title}:${token}` : title;
}

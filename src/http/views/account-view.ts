/** An entry of the trails `accounts` and `refusals` in one sentence. */
import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import { roleTitles, type Role } from '../../identity/index.js';
import { refusals, type JsonObject, type RefusalCode } from '../../kernel/index.js';
import type { accountJournalOperations } from '../contract/account-journal.js';
import { operations, type Operation } from '../contract/operations.js';
import type { JournalRow } from '../store/account-journal-store.js';

type Page = z.input<
  (typeof accountJournalOperations)['readAccountJournal']['answers'][200]['schema']
>['items'][number];

export const accountView = ({ seq, type, at, leaf, body }: JournalRow): Page => ({
  seq,
  type,
  title: titleOf(type, body),
  at: toShanghaiIso(at),
  actor: wordIn(body, 'actor'),
  of: wordIn(body, 'of') || null,
  address: wordIn(body, 'address'),
  hash: leaf,
});

const plain: { readonly [type: string]: string } = {
  'sign-in.succeeded': '登录',
  'sign-in.failed': '登录失败',
  'sign-in.held-up': '登录失败次数过多,暂停',
  'session.ended': '结束一个会话',
  'password.changed': '改了自己的口令',
  'password.reset': '重置口令',
  'second-factor.set': '启用动态口令',
  'second-factor.reset': '取消动态口令',
  'person.added': '开帐号',
  'person.closed': '停用帐号',
  'unit.added': '增加单位',
};

function titleOf(type: string, body: JsonObject): string {
  if (type === 'role.granted' || type === 'role.revoked') {
    const role = wordIn(body, 'role') ?? '';
    return `${type === 'role.granted' ? '授予' : '收回'}角色:${roleTitles[role as Role] ?? role}`;
  }
  if (type === 'access.refused') {
    const id = wordIn(body, 'operation') ?? '';
    const asked = (operations as Readonly<Record<string, Operation>>)[id]?.summary ?? id;
    const code = wordIn(body, 'code') ?? '';
    return `${refusals[code as RefusalCode]?.title ?? code}:${asked}`;
  }
  return plain[type] ?? type;
}

function wordIn(body: JsonObject, key: string): string | null {
  const value = body[key];
  return typeof value === 'string' ? value : null;
}

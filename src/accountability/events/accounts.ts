/** Accounts, log-ins and refusals. */
import { z } from 'zod';
import { actor, count, event, instant, listOf, text, texts } from './event.js';

const login = text.describe('登录名');
const address = text.describe('请求来自哪里');
/** Set for log-ins by single sign-on. */
const by = z.literal('oidc').optional().describe('经统一身份认证');
const ofPerson = { of: login, actor };
const ofSystem = { of: text.describe('其他系统的名称'), actor };
const token = text.describe('令牌的前缀');

/** All refusals of the same kind within one minute share one entry. */
const counted = { minute: instant.describe('在哪一分钟里'), count: count.describe('共几次') };
const moreOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  listOf(z.object(shape)).optional().describe('其余的，不同的至多写十九个');
const refused = {
  address,
  operation: text.describe('哪项操作'),
  of: text.describe('对什么：编号、任务；没有的为空'),
};

const ofUnit = {
  of: text.describe('单位'),
  kind: text.describe('单位的种类'),
  parent: text.nullable().describe('上级单位'),
};

export const accounts = {
  'unit.added': event('增加单位', { ...ofUnit, actor }),
  'person.added': event('开帐号', { ...ofPerson, name: text, unit: text }),
  'samples.added': event('开示例帐号', {
    units: listOf(z.object(ofUnit)).optional().describe('为此增加的单位'),
    persons: listOf(z.object({ of: login, name: text, unit: text, role: text })).describe('各人和角色'),
    actor,
  }),
  'person.languages-set': event('写明会哪几种语言', { ...ofPerson, languages: texts.describe('中文以外的') }),
  'person.closed': event('停用帐号', ofPerson),
  'person.linked': event('关联统一身份认证', ofPerson),
  'person.unlinked': event('取消关联统一身份认证', ofPerson),
  'role.granted': event('授予角色', { ...ofPerson, role: text }),
  'role.revoked': event('收回角色', { ...ofPerson, role: text }),
  'password.changed': event('改了自己的口令', ofPerson),
  'password.reset': event('重置口令', ofPerson),
  'second-factor.set': event('启用动态口令', ofPerson),
  'second-factor.cancelled': event('取消自己的动态口令', ofPerson),
  'second-factor.reset': event('取消动态口令', ofPerson),
  'session.ended': event('结束一个会话', { of: login, actor: actor.optional(), by }),
  'session.signed-out': event('退出登录', ofPerson),
  'sign-in.succeeded': event('登录', { ...ofPerson, address, by }),
  'sign-in.repeated': event('再次验证身份', { ...ofPerson, address, by }),
  'sign-in.failed': event('登录失败', {
    of: login.nullable().describe('登录名；没有这样的帐号的不记'),
    address,
    by,
    code: text.optional().describe('拒绝的代码'),
    ...counted,
    more: moreOf({ address }),
  }),
  'sign-in.held-up': event('登录失败次数过多，暂停', { address, ...counted, more: moreOf({ address }) }),
  'system.added': event('登记其他系统', { ...ofSystem, unit: text.nullable() }),
  'system.closed': event('停用其他系统', ofSystem),
  'token.issued': event('发令牌', { ...ofSystem, token, scopes: texts, expiresAt: instant }),
  'token.replaced': event('令牌换新', {
    ...ofSystem,
    token,
    by: text.describe('新令牌的前缀'),
    until: instant.describe('旧令牌用到何时'),
  }),
  'token.revoked': event('吊销令牌', { ...ofSystem, token }),
} as const;

export const refusals = {
  'access.refused': event('拒绝请求', {
    actor: actor.optional(),
    ...refused,
    code: text.describe('拒绝的代码'),
    ...counted,
    more: moreOf(refused),
  }),
} as const;

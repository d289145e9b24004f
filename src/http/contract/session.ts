/** Log-in, log-out, one's own account. */
import { z } from 'zod';
import { json, under } from './operation.js';
import { packageKey } from './package-key.js';
import { instant, shape, shapeAsked, text } from './primitives.js';

export const roleId = packageKey('角色', 'roles');

export const unitKind = packageKey('单位的种类', 'unit-kinds', 'bodies');

export const login = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9._-]{1,39}$/, '登录名为 2 至 40 个小写字母、数字、点、横线，以字母开头')
  .meta({ description: '登录名', example: 'zhangsan' });

/** Passwords are not trimmed. */
export const password = z.string().min(1).max(200);

const code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '动态口令是 6 位数字')
  .describe('动态口令');

export const role = z.object({ id: roleId, title: z.string() });

export const session = shape('Session', {
  csrf: z.string().describe('凡改动数据的请求，以请求头 X-CSRF-Token 带上它（登录也是）'),
  person: z
    .object({
      login: z.string(),
      name: z.string(),
      unit: z.object({ name: z.string(), kind: unitKind, kindName: z.string() }),
      linked: z.boolean().describe('已关联统一身份认证的用户'),
      sample: z.boolean().describe('试用的示例帐号：一开别的帐号即停用'),
    })
    .nullable()
    .describe('没有登录的为 null'),
  roles: z.array(role),
  duties: z.array(z.string()).describe('可以办的岗位，即流程图上的 duty:role'),
  messages: z.array(z.string()).describe('可以向工单发的消息'),
  units: z.array(z.string()).describe('本单位及下级单位'),
  languages: z.array(z.string()).describe('中文以外，会哪几种语言'),
  mustChangePassword: z.boolean().describe('须先改口令才能办别的'),
  singleSignOn: z.boolean().describe('可以到统一身份认证登录'),
  secondFactor: z.boolean().describe('是否已设动态口令'),
  authAt: instant.nullable().describe('最近一次验证身份的时刻'),
  recentUntil: instant.nullable().describe('到此时刻为止，发布、查看来电人资料、导出不须再次验证身份'),
});

/** A malformed log-in name fails like a wrong one. */
const signIn = shapeAsked('SignIn', {
  login: text(200).meta({ description: '登录名', example: 'zhangsan' }),
  password: password.describe('口令'),
  code: code.optional(),
});

const proof = signIn.omit({ login: true }).meta({ id: 'Proof' });

const passwordChange = shapeAsked('PasswordChange', {
  password,
  code: code.optional(),
  next: password.describe('新口令'),
});

const secondFactorOffer = shape('SecondFactorOffer', {
  secret: z.string(),
  address: z.string().describe('otpauth:// 地址，可作二维码'),
});

const secondFactorConfirmation = shapeAsked('SecondFactorConfirmation', {
  secret: z.string().regex(/^[A-Z2-7]{32}$/, '密钥不对'),
  code,
});

const signedOut = session
  .extend({
    continueAt: z.string().nullable().describe('从统一身份认证登录的，浏览器再去这个地址，在那里也退出'),
  })
  .meta({ id: 'SignedOut' });

const cookie = { 'Set-Cookie': '会话的 cookie' } as const;

export const sessionOperations = under('登录', {
  readSession: {
    request: 'GET /api/session',
    summary: '谁在用，能办什么；没有登录的，取得登录要用的 csrf',
    access: 'anyone',
    because: '登录要用的 csrf 由此取得；没有登录的不知道别的',
    answers: { 200: { ...json('会话', session), headers: cookie } },
  },
  signIn: {
    request: 'POST /api/session',
    quiet: true,
    summary: '登录',
    access: 'anyone',
    because: '登录之前没有会话',
    body: signIn,
    answers: { 200: { ...json('已登录', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  signOut: {
    request: 'DELETE /api/session',
    quiet: true,
    summary: '退出',
    access: 'anyone',
    because: '只结束自己带来的会话',
    answers: { 200: { ...json('已退出', signedOut), headers: cookie } },
  },
  reauthenticate: {
    request: 'POST /api/session/reauthentication',
    quiet: true,
    summary: '再次验证身份，之后一段时间内可以发布、查看来电人资料、导出',
    access: 'signed-in',
    because: '验证本人',
    body: proof,
    answers: { 200: { ...json('已验证', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  changePassword: {
    request: 'POST /api/account/password',
    summary: '改自己的口令；别处的会话随即结束',
    access: 'signed-in',
    because: '只改本人的',
    body: passwordChange,
    answers: { 200: { ...json('已改', session), headers: cookie } },
    refusals: ['session.failed', 'session.held-up'],
  },
  offerSecondFactor: {
    request: 'GET /api/account/second-factor',
    summary: '取得动态口令的密钥，尚未启用',
    access: 'signed-in',
    because: '只给本人',
    recent: true,
    answers: { 200: json('密钥', secondFactorOffer) },
  },
  confirmSecondFactor: {
    request: 'POST /api/account/second-factor',
    summary: '以一个动态口令确认，启用动态口令',
    access: 'signed-in',
    because: '只给本人启用',
    recent: true,
    body: secondFactorConfirmation,
    answers: { 200: json('已启用', session) },
    refusals: ['session.failed'],
  },
  cancelSecondFactor: {
    request: 'DELETE /api/account/second-factor',
    summary: '取消自己的动态口令，记入轨迹；没有启用的不变',
    access: 'signed-in',
    because: '只取消本人的',
    recent: true,
    answers: { 200: json('已取消', session) },
  },
});

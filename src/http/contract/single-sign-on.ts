/**
 * Log-in by the city's single sign-on (OpenID Connect): the two addresses a browser visits, and linking of accounts.
 */
import { z } from 'zod';
import { json, under } from './operation.js';
import { personParams } from './people.js';
import { plainText, shape, shapeAsked, text } from './primitives.js';

const startQuery = z.strictObject({
  to: z
    .string()
    .regex(/^\/(?![/\\])[^\s\\]{0,400}$/, '须是本站的地址，以一个 / 开头')
    .default('/')
    .describe('登录后去哪里'),
  again: z.enum(['true', 'false']).default('false').describe('true：再次验证身份'),
});

const callbackQuery = z.looseObject({
  state: z.string().max(200).optional(),
  code: z.string().max(4000).optional(),
  error: z.string().max(200).optional(),
  iss: z.string().max(400).optional(),
});

/** Other fields are ignored. */
const logoutNotice = z
  .looseObject({
    logout_token: z.string().max(20_000).describe('统一身份认证签名的退出通知（JWT）'),
  })
  .meta({ id: 'LogoutNotice' });

const link = shapeAsked('SingleSignOnLink', {
  subject: text(255).meta({ description: '统一身份认证里的用户标识（sub）', example: '248289761001' }),
});

const linked = shape('SingleSignOnLinked', { login: z.string(), linked: z.boolean() });

const elsewhere = (description: string) =>
  ({
    description,
    type: 'text/plain',
    schema: plainText,
    headers: { Location: '去哪里', 'Set-Cookie': '会话的 cookie' },
  }) as const;

const browsing = under('登录', {
  startSingleSignOn: {
    request: 'GET /api/session/oidc',
    summary: '到统一身份认证登录（浏览器访问）',
    access: 'anyone',
    because: '登录之前没有会话',
    query: startQuery,
    answers: { 303: elsewhere('去统一身份认证；不成的回登录页，地址里写明代码') },
  },
  finishSingleSignOn: {
    request: 'GET /api/session/oidc/callback',
    summary: '从统一身份认证回来（浏览器访问）',
    access: 'anyone',
    because: '从统一身份认证回来时还没有会话；凭出发时的 state',
    query: callbackQuery,
    answers: { 303: elsewhere('已登录，去登录前要去的地方；不成的回登录页，地址里写明代码') },
  },
  noticeLogout: {
    request: 'POST /api/session/oidc/logout-notice',
    quiet: true,
    summary: '统一身份认证通知：那里的会话结束了，这里由它开始的随即结束（back-channel logout）',
    access: 'anyone',
    because: '来的是统一身份认证的服务器，没有会话；凭通知的签名',
    form: true,
    body: logoutNotice,
    answers: { 200: { description: '已结束', type: 'text/plain', schema: plainText } },
    refusals: ['oidc.off', 'oidc.notice-refused', 'oidc.unreachable'],
  },
});

const linking = under('单位和人员', {
  linkSingleSignOn: {
    request: 'PUT /api/persons/{login}/single-sign-on',
    summary: '关联统一身份认证里的用户；会话随即结束',
    access: ['security-admin'],
    recent: true,
    params: personParams,
    body: link,
    answers: { 200: json('已关联', linked) },
    refusals: ['person.not-found', 'person.exists', 'oidc.off'],
  },
  unlinkSingleSignOn: {
    request: 'DELETE /api/persons/{login}/single-sign-on',
    summary: '取消关联；会话随即结束',
    access: ['security-admin'],
    params: personParams,
    answers: { 200: json('已取消', linked) },
    refusals: ['person.not-found'],
  },
});

export const singleSignOnOperations = { ...browsing, ...linking };

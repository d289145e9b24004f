/** Other systems and their tokens, managed by the security administrator. */
import { z } from 'zod';
import { column } from './column.js';
import { scopes } from '../../identity/scopes/index.js';
import { json, under } from './operation.js';
import { instant, numbered, shape, shapeAsked, text } from './primitives.js';

const scopeId = z.enum(scopes).meta({ description: '令牌的范围', example: 'work-orders:read' });

const token = shape('ApiToken', {
  id: z.number().int(),
  prefix: column('令牌的开头', 'code', z.string()).meta({
    description: '令牌的开头，凭它辨认',
    example: 'hotline_1a2b3c4d',
  }),
  scopes: column('范围', 'text', z.array(scopeId)),
  state: column('状态、到期', 'text', z.enum(['good', 'replaced', 'expired', 'revoked'])).describe(
    '可用；已换新，到期前仍可用；已到期；已吊销',
  ),
  lastUsedAt: column('最近使用', 'text', instant.nullable().describe('最近一次使用，精确到分')),
  issuedAt: instant,
  issuedBy: z.string(),
  expiresAt: instant,
  revokedAt: instant.nullable(),
  revokedBy: z.string().nullable(),
});

const system = shape('ClientSystem', {
  name: column('系统', 'name', z.string()),
  tokens: column('令牌', 'text', z.array(token).describe('新的在前')),
  closedAt: instant.nullable(),
  id: z.number().int(),
  unit: z.string().nullable().describe('看哪个单位（及下级单位）的工单；null 不属于单位'),
  createdAt: instant,
  createdBy: z.string(),
  closedBy: z.string().nullable(),
});

const systemList = shape('ClientSystemList', {
  items: z.array(system).describe('在用的在前'),
  scopes: z.array(z.object({ id: scopeId, title: z.string() })).describe('令牌可以有的范围'),
  longestDays: z.number().int().describe('令牌至多有效几天'),
  longestOverlapHours: z.number().int().describe('换新时新旧令牌至多并用几小时'),
});

const newSystem = shapeAsked('NewClientSystem', {
  name: text(60),
  unit: text(100).optional().meta({ example: '市水务局' }),
});

const days = z.number().int().min(1).max(3660).meta({ description: '有效几天', example: 90 });

const newToken = shapeAsked('NewApiToken', { scopes: z.array(scopeId).min(1).max(scopes.length), days });

const rotation = shapeAsked('ApiTokenRotation', {
  days,
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(8784)
    .default(24)
    .describe('原来的令牌还能用几小时；0 立即不能用'),
});

const issuedToken = shape('IssuedApiToken', {
  ...token.shape,
  secret: z.string().describe('令牌全文，只在这里出现一次'),
});

const watchers = ['security-admin', 'system-admin', 'audit-admin'] as const;

export const systemOperations = under('其他系统', {
  listSystems: {
    request: 'GET /api/systems',
    summary: '可以调用接口的其他系统及其令牌；令牌只显示开头',
    access: watchers,
    answers: { 200: json('其他系统', systemList) },
  },
  addSystem: {
    request: 'POST /api/systems',
    summary: '登记一个其他系统',
    access: ['security-admin'],
    recent: true,
    body: newSystem,
    answers: { 201: json('已登记', system) },
    refusals: ['system.exists', 'unit.not-found'],
  },
  closeSystem: {
    request: 'POST /api/systems/{id}/closure',
    summary: '停用一个系统：令牌全部吊销',
    access: ['security-admin'],
    params: numbered,
    answers: { 200: json('停用后的系统', system) },
    refusals: ['system.not-found'],
  },
  issueToken: {
    request: 'POST /api/systems/{id}/tokens',
    summary: '发一个令牌，全文只在答复里出现一次',
    access: ['security-admin'],
    recent: true,
    params: numbered,
    body: newToken,
    answers: { 201: json('已发', issuedToken) },
    refusals: ['system.not-found'],
  },
  rotateToken: {
    request: 'POST /api/tokens/{id}/rotation',
    summary: '换一个范围相同的新令牌，原来的再用一段时间',
    access: ['security-admin'],
    recent: true,
    params: numbered,
    body: rotation,
    answers: { 201: json('新的令牌', issuedToken) },
    refusals: ['token.not-found', 'system.not-found'],
  },
  revokeToken: {
    request: 'POST /api/tokens/{id}/revocation',
    summary: '吊销一个令牌，立即不能用',
    access: ['security-admin'],
    params: numbered,
    answers: { 200: json('已吊销', token) },
    refusals: ['token.not-found', 'system.not-found'],
  },
});

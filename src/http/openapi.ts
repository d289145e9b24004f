/** The OpenAPI 3.1 document, generated from the contract. */
import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { hasPart, partTitles, type Law, type Part } from '../kernel/law.js';
import { z } from 'zod';
import { scopeTitles } from '../identity/index.js';
import { basePath, refusals, type RefusalCode } from '../kernel/index.js';
import { offeredScopes } from './contract/offered-scopes.js';
import { operations, type Answered, type Operation } from './contract/operations.js';
import { problem } from './contract/problem.js';
import { allSaidUnder, named } from './contract/said-by-law.js';
import { sessionCookieName } from './session-cookie.js';
import { formType } from './middleware/form-body.js';
import { uploadType } from './middleware/upload-body.js';
import { eventHeaders, sheetEvent, warningEvent } from './contract/subscription.js';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

type Responses = RouteConfig['responses'];

export const openApiDocument = (version: string, law: Law): OpenApiDocument =>
  allSaidUnder(
    law,
    contractDocument(version, (part) => hasPart(part, law)),
  );

/**
 * Contains marks for texts of the law (`contract/said-by-law.ts`), so it is the same under every law
 * with the same parts.
 */
function contractDocument(version: string, has: (part: Part) => boolean): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  const offered = Object.entries<Operation>(operations).filter(
    ([, { part }]) => part === undefined || has(part),
  );
  for (const [operationId, operation] of offered) {
    registry.registerPath(routeOf(operationId, operation));
  }
  for (const [name, scheme] of Object.entries(securitySchemes(has))) {
    registry.registerComponent('securitySchemes', name, scheme);
  }
  registry.registerWebhook(eventWebhook);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    ...(basePath() === '' ? {} : { servers: [{ url: basePath() }] }),
    info: {
      title: `${named('service')}接口`,
      version,
      description: `依${named('law')}${['受理、办理', ...subjects.filter(has).map((part) => partTitles[part])].join('、')}。时刻一律为 ISO 8601，时区 +08:00；错误一律为 RFC 9457 的 application/problem+json，带稳定的代码、所依条款和办法。`,
    },
    tags: [...new Set(offered.map(([, { tag }]) => tag))].map((name) => ({ name })),
  });
}

const subjects = ['supervision', 'assessment', 'accountability'] as const;

/** Events sent to subscribers. */
const eventWebhook: RouteConfig = {
  operationId: 'sheetEvent',
  method: 'post',
  path: 'sheetEvent',
  tags: ['其他系统'],
  summary: '订阅的事件，CloudEvents 1.0，以 Standard Webhooks 签名；至少一次，凭 id 去重',
  security: [],
  request: {
    headers: eventHeaders,
    body: {
      required: true,
      content: { 'application/cloudevents+json': { schema: z.union([sheetEvent, warningEvent]) } },
    },
  },
  responses: {
    '2XX': { description: '收到了' },
    default: { description: '没有收到：再发，共十二次，约十六小时；转址不跟随' },
  },
};

/** OpenAPI 3.1 permits scopes for any scheme; the description lists them. */
const securitySchemes = (has: (part: Part) => boolean) =>
  ({
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookieName(),
      description: '登录后的会话；改动数据的请求另须以 X-CSRF-Token 带上 GET /api/session 答的 csrf',
    },
    token: {
      type: 'http',
      scheme: 'bearer',
      description: `其他系统的令牌，由安全管理员发给。范围：${offeredScopes(has)
        .map((scope) => `\`${scope}\` ${scopeTitles[scope]}`)
        .join('；')}`,
    },
  }) as const;

/** Alternative authentications; a token needs one of the scopes. */
function securityOf({ access, scopes: asked = [] }: Operation): NonNullable<RouteConfig['security']> {
  if (access === 'anyone') return [];
  return [{ session: [] }, ...asked.map((scope) => ({ token: [scope] }))];
}

function routeOf(operationId: string, operation: Operation): RouteConfig {
  const { method, path, tag, summary, params, query, headers, because } = operation;
  return {
    operationId,
    method,
    path,
    tags: [tag],
    summary,
    security: securityOf(operation),
    ...(because === undefined ? {} : { description: `不限角色：${because}` }),
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...bodyOf(operation),
    },
    responses: { ...answersOf(operation), ...refusalsOf(operation) },
  };
}

function bodyOf(operation: Operation): Pick<NonNullable<RouteConfig['request']>, 'body'> {
  const content = contentOf(operation);
  return content ? { body: { required: true, content } } : {};
}

function contentOf({ body, form, raw, upload }: Operation) {
  if (upload) return { [uploadType]: { schema: z.string().meta({ format: 'binary' }) } };
  if (!body) return undefined;
  if (raw) return { 'application/json': { schema: {} }, [formType]: { schema: {} } };
  return { [form ? formType : 'application/json']: { schema: body } };
}

function answersOf(operation: Operation): Responses {
  return Object.fromEntries(
    Object.entries(operation.answers).map(
      ([status, { description, type, schema, headers }]: [string, Answered]) => [
        status,
        {
          description,
          content: { [type]: { schema } },
          ...(headers
            ? {
                headers: Object.fromEntries(
                  Object.entries(headers).map(([name, told]) => [
                    name,
                    { description: told, schema: { type: 'string' } },
                  ]),
                ),
              }
            : {}),
        },
      ],
    ),
  );
}

/** One response per status, naming its codes. */
function refusalsOf(operation: Operation): Responses {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of possibleRefusals(operation)) {
    const { status } = refusals[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `${refusals[code].title}（${code}）`).join('；'),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

/** The operation's own refusals, and those of its parameters, body and database access. */
export function possibleRefusals(operation: Operation): readonly RefusalCode[] {
  return [
    ...new Set<RefusalCode>([
      'input.invalid',
      ...(operation.body ? (['input.too-large', 'media-type.unsupported'] as const) : []),
      ...refusalsOfAccess(operation),
      ...(operation.part === undefined ? [] : (['part.absent'] as const)),
      ...(operation.refusals ?? []),
      ...(operation.path.startsWith('/api/') || operation.path === '/readyz'
        ? (['database.unreachable', 'database.full', 'database.read-only', 'overloaded'] as const)
        : []),
      'internal.error',
    ]),
  ];
}

function refusalsOfAccess({ access, method, recent }: Operation): readonly RefusalCode[] {
  return [
    'request.too-many',
    ...(method === 'get' ? [] : (['request.foreign'] as const)),
    'token.misplaced',
    ...(access === 'anyone'
      ? []
      : (['session.required', 'password.must-change', 'token.invalid', 'token.scope'] as const)),
    ...(typeof access === 'string' ? [] : (['access.denied'] as const)),
    ...(recent ? (['session.not-recent'] as const) : []),
  ];
}

/**
 * Open311 GeoReport v2, JSON: a foreign interface with errors of its own, so it is not in the table
 * of operations. Sessions do not apply: nothing is done in a person's name, and the key in the body
 * identifies the source. It is public, as the specification says, as long as some source has a key.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { acceptReceived, addAttachment } from '../../cases/index.js';
import {
  hasApiKeys,
  listServiceRequests,
  sourceOfApiKey,
  takeServiceRequest,
  type ListedRequest,
} from '../../channel/index.js';
import { treeVersions } from '../../sheet/classification/index.js';
import { TooManyRequests } from '../../identity/index.js';
import { basePath, Refusal } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import { elsewhereNotice } from '../elsewhere-notice.js';
import { named } from '../middleware/observed.js';
import { discovery, requestView, serviceView } from './answers.js';
import { assertJson, Fault, faults, notHere } from './fault.js';
import { form, isMultipart, type Form } from './form.js';
import { readQuery, type RequestQuery } from './query.js';
import { readForm, serviceOf } from './request.js';
import { open311Settings } from './settings.js';

const root = '/open311';
const mostFiles = 3;
/** Start date of the shipped tree. */
const sampleSince = new Date('2026-01-01T00:00:00+08:00');

export function open311(given: HttpDeps): Router {
  const deps = { ...given, accept: acceptReceived(given) };
  const { clock, database, classTrees, identity, laws } = deps;
  const settings = open311Settings();
  const { most, withinSeconds } = deps.requests ?? identity.rules.limits.requests;
  const limiter = new RateLimiterMemory({ points: most, duration: withinSeconds });

  const admit: RequestHandler = async (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    allowOrigin(request, response, settings.origins);
    await limiter.consume(request.ip ?? '').catch((limit: unknown) => {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new TooManyRequests(limit.msBeforeNext, { most, withinSeconds });
    });
    if (!(await database.transaction(hasApiKeys))) throw new Fault(404, '没有启用 Open311');
    next();
  };

  const assertJurisdiction = (given: unknown): void => {
    const { jurisdiction } = settings;
    const asked = given === undefined || typeof given === 'string' ? given : '（几个）';
    if (jurisdiction === undefined || asked === undefined || asked === '' || asked === jurisdiction) return;
    throw new Fault(404, `没有 jurisdiction_id“${asked.slice(0, 100)}”；这里是 ${jurisdiction}`);
  };

  const tree = () => database.transaction((transaction) => classTrees.current(transaction));

  /** @throws {Refusal} `source.not-verified`, recorded like every refusal of access */
  const sourceWith = async (request: Request, apiKey: string) => {
    try {
      return await sourceOfApiKey(deps, apiKey);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'source.not-verified') {
        await identity.refusals.add({
          ...{ actor: undefined, address: request.ip ?? '', operation: 'open311' },
          ...{ of: '', code: error.code },
        });
      }
      throw error;
    }
  };
  const headerKey = (request: Request): string | undefined => request.get('X-Api-Key');
  const askerOf = async (request: Request): Promise<number | null> => {
    const key = headerKey(request);
    return key === undefined ? null : (await sourceWith(request, key)).id;
  };

  const list = async (request: Request, query: RequestQuery): Promise<readonly ListedRequest[]> => {
    const source = await askerOf(request);
    const { page, pageSize, ...filter } = query;
    const offset = (page - 1) * pageSize;
    return database.transaction((transaction) =>
      listServiceRequests(transaction, { ...filter, source, offset, limit: pageSize }, laws.today()),
    );
  };

  /** A failing file does not affect its sheet; up to the sender's limit, files are kept. */
  const keepFiles = async (no: string, actor: string, files: readonly File[]): Promise<readonly string[]> => {
    const refused: string[] = [];
    for (const file of files) {
      const content = Buffer.from(await file.arrayBuffer());
      const source = Readable.from([content]);
      await addAttachment(deps, {
        ...{ no, shows: 'matter', actor, name: file.name, source, declared: content.length },
      }).catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.status >= 500) throw error;
        refused.push(`“${file.name.slice(0, 60)}”没有收：${error.message}`);
      });
    }
    return refused;
  };

  /** A request with files has its key in the header, so that a large body without a key is not read. */
  const keyBeforeFiles: RequestHandler = async (request, response, next) => {
    if (isMultipart(request)) {
      const key = headerKey(request);
      if (key === undefined) throw new Fault(403, '带文件的，api_key 写在请求头 X-Api-Key 里');
      response.locals['source'] = await sourceWith(request, key);
    }
    next();
  };

  const router = express.Router({ caseSensitive: true, strict: true });
  const get = (path: string, operation: string, handler: RequestHandler): void => {
    router.get(path, named(`open311.${operation}`), admit, (request, response, next) => {
      assertJurisdiction(request.query['jurisdiction_id']);
      return handler(request, response, next);
    });
  };

  for (const path of ['/discovery.:format', `${root}/discovery.:format`]) {
    get(path, 'discovery', async (request, response) => {
      assertJson(request, formatOf(request));
      const url = settings.publicUrl ?? `${request.protocol}://${request.get('Host') ?? ''}${basePath()}`;
      const [newest] = await database.transaction(treeVersions);
      response.json(
        discovery(`${url}${root}/v2`, settings.contact, newest?.importedAt ?? sampleSince, laws.today()),
      );
    });
  }
  get(`${root}/v2/services.:format`, 'services', async (request, response) => {
    assertJson(request, formatOf(request));
    response.json((await tree()).leaves.map(serviceView));
  });
  get(`${root}/v2/services/:file`, 'service', async (request, response) => {
    const { service_code } = serviceView(serviceOf(await tree(), fileOf(request)));
    response.json({ service_code, attributes: [] });
  });
  get(`${root}/v2/requests.:format`, 'requests', async (request, response) => {
    assertJson(request, formatOf(request));
    const [found, current] = [await list(request, readQuery(request.query, clock.now())), await tree()];
    response.json(found.map((one) => requestView(one, current)));
  });
  get(`${root}/v2/requests/:file`, 'request', async (request, response) => {
    const query = readQuery({ service_request_id: fileOf(request) }, clock.now());
    const found = await list(request, query);
    if (found.length === 0) throw new Fault(404, '没有这个 service_request_id，或者不公开');
    const current = await tree();
    response.json(found.map((one) => requestView(one, current)));
  });
  // Numbers are assigned at once, so a token is always a number.
  get(`${root}/v2/tokens/:file`, 'token', async (request, response) => {
    const asked = readQuery({ service_request_id: fileOf(request) }, clock.now());
    const found = await list(request, asked);
    if (found.length === 0) throw new Fault(404, '没有这个 token');
    response.json(found.map(({ no }) => ({ service_request_id: no, token: no })));
  });
  router.post(
    `${root}/v2/requests.:format`,
    named('open311.submit'),
    admit,
    keyBeforeFiles,
    ...form,
    async (request, response) => {
      assertJson(request, formatOf(request));
      if ('api_key' in request.query)
        throw new Fault(400, 'api_key 写在正文里，不写在地址里：地址会留在日志中');
      const sent = request.body as Form;
      const shown = headerKey(request) ?? sent.fields.get('api_key')?.join() ?? '';
      const known = response.locals['source'] as Awaited<ReturnType<typeof sourceWith>> | undefined;
      const source = known ?? (await sourceWith(request, shown));
      assertJurisdiction(sent.fields.get('jurisdiction_id')?.[0]);
      if (sent.files.length > mostFiles) throw new Fault(400, `一次至多带 ${mostFiles} 个文件`);
      const digests = await Promise.all(sent.files.map(digestOf));
      const read = readForm(sent, await tree(), digests);
      const idempotencyKey = keyOf(request);
      const { workOrder, callerSecret } = await takeServiceRequest(deps, source, { ...read, idempotencyKey });
      const refused = await keepFiles(workOrder, `来源：${source.name}`, sent.files);
      const secret =
        callerSecret === null ? '' : `来电人的查询码 ${callerSecret}，请转告：凭编号和查询码可以查询进度。`;
      const notice = [
        await elsewhereNotice(deps, workOrder),
        '已受理。',
        secret,
        sent.fields.has('media_url') ? 'media_url 只照写在诉求里，没有打开；图片请以 multipart 提交。' : '',
        ...refused.map((text) => `${text}。`),
      ];
      response.json([{ service_request_id: workOrder, service_notice: notice.join(''), account_id: null }]);
    },
  );
  router.all(`${root}/*rest`, otherMethod(settings.origins), notHere);
  router.use(faults(deps.log));
  return router;
}

const formatOf = ({ params }: Request): string => String(params['format']);

/** Parses names like `0301.json`; a class's code may contain dots. */
function fileOf(request: Request): string {
  const [, name = '', format] = /^(.+?)(?:\.(json|xml))?$/s.exec(String(request.params['file'])) ?? [];
  assertJson(request, format);
  return name;
}

const digestOf = async (file: File): Promise<string> =>
  createHash('sha256')
    .update(Buffer.from(await file.arrayBuffer()))
    .digest('hex');

/** @throws {Fault} 400 */
function keyOf(request: Request): string | undefined {
  const key = request.get('Idempotency-Key')?.trim();
  if (key === undefined || (key !== '' && key.length <= 200)) return key;
  throw new Fault(400, 'Idempotency-Key 是 1 至 200 个字符');
}

function allowOrigin(request: Request, response: Response, origins: readonly string[]): boolean {
  if (origins.length === 0) return false;
  response.vary('Origin');
  const origin = request.get('Origin');
  const allowed = origins.includes('*') ? '*' : origins.find((one) => one === origin);
  if (allowed === undefined) return false;
  response.set('Access-Control-Allow-Origin', allowed);
  return true;
}

/** No cookie is read here, so a page gets no more than anybody else. */
const otherMethod =
  (origins: readonly string[]): RequestHandler =>
  (request, response, next) => {
    if (['GET', 'HEAD', 'POST'].includes(request.method)) return next();
    if (request.method !== 'OPTIONS') {
      throw new Fault(405, `${request.method} 不适用于这里`, { Allow: 'GET, HEAD, POST, OPTIONS' });
    }
    if (allowOrigin(request, response, origins)) {
      response.set({
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key, X-Api-Key',
        'Access-Control-Max-Age': '86400',
      });
    }
    response.set('Allow', 'GET, HEAD, POST, OPTIONS').status(204).end();
  };

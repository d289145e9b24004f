/** Turns errors into problems (RFC 9457): what is wrong, by which article, what to do. Never a stack trace. */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { basePath, Refusal, type Log } from '../../kernel/index.js';
import { databaseRefusal } from '../../platform/database/index.js';
import type { Problem } from '../contract/problem.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import { operationOf } from './observed.js';
import { problemPage } from './problem-page.js';
import { requestIdOf } from './request-id.js';

/** @param log for unexpected errors */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) {
      log.error('请求出错', error, {
        requestId: requestIdOf(response),
        operation: operationOf(response),
        code: refusal.code,
      });
    }
    if (response.headersSent) return next(error);
    sendProblem(request, response, refusal);
  };
}

/** Refuses URLs with malformed percent-encoding. */
export const wellFormedUrl: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.url);
  } catch (cause) {
    throw new Refusal('input.invalid', '地址中的百分号编码不对', {
      where: 'URL',
      remedy: '中文等字符按 UTF-8 作百分号编码',
      cause,
    });
  }
  next();
};

export const notFound: RequestHandler = (request) => {
  throw new Refusal('route.not-found', `没有“${request.path.slice(0, 200)}”这个地址`, {
    remedy: '可用的地址见 /docs',
  });
};

export function problemOf(refusal: Refusal, instance: string, requestId: string): Problem {
  return {
    type: `${basePath()}/problems/${refusal.code}`,
    title: refusal.title,
    status: refusal.status,
    detail: refusal.message,
    code: refusal.code,
    instance,
    requestId,
    ...(refusal.where === undefined ? {} : { where: refusal.where }),
    ...(refusal.provision === undefined ? {} : { provision: provisionLabel(refusal.provision) }),
    ...(refusal.changes === undefined ? {} : { changes: [...refusal.changes] }),
    ...(refusal.remedy === undefined ? {} : { remedy: refusal.remedy }),
  };
}

/** Seconds after which an overloaded program may be asked again. */
const retryAfter = 5;

function sendProblem(request: Request, response: Response, refusal: Refusal): void {
  const [path = '/'] = request.originalUrl.split('?');
  if (refusal.code === 'overloaded') response.set('Retry-After', String(retryAfter));
  const problem = problemOf(refusal, path.slice(0, 500), requestIdOf(response));
  response.status(refusal.status).set('Cache-Control', 'no-store').vary('Accept');
  // Whether a person opened a link to a file: then the refusal is a page. Programs, including the
  // console's own requests, get JSON.
  const asPage =
    request.method === 'GET' && request.accepts(['application/problem+json', 'text/html']) === 'text/html';
  if (asPage) response.type('html').send(problemPage(problem));
  else response.type('application/problem+json').send(JSON.stringify(problem));
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const state = databaseRefusal(error);
  if (state) return state;
  const { status, type, limit } = (error ?? {}) as { status?: unknown; type?: unknown; limit?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return clientFault(status, { type, limit }, error);
  return new Refusal('internal.error', '系统内部出错，本次请求没有生效', {
    remedy: '请把请求编号告知系统管理员',
    cause: error,
  });
}

/** Faults found by express and its parsers. */
function clientFault(
  status: number,
  { type, limit }: { readonly type: unknown; readonly limit: unknown },
  cause: unknown,
): Refusal {
  if (status === 413) {
    return new Refusal(
      'input.too-large',
      typeof limit === 'number' ? `正文超过 ${limit / 1024 / 1024} MiB` : '正文过大',
      {
        remedy: '缩短内容；附件请另行存放',
        cause,
      },
    );
  }
  if (status === 415) {
    return new Refusal('media-type.unsupported', '正文的压缩方式不支持', {
      where: 'Content-Encoding',
      remedy: '不压缩，或用 gzip、deflate、br',
      cause,
    });
  }
  if (status === 404)
    return new Refusal('route.not-found', '没有这个地址', { remedy: '可用的地址见 /docs', cause });
  const detail = type === 'request.aborted' ? '请求没有传完' : '请求不合规范';
  return new Refusal('input.invalid', detail, { remedy: '核对地址、请求头和正文，接口说明见 /docs', cause });
}

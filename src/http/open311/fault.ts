/** Errors in the shape of GeoReport v2, which knows 400, 403 and 404. */
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Log, RefusalCode } from '../../kernel/index.js';
import { TooManyRequests } from '../../identity/index.js';
import { refusalOf } from '../middleware/problems.js';
import { requestIdOf } from '../middleware/request-id.js';
import { operationOf } from '../middleware/observed.js';

export class Fault extends Error {
  constructor(
    readonly status: number,
    description: string,
    readonly headers: { readonly [name: string]: string } = {},
  ) {
    super(description);
  }
}

/** Where the specification has another code than ours. */
const statusHere: { readonly [Code in RefusalCode]?: number } = {
  'source.not-verified': 403,
  'classification.unknown': 404,
  'case.not-found': 404,
};

export function faults(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const { status, description, headers } = faultOf(error);
    if (status >= 500) {
      const operation = operationOf(response);
      log.error('请求出错', error, { requestId: requestIdOf(response), operation });
    }
    if (response.headersSent) return next(error);
    response
      .status(status)
      .set(headers)
      .json([{ code: status, description }]);
  };
}

function faultOf(error: unknown): Pick<Fault, 'status' | 'headers'> & { readonly description: string } {
  if (error instanceof Fault) return { ...error, description: error.message };
  const refusal = refusalOf(error);
  const where = refusal.where === undefined ? '' : `(${refusal.where})`;
  const remedy = refusal.remedy === undefined ? '' : `;${refusal.remedy}`;
  return {
    status: statusHere[refusal.code] ?? refusal.status,
    description: `${refusal.message}${where}${remedy}`,
    headers:
      error instanceof TooManyRequests ? { 'Retry-After': String(Math.ceil(error.milliseconds / 1000)) } : {},
  };
}

export const notHere: RequestHandler = (request) => {
  throw new Fault(404, `没有“${request.path.slice(0, 200)}”这个地址`);
};

/** XML is the specification's first format; clients that cannot read JSON are told so by the status. */
export const assertJson = (request: Request, format: string | undefined): void => {
  if (format === 'json') return;
  if (format === 'xml') throw new Fault(406, '只提供 JSON:地址以 .json 结尾');
  throw new Fault(404, `没有“${request.path.slice(0, 200)}”这个地址`);
};

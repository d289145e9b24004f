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

/** Status codes for which the specification differs from ours. */
const statusHere: { readonly [Code in RefusalCode]?: number } = {
  'source.not-verified': 403,
  'classification.unknown': 404,
  'case.not-found': 404,
};

export function faults(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const { status, description, headers } = faultOf(error);
    if (status >= 500) {
      const operation = operationOf(response);
      log.error('请求出错', error, { requestId: requestIdOf(response), operation });
    }
    if (response.headersSent) return next(error);
    response.status(status).set(headers);
    if (request.path.endsWith('.xml')) response.type('text/xml').send(xmlOf(status, description));
    else response.json([{ code: status, description }]);
  };
}

function faultOf(error: unknown): Pick<Fault, 'status' | 'headers'> & { readonly description: string } {
  if (error instanceof Fault) return { ...error, description: error.message };
  const refusal = refusalOf(error);
  const where = refusal.where === undefined ? '' : `（${refusal.where}）`;
  const remedy = refusal.remedy === undefined ? '' : `；${refusal.remedy}`;
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

/** The specification's XML error, for a client that reads nothing else. */
const xmlOf = (code: number, description: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>${code}</code><description>${description.replaceAll(
    /[<>&]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  )}</description></error></errors>\n`;

/**
 * XML is the specification's first format. A client that asks for XML gets an XML error that says,
 * in Chinese and English, where to find the JSON.
 */
export const assertJson = (request: Request, format: string | undefined): void => {
  if (format === 'json') return;
  if (format === 'xml') {
    const there = request.path.replace(/xml$/, 'json').slice(0, 200);
    throw new Fault(
      406,
      `只提供 JSON：把地址末尾的 .xml 换成 .json，即 ${there} (JSON only: ask for ${there} instead)`,
    );
  }
  throw new Fault(404, `没有“${request.path.slice(0, 200)}”这个地址`);
};

/** Fields of a request: a form as in the specification, or a form with files, which the specification lacks. */
import type { IncomingHttpHeaders } from 'node:http';
import express, { type Request, type RequestHandler } from 'express';
import { formType } from '../middleware/form-body.js';
import { assertStorable } from '../middleware/storable.js';
import { Fault } from './fault.js';

export interface Form {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly File[];
}

const multipartType = 'multipart/form-data';
const largestForm = 128 * 1024;
const largestWithFiles = 12 * 1024 * 1024;
const mostFields = 200;

const urlencoded = express.urlencoded({ extended: false, limit: largestForm, parameterLimit: mostFields });
const bytes = express.raw({ type: () => true, limit: largestWithFiles });

/** Sets `request.body` to a `Form`. */
export const form: readonly RequestHandler[] = [
  (request, response, next) => {
    if (isMultipart(request)) return bytes(request, response, next);
    if (request.is(formType) === formType) return urlencoded(request, response, next);
    throw new Fault(400, `正文须是 ${formType}；带文件的是 ${multipartType}`);
  },
  async (request, _response, next) => {
    const { body, headers } = request as { readonly body: unknown; readonly headers: IncomingHttpHeaders };
    request.body = isMultipart(request) ? await partsOf(body, headers['content-type'] ?? '') : fieldsOf(body);
    next();
  },
];

export const isMultipart = (request: Request): boolean => request.is(multipartType) === multipartType;

function fieldsOf(body: unknown): Form {
  const given = Object.entries((body ?? {}) as { [name: string]: string | string[] });
  return { fields: checked(given.map(([name, value]) => [name, [value].flat()])), files: [] };
}

async function partsOf(body: unknown, type: string): Promise<Form> {
  const sent = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const data = await new Response(new Uint8Array(sent), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new Fault(400, `正文不是完好的 ${multipartType}`);
    });
  const fields = new Map<string, string[]>();
  const files: File[] = [];
  for (const [name, value] of data.entries()) {
    if (typeof value !== 'string') files.push(value);
    else fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return { fields: checked([...fields]), files };
}

function checked(given: readonly (readonly [string, readonly string[]])[]): Form['fields'] {
  assertStorable(Object.fromEntries(given));
  return new Map(given);
}

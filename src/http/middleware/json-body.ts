/** Parses a JSON body: at most 1 MiB plus diagrams, UTF-8, well-formed, storable. The contract validates it. */
import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { Refusal } from '../../kernel/index.js';
import { hasNamesTwice } from './names-twice.js';
import { assertStorable } from './storable.js';

const mebibyte = 1024 * 1024;
/** Bytes: a diagram of 5 MiB after escaping. */
const largestDiagram = 8 * mebibyte;

/** Sets `request.body`. */
export const jsonBody = (diagrams = 0): readonly RequestHandler[] => [
  (request, _response, next) => {
    assertJson(request);
    next();
  },
  express.raw({ type: () => true, limit: diagrams === 0 ? mebibyte : diagrams * largestDiagram }),
  (request, _response, next) => {
    const text = textOf(request.body);
    const body = parse(text);
    assertStorable(body);
    if (hasNamesTwice(text, body)) throw invalid('同一个字段写了两次');
    request.body = body;
    next();
  },
];

function assertJson(request: Request): void {
  const length = request.headers['content-length'];
  if (length === '0' || (length === undefined && request.headers['transfer-encoding'] === undefined)) {
    throw invalid('请求没有正文');
  }
  const type = request.headers['content-type'] ?? '';
  const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
  if (request.is('application/json') === 'application/json' && ['utf-8', 'utf8'].includes(charset)) return;
  throw new Refusal('media-type.unsupported', `正文的类型是“${type.slice(0, 100) || '（未注明）'}”`, {
    where: 'Content-Type',
    remedy: '以 Content-Type: application/json 提交 UTF-8 编码的 JSON',
  });
}

function textOf(bytes: unknown): string {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw invalid('请求没有正文');
  if (!isUtf8(bytes)) throw invalid('正文不是 UTF-8 编码');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const position = /position (\d+)/.exec(String(cause))?.[1];
    throw invalid(
      `正文不是合格的 JSON${position === undefined ? '' : `（第 ${Number(position) + 1} 个字符附近）`}`,
      cause,
    );
  }
}

function invalid(detail: string, cause?: unknown): Refusal {
  return new Refusal('input.invalid', detail, {
    where: '正文',
    remedy: '提交 UTF-8 编码的 JSON 对象，各字段见 /docs',
    ...(cause === undefined ? {} : { cause }),
  });
}

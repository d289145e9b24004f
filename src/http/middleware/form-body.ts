/** Parses a form body of at most 64 KiB. The contract validates it. */
import express, { type RequestHandler } from 'express';
import { Refusal } from '../../kernel/index.js';

export const formType = 'application/x-www-form-urlencoded';

/** Sets `request.body`; a repeated field becomes a list. */
export const formBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    if (request.is(formType) === formType) return next();
    const type = request.headers['content-type'] ?? '';
    throw new Refusal('media-type.unsupported', `正文的类型是“${type.slice(0, 100) || '（未注明）'}”`, {
      where: 'Content-Type',
      remedy: `以 Content-Type: ${formType} 提交`,
    });
  },
  express.urlencoded({ extended: false, limit: 64 * 1024 }),
];

/** Reads a body as it is: another system's, which is verified by its bytes. */
import express, { type Request, type RequestHandler } from 'express';
import { assertStorable } from './storable.js';

/** @param largestOf bytes, by whom the request is for: before anything is read */
export const rawBody = (largestOf: (request: Request) => Promise<number>): readonly RequestHandler[] => [
  async (request, response, next) => {
    // Asked before the operation reads its parameters.
    assertStorable(request.params);
    const limit = await largestOf(request);
    express.raw({ type: () => true, limit })(request, response, next);
  },
  (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) request.body = Buffer.alloc(0);
    next();
  },
];

/** Reads another system's body as bytes, because its signature covers them. */
import express, { type Request, type RequestHandler } from 'express';
import { assertStorable } from './storable.js';

/** @param largestOf most bytes for the request's target; called before anything is read */
export const rawBody = (largestOf: (request: Request) => Promise<number>): readonly RequestHandler[] => [
  async (request, response, next) => {
    // The operation has not read its parameters yet.
    assertStorable(request.params);
    const limit = await largestOf(request);
    express.raw({ type: () => true, limit })(request, response, next);
  },
  (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) request.body = Buffer.alloc(0);
    next();
  },
];

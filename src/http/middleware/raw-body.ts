/** Reads a body of at most 1 MiB as it is: another system's, which is verified by its bytes. */
import express, { type RequestHandler } from 'express';

export const rawBody: readonly RequestHandler[] = [
  express.raw({ type: () => true, limit: 1024 * 1024 }),
  (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) request.body = Buffer.alloc(0);
    next();
  },
];

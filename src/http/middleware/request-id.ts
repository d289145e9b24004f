import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** Every request has an id, shared by answer and log. A proxy's id is kept. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('X-Request-Id');
  response.setHeader('X-Request-Id', given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID());
  next();
};

export const requestIdOf = (response: Response): string => String(response.getHeader('X-Request-Id') ?? '');

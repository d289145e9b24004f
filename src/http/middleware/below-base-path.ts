import type { RequestHandler } from 'express';
import { Refusal } from '../../kernel/index.js';

/** Monitors ask for these, and need not know the base path. */
const probes = ['/healthz', '/readyz'];

/** Removes the base path from every request's URL, so that later handlers need not know it. */
export function belowBasePath(base: string): RequestHandler {
  return (request, _response, next) => {
    const { url, path } = request;
    if (base === '' || probes.includes(path)) return next();
    if (path !== base && !path.startsWith(`${base}/`)) {
      throw new Refusal('route.not-found', `没有“${path.slice(0, 200)}”这个地址`, {
        remedy: `这里的地址都以 ${base}/ 开头`,
      });
    }
    const rest = url.slice(base.length);
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    next();
  };
}

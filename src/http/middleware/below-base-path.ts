import type { RequestHandler } from 'express';
import { Refusal } from '../../kernel/index.js';

/** Asked by whoever watches the program, which need not know where its pages are. */
const probes = ['/healthz', '/readyz'];

/** Takes the base path off every request's URL: what follows knows nothing of it. */
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

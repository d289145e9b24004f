/**
 * A gateway for several cities: it passes each request to its city's program without reading it. It
 * knows no session and no key. It tells the program the client's address, and drops what the client
 * itself claims.
 */
import { join } from 'node:path';
import express, { type Application, type Request, type RequestHandler, type Response } from 'express';
import type { ProxyServer } from 'httpxy';
import { Refusal, type Log } from '../../kernel/index.js';
import { packageRoot } from '../../kernel/package-root.js';
import { named, observed } from '../middleware/observed.js';
import { notFound, problemHandler } from '../middleware/problems.js';
import { requestId, requestIdOf } from '../middleware/request-id.js';
import { securityHeaders } from '../middleware/security-headers.js';
import { cityAt, type GatewayCity } from './cities.js';
import { gatewayPage } from './page.js';
import { provinceRoutes, type Province } from './province.js';

export interface GatewayOptions {
  readonly cities: readonly GatewayCity[];
  readonly log: Log;
  /** Undefined if no province sums are shown. */
  readonly province: Province | undefined;
  /** Express's `trust proxy`, for the proxy that provides HTTPS in front of the gateway. */
  readonly trustProxy: string | undefined;
}

/** Headers that a client may not set. */
const claims = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port'];

export async function createGateway({
  cities,
  log,
  province,
  trustProxy,
}: GatewayOptions): Promise<Application> {
  // Loaded here, because only installations with several cities need it.
  const { createProxyServer } = await import('httpxy');
  const app = express();
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.disable('x-powered-by');
  if (trustProxy !== undefined) app.set('trust proxy', trustProxy);
  app.use(requestId, passOn(cities, createProxyServer({ xfwd: false, changeOrigin: false })));
  // The city's program counts and logs forwarded requests; this logs the gateway's own.
  app.use(observed({ log }), named('gateway'), securityHeaders([]));
  for (const style of ['problem.css', 'gateway.css'])
    app.get(`/${style}`, (_request, response) =>
      response.sendFile(style, { root: join(packageRoot, 'src', 'http', 'page') }),
    );
  app.use(refuseIfAway);
  app.get('/healthz', (_request, response) => response.json({ status: 'ok' }));
  app.get('/readyz', (_request, response) => {
    const states = cities.map((city) => [city.key, city.target() === undefined ? 'down' : 'up'] as const);
    response
      .status(states.every(([, state]) => state === 'up') ? 200 : 503)
      .json({ cities: Object.fromEntries(states) });
  });
  app.get('/', (request, response) =>
    response.type('html').send(gatewayPage(cities, addressIn(request), province)),
  );
  if (province) app.use(provinceRoutes(province, cities, addressIn));
  app.use(notFound, problemHandler(log));
  return app;
}

/** URL of a city's page, seen from this request: another host has the same scheme and port. */
const addressIn =
  (request: Request) =>
  ({ host, path }: GatewayCity): string => {
    if (host === undefined) return `${path}/`;
    const port = /:\d+$/.exec(request.get('Host') ?? '')?.[0] ?? '';
    return `${request.protocol}://${host}${port}${path}/`;
  };

function passOn(cities: readonly GatewayCity[], proxy: Pick<ProxyServer, 'web'>): RequestHandler {
  return (request, response, next) => {
    // Undefined without a Host header.
    const host = (request.hostname as string | undefined)?.toLowerCase() ?? '';
    const city = cityAt(cities, host, request.path);
    const target = city?.target();
    const away = (): void => {
      response.locals['away'] = city;
      next();
    };
    if (target === undefined) return away();
    const [from, scheme] = [request.ip ?? '', request.protocol];
    for (const name of claims) Reflect.deleteProperty(request.headers, name);
    Object.assign(request.headers, {
      'x-forwarded-for': from,
      'x-forwarded-proto': scheme,
      'x-request-id': requestIdOf(response),
    });
    proxy.web(request, response, { target }).catch(() => {
      // The program crashed during this request, or is stopping.
      if (response.headersSent || response.destroyed) response.destroy();
      else away();
    });
  };
}

function refuseIfAway(_request: Request, response: Response, next: () => void): void {
  const city = response.locals['away'] as GatewayCity | undefined;
  if (!city) return next();
  response.set('Retry-After', '5');
  throw new Refusal('city.unavailable', `${city.name}的程序现在不答复`, {
    remedy: '稍后再试：它会自己再启动，原因在日志里',
  });
}

/**
 * The one place that lets requests in. Every operation says in the contract who may; what says nothing does not
 * compile. Whatever is turned away here is an entry of the trail `refusals`.
 */
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import {
  csrfTokenOf,
  roleTitles,
  scopeTitles,
  TooManyRequests,
  type Principal,
  type SystemPrincipal,
  type Viewer,
} from '../identity/index.js';
import { Refusal } from '../kernel/index.js';
import { bearerOf, explain } from './bearer.js';
import type { Operation } from './contract/operations.js';
import type { HttpDeps } from './deps.js';
import { sessionCookieOf } from './session-cookie.js';

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  /** What the browser holds: a session's secret, or one that stands for nobody yet. */
  readonly secret: string | undefined;
}

export interface Admitted {
  readonly viewer: Principal | undefined;
  readonly origin: Origin;
}

export interface Gate {
  admit(id: string, operation: Operation): RequestHandler;
  /** Writes down that somebody was turned away, by the gate or behind it; anything else is none of its business. */
  note(id: string, request: Request, response: Response, error: unknown): Promise<void>;
}

/** What the gate found out, for the operation behind it. */
export const admitted = (response: Response): Admitted => response.locals['admitted'] as Admitted;

export function createGate(deps: Pick<HttpDeps, 'clock' | 'identity' | 'requests'>): Gate {
  const { clock, identity } = deps;
  const { most, withinSeconds } = deps.requests ?? identity.rules.limits.requests;
  const limiter = new RateLimiterMemory({ points: most, duration: withinSeconds });

  const assertRate = async (key: string): Promise<void> => {
    await limiter.consume(key).catch((limit: unknown) => {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new TooManyRequests(limit.msBeforeNext, { most, withinSeconds });
    });
  };

  const assertMay = (operation: Operation, viewer: Viewer | undefined): void => {
    const { access, recent, path } = operation;
    if (access === 'anyone') return;
    if (!viewer) throw new Refusal('session.required', '没有登录,或者登录已经过期', { remedy: '请先登录' });
    if (viewer.person.mustChange && path !== '/api/account/password') {
      throw new Refusal('password.must-change', '现在的口令是别人给的', { remedy: '先改成自己的口令' });
    }
    if (access !== 'signed-in' && !access.some((role) => viewer.roles.includes(role))) {
      throw new Refusal('access.denied', `“${operation.summary}”不在您的职责之内`, {
        remedy: `由担任${access.map((role) => `“${roleTitles[role]}”`).join('、')}的人办理`,
      });
    }
    const { recentMinutes } = identity.rules.limits.session;
    if (recent && clock.now().getTime() - viewer.authAt.getTime() > recentMinutes * 60_000) {
      throw new Refusal('session.not-recent', `距上次验证身份已超过 ${recentMinutes} 分钟`, {
        remedy: '请再次输入口令',
      });
    }
  };

  const note: Gate['note'] = async (id, request, response, error) => {
    const { viewer, origin } = admitted(response);
    if (!(error instanceof Refusal) || !isTurningAway(error, viewer)) return;
    await identity.refusals.add({
      actor: viewer?.actor,
      address: origin.address,
      operation: id,
      of: printable(Object.values(request.params).join(' ').slice(0, 200)),
      code: error.code,
    });
  };

  /** A token that is none counts against the address, as any request without a session does. */
  const systemOf = (bearer: string, address: string): Promise<SystemPrincipal> =>
    identity.tokens.present(bearer).catch(async (error: unknown) => {
      if (error instanceof Refusal && error.code === 'token.invalid') await assertRate(address);
      throw error;
    });

  const admit: Gate['admit'] = (id, operation) => async (request, response, next) => {
    const secret = sessionCookieOf(request);
    const origin: Origin = { address: request.ip ?? '', secret };
    const admit = (viewer: Principal | undefined): void =>
      void (response.locals['admitted'] = { viewer, origin } satisfies Admitted);
    admit(undefined);
    try {
      const bearer = bearerOf(request);
      if (bearer !== undefined && operation.access !== 'anyone') {
        const system = await systemOf(bearer, origin.address);
        admit(system);
        assertCovers(system, operation);
      } else {
        const viewer = secret === undefined ? undefined : await identity.sessions.viewer(secret);
        await assertRate(viewer?.person.login ?? origin.address);
        admit(viewer);
        assertMay(operation, viewer);
        assertOurs(request, operation, secret);
      }
    } catch (error) {
      explain(response, error);
      await note(id, request, response, error);
      throw error;
    }
    next();
  };

  return { admit, note };
}

/**
 * Who is turned away has not had their address checked. A NUL in an entry could be read by nobody who asks PostgreSQL
 * for it as JSON: one request without a session would shut the journal.
 */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');

/** What is not theirs to see is not there for them; that they asked for it is worth knowing all the same. */
const isTurningAway = ({ code, status }: Refusal, viewer: Principal | undefined): boolean =>
  status === 403 ||
  code === 'session.required' ||
  code === 'token.invalid' ||
  code === 'token.misplaced' ||
  code === 'oidc.notice-refused' ||
  code === 'caller.too-many' ||
  code === 'notification.not-found' ||
  ((viewer?.sight.kind === 'units' || (viewer?.recusedFrom.length ?? 0) > 0) &&
    (code === 'case.not-found' || code === 'task.not-found'));

/** What is closed to tokens is closed to each of them, however much it is good for. */
function assertCovers({ scopes: held }: SystemPrincipal, { scopes = [], summary }: Operation): void {
  if (scopes.some((scope) => held.includes(scope))) return;
  if (scopes.length === 0) {
    throw new Refusal('token.scope', `“${summary}”不对令牌开放`, { remedy: '由有这项职责的人登录后办理' });
  }
  throw new Refusal('token.scope', `“${summary}”不在这个令牌的范围之内`, {
    where: scopes.join(' '),
    remedy: `请安全管理员发含有${scopes.map((scope) => `“${scopeTitles[scope]}”`).join('或')}的令牌`,
  });
}

/**
 * Another site's page may send a browser here with its cookies. Two fences: what the browser says of where the request
 * comes from, and a word that only our own pages can know. Who brings no cookie can do nothing in anybody's name; a
 * log-in always needs the word, or a stranger could log a browser in as themselves.
 */
function assertOurs(request: Request, operation: Operation, secret: string | undefined): void {
  if (operation.method === 'get') return;
  const site = request.get('Sec-Fetch-Site');
  const origin = request.get('Origin');
  const foreign =
    site === undefined
      ? origin !== undefined && !sameHost(origin, request.get('Host'))
      : !['same-origin', 'none'].includes(site);
  if (foreign) throw refusedAsForeign('请求是由别的网站发起的');
  const needsWord = secret !== undefined || operation.path === '/api/session';
  if (needsWord && (secret === undefined || request.get('X-CSRF-Token') !== csrfTokenOf(secret))) {
    throw refusedAsForeign('请求没有带上本站页面的凭证');
  }
}

const sameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

const refusedAsForeign = (detail: string): Refusal =>
  new Refusal('request.foreign', detail, {
    where: 'X-CSRF-Token',
    remedy: '先 GET /api/session 取得 csrf,再以请求头 X-CSRF-Token 带上',
  });

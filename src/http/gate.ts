/**
 * Authenticates and authorises every request by its operation's contract, where access is mandatory. Refused requests
 * are recorded in the trail `refusals`.
 */
import type { Request, RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import {
  csrfTokenOf,
  isOwnRole,
  rolesOf,
  scopeTitles,
  TooManyRequests,
  type Principal,
  type Role,
  type SystemPrincipal,
  type Viewer,
} from '../identity/index.js';
import { Refusal } from '../kernel/index.js';
import { bearerOf, setProblemHeaders } from './bearer.js';
import { workers } from './contract/operation.js';
import type { Operation } from './contract/operations.js';
import { saidUnder } from './contract/said-by-law.js';
import type { HttpDeps } from './deps.js';
import { sessionCookieOf } from './session-cookie.js';

export interface Origin {
  readonly address: string;
  /** The browser's cookie: a session's secret, or an anonymous one. */
  readonly secret: string | undefined;
}

export interface Admitted {
  readonly viewer: Principal | undefined;
  readonly origin: Origin;
}

export interface Gate {
  admit(id: string, operation: Operation): RequestHandler;
  /** Records refusals of access; ignores other errors. */
  note(id: string, request: Request, response: Response, error: unknown): Promise<void>;
}

/** The gate's result, for the operation. */
export const admitted = (response: Response): Admitted => response.locals['admitted'] as Admitted;

export function createGate(deps: Pick<HttpDeps, 'clock' | 'identity' | 'laws' | 'requests'>): Gate {
  const { clock, identity, laws } = deps;
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
    if (!viewer) throw new Refusal('session.required', '没有登录，或者登录已经过期', { remedy: '请先登录' });
    if (viewer.person.mustChange && path !== '/api/account/password') {
      throw new Refusal('password.must-change', '现在的口令是别人给的', { remedy: '先改成自己的口令' });
    }
    if (access !== 'signed-in' && !admits(access, viewer.roles)) {
      throw new Refusal('access.denied', `“${saidUnder(laws.today(), operation.summary)}”不在您的职责之内`, {
        remedy: `由担任${rolesOf(laws.today())
          .flatMap(({ key, name }) => (access.includes(key) ? [`“${name}”`] : []))
          .join('、')}的人办理`,
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
    if (!(error instanceof Refusal) || !isRefusalOfAccess(error, viewer)) return;
    await identity.refusals.add({
      actor: viewer?.actor,
      address: origin.address,
      operation: id,
      of: printable(Object.values(request.params).join(' ').slice(0, 200)),
      code: error.code,
    });
  };

  /** An invalid token counts against the address, like a request without a session. */
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
      setProblemHeaders(response, error);
      await note(id, request, response, error);
      throw error;
    }
    next();
  };

  return { admit, note };
}

/** A role of the package's own does what everybody does who works on sheets; of those, its sight shows it its unit's. */
const admits = (access: readonly Role[], held: readonly Role[]): boolean =>
  access.some((role) => held.includes(role)) ||
  (held.some(isOwnRole) && workers.every((role) => access.includes(role)));

/**
 * The path of a refused request has not been validated. PostgreSQL cannot read a NUL back as JSON: one request without
 * a session would make the journal unreadable.
 */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');

/** A request for something invisible to the viewer is answered as not found, but still recorded. */
const isRefusalOfAccess = ({ code, status }: Refusal, viewer: Principal | undefined): boolean =>
  status === 403 ||
  code === 'session.required' ||
  code === 'token.invalid' ||
  code === 'token.misplaced' ||
  code === 'oidc.notice-refused' ||
  code === 'caller.too-many' ||
  code === 'source.not-verified' ||
  code === 'notification.not-found' ||
  ((viewer?.sight.kind === 'units' || (viewer?.recusedFrom.length ?? 0) > 0) &&
    (code === 'case.not-found' || code === 'task.not-found'));

/** An operation without scopes is closed to every token. */
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
 * Cross-site request forgery. Two defences: the browser's statement of the request's origin, and a token that only our
 * pages know. Requests without a cookie act in nobody's name; log-in always needs the token, else another site could
 * log the browser in as itself.
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
    remedy: '先 GET /api/session 取得 csrf，再以请求头 X-CSRF-Token 带上',
  });

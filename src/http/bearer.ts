/** A system's token, accepted only in the header `Authorization: Bearer` (RFC 6750). */
import type { Request, Response } from 'express';
import { holdsToken, TooManyRequests } from '../identity/index.js';
import { Refusal } from '../kernel/index.js';

/**
 * @throws {Refusal} `token.misplaced` for a token in the URL, where logs and proxies keep it, or together with a cookie,
 * which leaves the identity ambiguous
 */
export function bearerOf(request: Request): string | undefined {
  if (holdsToken(request.originalUrl) || 'access_token' in request.query) {
    throw new Refusal('token.misplaced', '令牌写在了地址里，会留在各处的日志中', {
      where: 'URL',
      remedy: '写在请求头 Authorization: Bearer 里；已经写进地址的，请安全管理员吊销',
    });
  }
  const [, secret] = /^Bearer +(\S+)$/i.exec(request.get('Authorization') ?? '') ?? [];
  if (secret !== undefined && request.get('Cookie') !== undefined) {
    throw new Refusal('token.misplaced', '同一个请求既有令牌又有 cookie', {
      where: 'Cookie',
      remedy: '用令牌的请求不要带 cookie',
    });
  }
  return secret;
}

/** Headers that a problem response requires: RFC 6750 for tokens, RFC 9110 for `Retry-After`. */
export function setProblemHeaders(response: Response, error: unknown): void {
  if (error instanceof TooManyRequests) {
    response.setHeader('Retry-After', String(Math.ceil(error.milliseconds / 1000)));
  } else if (error instanceof Refusal && error.code === 'token.invalid') {
    response.setHeader('WWW-Authenticate', 'Bearer realm="hotline", error="invalid_token"');
  } else if (error instanceof Refusal && error.code === 'token.scope') {
    const scope = error.where === undefined ? '' : `, scope="${error.where}"`;
    response.setHeader('WWW-Authenticate', `Bearer realm="hotline", error="insufficient_scope"${scope}`);
  }
}

/**
 * The session cookie: `__Host-` (this host only), `HttpOnly`, `Secure` (browsers treat the local
 * address as secure), and `Lax`, because single sign-on returns from another site; changes need the
 * CSRF token anyway. Below a base path it is bound to that path, which `__Host-` forbids, and has
 * the path in its name, so that other cities on the host do not receive it.
 */
import { parse } from 'cookie';
import type { Request } from 'express';
import { basePath } from '../kernel/index.js';

const nameBelow = (base: string): string =>
  base === '' ? '__Host-hotline' : `__Secure-hotline${base.replaceAll('/', '-')}`;

export const sessionCookieName = (): string => nameBelow(basePath());

export function sessionCookieOf(request: Request): string | undefined {
  const value = parse(request.get('Cookie') ?? '')[sessionCookieName()];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export function sessionCookie(secret: string): { readonly 'Set-Cookie': string } {
  const base = basePath();
  return {
    'Set-Cookie': `${nameBelow(base)}=${secret}; Path=${base || '/'}; Secure; HttpOnly; SameSite=Lax`,
  };
}

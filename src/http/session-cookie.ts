/**
 * The session cookie: `__Host-` (this host only), `HttpOnly`, `Secure` (browsers treat the local address as secure),
 * and `Lax` since single sign-on returns from another site; changes need the CSRF token anyway.
 */
import { parse } from 'cookie';
import type { Request } from 'express';

const name = '__Host-hotline';

export function sessionCookieOf(request: Request): string | undefined {
  const value = parse(request.get('Cookie') ?? '')[name];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export const sessionCookie = (secret: string): { readonly 'Set-Cookie': string } => ({
  'Set-Cookie': `${name}=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax`,
});

/**
 * The cookie that stands for a session. `__Host-` makes the browser keep it to this very host, `HttpOnly` keeps it from
 * scripts, `Secure` from plain HTTP; browsers let the local address pass as secure. `Lax`, since a single sign-on comes
 * back from another site; what changes anything needs a word beside it anyway.
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

/** A real OpenID provider on a free local port: anybody may log in under any name. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';

export const clientId = 'hotline';
export const clientSecret = 'a-secret-of-the-test-with-more-than-32-characters';

const noticePath = '/api/session/oidc/logout-notice';

export interface IdentityProvider {
  readonly issuer: string;
  /** The client may be sent back to this program. */
  admit(publicUrl: string): void;
  /** Signs any content with the provider's key, for tokens that no provider would send. */
  sign(claims: JWTPayload, typ?: string): Promise<string>;
  /** The programs' answers to its log-out notices. */
  readonly told: readonly number[];
  close(): Promise<void>;
}

/** `GET /interaction/…` asks for the name; the answer is a form with one field, `login`; empty means refusal. */
export async function startProvider(): Promise<IdentityProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const programs = new Set<string>();
  const nowhere = 'http://127.0.0.1:1';
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const told: number[] = [];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${nowhere}/api/session/oidc/callback`],
        post_logout_redirect_uris: [`${nowhere}/sign-in`],
        backchannel_logout_uri: `${nowhere}${noticePath}`,
        backchannel_logout_session_required: true,
      },
    ],
    cookies: { keys: ['a key of the test'] },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' }] },
    // Without its guard against private addresses, because the programs are local. It sends only
    // log-out notices, one to each admitted program.
    fetch: async (_url, { headers = {}, body = null } = {}) => {
      const answers = await Promise.allSettled(
        [...programs].map((program) => fetch(`${program}${noticePath}`, { method: 'POST', headers, body })),
      );
      // A program closed by a test refuses at once; the others' answers are awaited all the same.
      const replies = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      told.push(...replies.map(({ status }) => status));
      return new Response(null, { status: replies.every(({ ok }) => ok) ? 200 : 400 });
    },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      backchannelLogout: { enabled: true },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Consent is skipped, because the client belongs to the city.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  // Programs are admitted during the test, still by the exact address.
  provider.Client.prototype.redirectUriAllowed = (uri) =>
    [...programs].some((program) => uri === `${program}/api/session/oidc/callback`);
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) =>
    [...programs].some((program) => uri === `${program}/sign-in`);
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    if (request.method === 'GET') {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(
        '<!doctype html><html lang="zh-CN"><title>统一身份认证</title><form method="post"><label>用户<input name="login"></label><button>登录</button></form></html>',
      );
      return;
    }
    void (async () => {
      const login = new URLSearchParams(await text(request)).get('login') ?? '';
      const result =
        login === '' ? { error: 'access_denied' } : { login: { accountId: login, remember: true } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    })();
  });
  return {
    issuer,
    admit: (publicUrl) => void programs.add(publicUrl),
    sign: (claims, typ = 'logout+jwt') =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test', typ }).sign(privateKey),
    told,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

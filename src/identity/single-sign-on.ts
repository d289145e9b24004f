/**
 * Log-in at the city's identity provider: OpenID Connect, authorisation code with PKCE, nonce and
 * state. Pending log-ins are stored in the database and bound to the browser, so that any program
 * may receive the answer and no answer is accepted twice. Persons are found only by issuer and
 * subject; a log-in never creates an account.
 */
import { createHash } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import type { Configuration } from 'openid-client';
import { z } from 'zod';
import { Refusal, systemClock } from '../kernel/index.js';
import { insert, insertIfAbsent, LessThan, MoreThanOrEqual } from '../platform/database/index.js';
import type { CountedEntries } from './counted-entries.js';
import { readLogoutToken } from './logout-token.js';
import { noticeRefusal, oidcRefusal, staleLogin } from './oidc-failure.js';
import { isLoopback, type OidcSettings } from './oidc-settings.js';
import { record } from './record.js';
import type { Sessions } from './sessions.js';
import type { SignIn } from './sign-in.js';
import { oidcFlowEntity, oidcLogoutEntity } from './store/oidc-entities.js';
import { deleteSessionsBegunThere } from './store/session-store.js';
import type { Using } from './parts.js';

export interface SingleSignOn {
  readonly issuer: string;
  /**
   * @param browser the browser's secret
   * @param wanted.again forces re-authentication at the provider
   * @returns the address to redirect to
   * @throws {Refusal} `oidc.unreachable`, `oidc.refused`
   */
  begin(browser: string, wanted: { readonly to: string; readonly again: boolean }): Promise<string>;
  /**
   * @param answer the callback's parameters
   * @returns the secret of a new session, and the next page
   * @throws {Refusal} `oidc.stale`, `oidc.cancelled`, `oidc.clock`, `oidc.unreachable`,
   * `oidc.refused`, `oidc.unknown`
   */
  finish(
    browser: string | undefined,
    answer: URLSearchParams,
    address: string,
  ): Promise<{ readonly secret: string; readonly to: string }>;
  /** The provider's log-out address; undefined for a session that did not begin there. */
  farewell(secret: string): Promise<string | undefined>;
  /**
   * Handles the provider's notice of an ended session: ends our session that began with it.
   *
   * @param token signed by the provider
   * @throws {Refusal} `oidc.notice-refused`, `oidc.unreachable`
   */
  endedThere(token: string): Promise<void>;
}

const callbackPath = '/api/session/oidc/callback';

const flowSchema = z.object({ nonce: z.string(), verifier: z.string(), to: z.string(), again: z.boolean() });

/** Milliseconds within which the log-in at the provider must finish. */
const patience = 10 * 60_000;

const digest = (what: string, text: string): Buffer =>
  createHash('sha256').update(`${what} ${text}`, 'utf8').digest();

const sessionThere = (issuer: string, sid: string): Buffer => digest('oidc session', `${issuer} ${sid}`);

export function createSingleSignOn(
  settings: OidcSettings,
  deps: Using<'clock' | 'database' | 'journal' | 'rules' | 'vault'> & {
    readonly counted: CountedEntries;
    readonly sessions: Sessions;
    readonly signIn: Pick<SignIn, 'signInBySubject'>;
  },
): SingleSignOn {
  const { clock, database, sessions, vault } = deps;
  const redirectUri = `${settings.publicUrl}${callbackPath}`;
  let known: { readonly skew: number; readonly config: Promise<Configuration> } | undefined;
  let keys: { readonly at: string; readonly of: JWTVerifyGetKey } | undefined;

  /**
   * The provider is discovered once, and retried after a failure. An unavailable provider does not
   * prevent the program from starting.
   */
  const provider = async (): Promise<Configuration> => {
    // The library reads the machine's clock, so it gets the difference to ours in seconds.
    const skew = Math.round((clock.now().getTime() - systemClock.now().getTime()) / 1000);
    if (known?.skew !== skew) known = { skew, config: discovered(settings, skew) };
    return known.config.catch(async (error: unknown) => {
      known = undefined;
      throw await oidcRefusal(error);
    });
  };

  const begin: SingleSignOn['begin'] = async (browser, { to, again }) => {
    const config = await provider();
    const client = await openIdClient();
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ];
    const id = digest('oidc state', state);
    const startedAt = clock.now();
    const sealed = vault.seal(JSON.stringify({ nonce, verifier, to, again }), `oidc ${id.toString('hex')}`);
    await database.transaction(async (transaction) => {
      await transaction
        .repository(oidcFlowEntity)
        .delete({ startedAt: LessThan(new Date(startedAt.getTime() - patience)) });
      await insert(transaction, oidcFlowEntity, {
        id,
        browser: digest('oidc browser', browser),
        sealed,
        startedAt,
      });
    });
    return client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(settings.acr.length > 0 ? { acr_values: settings.acr.join(' ') } : {}),
      ...(again ? { prompt: 'login', max_age: '0' } : {}),
    }).href;
  };

  const taken = async (browser: string | undefined, state: string | null) => {
    if (browser === undefined || state === null) throw staleLogin();
    const id = digest('oidc state', state);
    const since = new Date(clock.now().getTime() - patience);
    const flow = await database.transaction(async (transaction) => {
      const flows = transaction.repository(oidcFlowEntity);
      // An answer from another browser leaves the pending log-in unchanged.
      const found = await flows.findOneBy({
        id,
        browser: digest('oidc browser', browser),
        startedAt: MoreThanOrEqual(since),
      });
      // Consumed once: of two concurrent requests the second deletes nothing.
      return found && (await flows.delete({ id })).affected === 1 ? found : undefined;
    });
    if (!flow) throw staleLogin();
    return flowSchema.parse(JSON.parse(vault.open(flow.sealed, `oidc ${id.toString('hex')}`)));
  };

  const finished = async (browser: string | undefined, answer: URLSearchParams, address: string) => {
    const state = answer.get('state');
    const { nonce, verifier, to, again } = await taken(browser, state);
    const client = await openIdClient();
    const tokens = await client.authorizationCodeGrant(
      await provider(),
      new URL(`${redirectUri}?${answer.toString()}`),
      {
        idTokenExpected: true,
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        ...(state === null ? {} : { expectedState: state }),
        ...(again ? { maxAge: patience / 1000 } : {}),
      },
    );
    const claims = tokens.claims();
    if (!claims || tokens.id_token === undefined) throw staleLogin();
    if (settings.acr.length > 0 && !settings.acr.some((acr) => acr === claims.acr)) {
      throw new Refusal('oidc.refused', '统一身份认证没有按要求的强度验证身份', {
        remedy: '在统一身份认证那里用要求的方式登录（例如短信或证书）',
      });
    }
    const secret = await deps.signIn.signInBySubject(`${claims.iss} ${claims.sub}`, address, {
      authAt: provedAt(claims.auth_time),
      idToken: tokens.id_token,
      session: typeof claims['sid'] === 'string' ? sessionThere(claims.iss, claims['sid']) : null,
      again,
    });
    return { secret, to };
  };

  /** If the provider states no time of authentication, acts that require a recent one ask again. */
  const provedAt = (authTime: unknown): Date => {
    const now = clock.now().getTime();
    if (typeof authTime === 'number') return new Date(Math.min(authTime * 1000, now));
    return new Date(now - deps.rules.limits.session.recentMinutes * 60_000 - 1);
  };

  const read = async (token: string) => {
    const { issuer, jwks_uri: address = '' } = (await provider()).serverMetadata();
    const { createRemoteJWKSet } = await import('jose');
    if (keys?.at !== address) keys = { at: address, of: createRemoteJWKSet(new URL(address)) };
    const { clientId } = settings;
    return {
      issuer,
      ...(await readLogoutToken(token, { issuer, clientId, keys: keys.of, now: clock.now() })),
    };
  };

  const endedThere: SingleSignOn['endedThere'] = async (token) => {
    const { issuer, sub, sid, jti, expiresAt } = await read(token).catch((error: unknown) => {
      throw noticeRefusal(error);
    });
    await database.transaction(async (transaction) => {
      const id = digest('oidc logout', `${issuer} ${jti}`);
      await transaction.repository(oidcLogoutEntity).delete({ expiresAt: LessThan(clock.now()) });
      if (!(await insertIfAbsent(transaction, oidcLogoutEntity, { id, expiresAt }))) {
        throw noticeRefusal(new Error('the notice has come before'));
      }
      const ended = await deleteSessionsBegunThere(transaction, {
        subject: sub === undefined ? null : `${issuer} ${sub}`,
        session: sid === undefined ? null : sessionThere(issuer, sid),
      });
      for (const of of ended)
        await record(deps, transaction, 'accounts', 'session.ended', { of, by: 'oidc' });
    });
  };

  return {
    issuer: settings.issuer,
    endedThere,
    begin,
    finish: (browser, answer, address) =>
      finished(browser, answer, address).catch(async (error: unknown) => {
        const refusal = await oidcRefusal(error);
        await database.transaction((transaction) =>
          deps.counted.add(transaction, {
            stream: 'accounts',
            type: 'sign-in.failed',
            alike: { of: null, by: 'oidc', code: refusal.code },
            detail: { address },
          }),
        );
        throw refusal;
      }),
    farewell: async (secret) => {
      const idToken = await sessions.idToken(secret);
      if (idToken === undefined) return undefined;
      const config = await provider().catch(() => undefined);
      if (config?.serverMetadata().end_session_endpoint === undefined) return undefined;
      const client = await openIdClient();
      return client.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${settings.publicUrl}/sign-in`,
      }).href;
    },
  };
}

/** Loaded on first use, because commands log nobody in. */
const openIdClient = () => import('openid-client');

async function discovered(settings: OidcSettings, skew: number): Promise<Configuration> {
  const issuer = new URL(settings.issuer);
  const client = await openIdClient();
  return client.discovery(
    issuer,
    settings.clientId,
    { client_secret: settings.clientSecret, [client.clockSkew]: skew },
    undefined,
    {
      execute: [
        client.enableNonRepudiationChecks,
        ...(isLoopback(issuer) ? [client.allowInsecureRequests] : []),
      ],
      timeout: 10,
    },
  );
}

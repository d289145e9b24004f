import { newSecret } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import { sessionCookie } from '../session-cookie.js';

export function singleSignOnHandlers({
  identity: { people, sessions, singleSignOn },
}: Pick<HttpDeps, 'identity'>): Pick<
  Handlers,
  'startSingleSignOn' | 'finishSingleSignOn' | 'noticeLogout' | 'linkSingleSignOn' | 'unlinkSingleSignOn'
> {
  const enabled = () => {
    if (singleSignOn) return singleSignOn;
    throw new Refusal('oidc.off', '没有启用统一身份认证', {
      remedy: '由系统管理员设置，见 docs/identity.md',
    });
  };

  const goTo = (to: string, secret?: string) =>
    new Reply(303, '', { Location: to, ...(secret === undefined ? {} : sessionCookie(secret)) });

  /** Browsers visit this URL, so errors are shown on the log-in page. */
  const orSignInPage = async (work: () => Promise<ReturnType<typeof goTo>>, secret?: string) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal) return goTo(`/sign-in?problem=${error.code}`, secret);
      throw error;
    }
  };

  return {
    startSingleSignOn: ({ query: { to, again }, origin: { secret = newSecret() } }) =>
      orSignInPage(
        async () => goTo(await enabled().begin(secret, { to, again: again === 'true' }), secret),
        secret,
      ),
    finishSingleSignOn: ({ query, origin: { secret, address } }) =>
      orSignInPage(async () => {
        const answer = new URLSearchParams();
        for (const [name, value] of Object.entries(query)) {
          if (typeof value === 'string') answer.set(name, value);
        }
        const fresh = await enabled().finish(secret, answer, address);
        // Ends the earlier session: prevents session fixation.
        if (secret !== undefined) await sessions.end(secret);
        return goTo(fresh.to, fresh.secret);
      }),
    noticeLogout: async ({ body: { logout_token: token } }) => {
      await enabled().endedThere(token);
      return '';
    },
    linkSingleSignOn: async ({ viewer, params: { login }, body: { subject } }) => {
      await people.link(login, `${enabled().issuer} ${subject}`, viewer.actor);
      return { login, linked: true };
    },
    unlinkSingleSignOn: async ({ viewer, params: { login } }) => {
      await people.link(login, null, viewer.actor);
      return { login, linked: false };
    },
  };
}

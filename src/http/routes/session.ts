import { csrfTokenOf, newSecret, roleTitle, type Viewer } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import { unitKindName } from '../../kernel/kinds.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import { sessionCookie } from '../session-cookie.js';

export function sessionHandlers({
  identity,
  laws,
}: HttpDeps): Pick<
  Handlers,
  | 'readSession'
  | 'signIn'
  | 'signOut'
  | 'reauthenticate'
  | 'changePassword'
  | 'offerSecondFactor'
  | 'confirmSecondFactor'
  | 'cancelSecondFactor'
> {
  const view = (viewer: Viewer | undefined, secret: string) => ({
    csrf: csrfTokenOf(secret),
    person: viewer
      ? {
          login: viewer.person.login,
          name: viewer.person.name,
          unit: {
            name: viewer.person.unit.name,
            kind: viewer.person.unit.kind,
            kindName: unitKindName(viewer.person.unit.kind, laws.today()),
          },
          linked: viewer.person.singleSignOn,
          sample: viewer.person.sample,
        }
      : null,
    roles: (viewer?.roles ?? []).map((id) => ({ id, title: roleTitle(id, laws.today()) })),
    duties: viewer?.duties ?? [],
    languages: viewer?.languages ?? [],
    messages: laws
      .today()
      .messages.filter(
        (message) => viewer && identity.rules.maySend(message, viewer.roles, viewer.person.unit.kind),
      ),
    units: viewer?.units ?? [],
    mustChangePassword: viewer?.person.mustChange ?? false,
    singleSignOn: identity.singleSignOn !== undefined,
    secondFactor: viewer?.person.secondFactor ?? false,
    authAt: viewer ? viewer.authAt : null,
    recentUntil: viewer
      ? new Date(viewer.authAt.getTime() + identity.rules.limits.session.recentMinutes * 60_000)
      : null,
  });

  /** Ends the earlier session: prevents session fixation. */
  const begin = async (secret: string, before: string | undefined) => {
    if (before !== undefined) await identity.sessions.end(before);
    const viewer = await identity.sessions.viewer(secret);
    return new Reply(200, view(viewer, secret), sessionCookie(secret));
  };

  const nobody = (secret: string) => new Reply(200, view(undefined, secret), sessionCookie(secret));

  /** The same session with its present content. */
  const standing = async (secret: string) => {
    const viewer = await identity.sessions.viewer(secret);
    if (!viewer) throw new Refusal('session.required', '登录已经过期', { remedy: '请重新登录' });
    return view(viewer, secret);
  };

  return {
    readSession: ({ viewer, origin: { secret } }) =>
      viewer && secret !== undefined ? view(viewer, secret) : nobody(secret ?? newSecret()),
    signIn: async ({ body, origin: { address, secret } }) =>
      begin(await identity.signIn(body, address), secret),
    signOut: async ({ origin: { secret } }) => {
      const farewell = secret === undefined ? undefined : await identity.singleSignOn?.farewell(secret);
      if (secret !== undefined) await identity.sessions.signOut(secret);
      const after = nobody(newSecret());
      return new Reply(200, { ...after.body, continueAt: farewell ?? null }, after.headers);
    },
    reauthenticate: async ({ viewer, body, origin: { address, secret } }) =>
      begin(await identity.reauthenticate({ ...body, login: viewer.person.login }, address), secret),
    changePassword: async ({ viewer, body: { next, ...proof }, origin: { address, secret } }) =>
      begin(await identity.changePassword({ ...proof, login: viewer.person.login }, next, address), secret),
    offerSecondFactor: ({ viewer }) => identity.offerSecondFactor(viewer.person),
    confirmSecondFactor: async ({ viewer, body, origin: { secret = '' } }) => {
      await identity.confirmSecondFactor(viewer.person, body.secret, body.code);
      return standing(secret);
    },
    cancelSecondFactor: async ({ viewer, origin: { secret = '' } }) => {
      await identity.cancelSecondFactor(viewer.person);
      return standing(secret);
    },
  };
}

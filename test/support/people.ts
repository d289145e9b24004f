/** Units and one person a role, as the samples have them, with sessions: for tests that act over HTTP. */
import { csrfTokenOf, type Identity, type Role } from '../../src/identity/index.js';
import type { Database } from '../../src/persistence/index.js';

export interface SignedIn {
  readonly login: string;
  /** As the trail names them. */
  readonly actor: string;
  readonly headers: { readonly cookie: string; readonly 'x-csrf-token': string };
}

export interface NewcomerOptions {
  readonly login: string;
  readonly unit?: string;
  readonly roles: readonly Role[];
}

/** Somebody new with a session of their own; the unit must be there. */
export async function newcomer(
  { identity, database }: { readonly identity: Identity; readonly database: Database },
  { login, unit = '市热线工作机构', roles }: NewcomerOptions,
): Promise<SignedIn> {
  await identity.people.add({ login, name: login, unit, roles, oidcSubject: `test ${login}` }, '测试');
  const [person] = (await identity.people.list()).filter((one) => one.login === login);
  if (!person) throw new Error(`${login} was not made`);
  const secret = await database.transaction((transaction) => identity.sessions.openIn(transaction, person));
  return { login, actor: `${login}(${login})`, headers: headersOf(secret) };
}

export const headersOf = (secret: string): SignedIn['headers'] => ({
  cookie: `__Host-hotline=${secret}`,
  'x-csrf-token': csrfTokenOf(secret),
});

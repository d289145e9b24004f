/**
 * One person logs in, wrongly and correctly, with and without a second factor, in several browsers,
 * until they log out.
 */
import { newSecret, totpCode } from '../../src/identity/index.js';
import { headersOf, sessionOf, type SignedIn } from '../support/people.js';
import { refused } from './accounts-asking.js';
import type { Day } from './day.js';

const login = 'acc-wang';
const password = '一句不相干的话 violet';
const minute = 60_000;

const knock = () => headersOf(newSecret());

export async function sessions(day: Day): Promise<void> {
  const security = await day.person({ login: 'acc-officer', roles: ['security-admin'] });
  const body = { login, name: '王登录', unit: '帐号篇hotline' };
  const once = await oneTime(day.call('addPerson', { as: security, body }));
  await day.call('grantRole', { as: security, params: { login, role: 'intake' } });
  await first(day, once);
  await wrongly(day);
  await secondFactor(day);
  await leaving(day);
}

const oneTime = async (answer: Promise<unknown>): Promise<string> =>
  ((await answer) as { password: string }).password;

const signIn = (day: Day, proof: object): Promise<unknown> =>
  day.call('signIn', { headers: knock(), body: { login, password, ...proof } });

const isRefused = (day: Day, proof: object, code = 'session.failed'): Promise<void> =>
  refused(day, code, '/api/session', { headers: knock(), body: { login, password, ...proof } });

/** A session of theirs in another browser. */
async function here(day: Day): Promise<SignedIn> {
  return { login, actor: `王登录（${login}）`, ...(await sessionOf(day.served.system, login)) };
}

async function first(day: Day, once: string): Promise<void> {
  await signIn(day, { password: once });
  const own = await here(day);
  await refused(day, 'password.must-change', '/api/work-orders', { as: own });
  const change = { password: once, next: '短' };
  await refused(day, 'input.invalid', '/api/account/password', { as: own, body: change });
  await day.call('changePassword', { as: own, body: { password: once, next: password } });
  await isRefused(day, { password: once });
  await signIn(day, {});
  await day.call('changePassword', { as: await here(day), body: { password, next: `${password} 2` } });
  await day.call('changePassword', {
    as: await here(day),
    body: { password: `${password} 2`, next: password },
  });
}

async function wrongly(day: Day): Promise<void> {
  await isRefused(day, { login: 'acc-nobody' });
  await isRefused(day, { login: 'acc-compliance-editor' });
  await isRefused(day, { password: '猜' });
  await signIn(day, {});
  for (let failure = 0; failure < 5; failure += 1) await isRefused(day, { password: '猜' });
  await isRefused(day, {}, 'session.held-up');
  await isRefused(day, {}, 'session.held-up');
  day.later(16 * minute);
  await signIn(day, {});
  const proof = { password: '猜' };
  await refused(day, 'session.failed', '/api/session/reauthentication', { as: await here(day), body: proof });
  await day.call('reauthenticate', { as: await here(day), body: { password } });
}

async function secondFactor(day: Day): Promise<void> {
  const offered = async (as: SignedIn) =>
    ((await day.call('offerSecondFactor', { as })) as { secret: string }).secret;
  const codeOf = (secret: string): string => totpCode(secret, day.served.system.clock.now());
  const confirm = async (): Promise<string> => {
    const own = await here(day);
    const secret = await offered(own);
    await day.call('confirmSecondFactor', { as: own, body: { secret, code: codeOf(secret) } });
    day.later(minute);
    return secret;
  };
  await day.call('cancelSecondFactor', { as: await here(day) });
  const secret = await confirm();
  await isRefused(day, {});
  const used = codeOf(secret);
  await signIn(day, { code: used });
  await isRefused(day, { code: used });
  day.later(minute);
  await day.call('reauthenticate', { as: await here(day), body: { password, code: codeOf(secret) } });
  day.later(minute);
  const next = `${password} 3`;
  const change = { password, code: codeOf(secret), next };
  await day.call('changePassword', { as: await here(day), body: change });
  // Replaces the telephone by a new one, then removes it.
  await confirm();
  await day.call('cancelSecondFactor', { as: await here(day) });
  await signIn(day, { password: next });
  const security = await day.person({ login: 'acc-officer', roles: ['security-admin'] });
  await confirm();
  await day.call('resetSecondFactor', { as: security, params: { login } });
  await signIn(day, { password: next });
  await confirm();
  const once = await oneTime(day.call('resetPassword', { as: security, params: { login } }));
  await day.call('changePassword', { as: await here(day), body: { password: once, next: password } });
}

async function leaving(day: Day): Promise<void> {
  const [own, elsewhere] = [await here(day), await here(day)];
  const { items } = (await day.call('listSessions', { as: own })) as {
    items: readonly { id: string; current: boolean }[];
  };
  for (const { id } of items.filter(({ current }) => !current))
    await day.call('endSession', { as: own, params: { id } });
  await refused(day, 'session.required', '/api/account/sessions', { as: elsewhere });
  const current = items.find((one) => one.current)?.id ?? '';
  await day.call('endSession', { as: own, params: { id: current } });
  await day.call('signOut', { as: await here(day) });
  await day.call('signOut', { headers: knock() });
}

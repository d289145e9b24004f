/** Accounts are linked with the city's single sign-on; people log in there and leave, here or there. */
import { expect } from 'chai';
import { CookieBrowser } from '../support/single-sign-on.js';
import { toSecond, withGateway, type Gateway } from './accounts-gateway.js';
import type { Day } from './day.js';

const logins = ['acc-li', 'acc-zhao'] as const;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

export async function singleSignOn(day: Day): Promise<void> {
  const security = await day.person({ login: 'acc-officer', roles: ['security-admin'] });
  for (const login of logins) {
    const body = { login, name: login, unit: '帐号篇hotline' };
    await day.call('addPerson', { as: security, body });
    await day.call('grantRole', { as: security, params: { login, role: 'intake' } });
  }
  await withGateway(day, async (gateway) => {
    await gateway.keepTime();
    for (const login of [...logins, 'acc-li']) {
      await toSecond(day);
      const body = { subject: `sub-${login}` };
      await day.call('linkSingleSignOn', { as: security, params: { login }, body });
    }
    await loggingIn(day, gateway);
    await failing(gateway);
    day.later(60_000);
    await gateway.keepTime();
    await again(gateway);
    const { text } = await forged(day);
    expect(text).to.include('oidc.notice-refused');
    for (let twice = 0; twice < 2; twice += 1)
      await day.call('unlinkSingleSignOn', { as: security, params: { login: 'acc-zhao' } });
    expect(await outcome(gateway, new CookieBrowser(), 'sub-acc-zhao')).to.include('oidc.unknown');
  });
}

async function forged(day: Day) {
  await toSecond(day);
  return day.sendTo('/api/session/oidc/logout-notice', {
    as: 'nobody',
    method: 'POST',
    headers: form,
    body: 'logout_token=x.y.z',
  });
}

/** Where the browser stands after it came back from the provider. */
async function outcome(
  { url }: Gateway,
  browser: CookieBrowser,
  subject: string,
  query = '',
): Promise<string> {
  const place = await browser.follow(`${url}/api/session/oidc${query}`, /\/interaction\//);
  const body = `login=${subject}`;
  const sent = await browser.visit(place, { method: 'POST', headers: form, body });
  const back = await browser.follow(
    new URL(sent.headers.get('location') ?? '', place).href,
    /\/api\/session\/oidc\/callback\?/,
  );
  return (await browser.visit(back)).headers.get('location') ?? '';
}

const who = async ({ url }: Gateway, browser: CookieBrowser) =>
  (await (await browser.visit(`${url}/api/session`)).json()) as {
    csrf: string;
    person: { login: string } | null;
  };

/** Logs out at the provider, which asks for confirmation and notifies the program. */
async function leaveThere(browser: CookieBrowser, address: string, issuer: string): Promise<void> {
  const page = await (await browser.visit(address)).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? expect.fail(page);
  const body = new URLSearchParams({ xsrf, logout: 'yes' });
  await browser.visit(`${issuer}/session/end/confirm`, { method: 'POST', body });
}

async function loggingIn(day: Day, gateway: Gateway): Promise<void> {
  const [one, other] = [new CookieBrowser(), new CookieBrowser()];
  expect(await outcome(gateway, one, 'sub-acc-li', '?to=%2Fworklist')).to.equal('/worklist');
  expect(await outcome(gateway, other, 'sub-acc-zhao')).to.equal('/');
  expect((await who(gateway, other)).person?.login).to.equal('acc-zhao');
  await leaveThere(one, `${gateway.issuer}/session/end`, gateway.issuer);
  expect((await who(gateway, one)).person).to.equal(null);
  const { csrf } = await who(gateway, other);
  const headers = { 'x-csrf-token': csrf };
  const left = await other.visit(`${gateway.url}/api/session`, { method: 'DELETE', headers });
  const { continueAt } = (await left.json()) as { continueAt: string };
  await leaveThere(other, continueAt, gateway.issuer);
  expect(day.called.has('noticeLogout')).to.equal(true);
}

async function failing(gateway: Gateway): Promise<void> {
  expect(await outcome(gateway, new CookieBrowser(), 'sub-nobody')).to.include('oidc.unknown');
  expect(await outcome(gateway, new CookieBrowser(), '')).to.include('oidc.cancelled');
}

/** Re-authenticates there, as acts that need a recent authentication require. */
async function again(gateway: Gateway): Promise<void> {
  const browser = new CookieBrowser();
  expect(await outcome(gateway, browser, 'sub-acc-zhao')).to.equal('/');
  expect(await outcome(gateway, browser, 'sub-acc-zhao', '?again=true')).to.equal('/');
  expect((await who(gateway, browser)).person?.login).to.equal('acc-zhao');
}

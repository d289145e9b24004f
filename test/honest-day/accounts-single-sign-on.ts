/** Accounts are linked with the city's single sign-on; people log in there and leave, here or there. */
import { expect } from 'chai';
import { CookieBrowser } from '../support/single-sign-on.js';
import { toSecond, withFront, type Front } from './accounts-front.js';
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
  await withFront(day, async (front) => {
    await front.keepTime();
    for (const login of [...logins, 'acc-li']) {
      await toSecond(day);
      const body = { subject: `sub-${login}` };
      await day.call('linkSingleSignOn', { as: security, params: { login }, body });
    }
    await loggingIn(day, front);
    await failing(front);
    day.later(60_000);
    await front.keepTime();
    await again(front);
    const { text } = await forged(day);
    expect(text).to.include('oidc.notice-refused');
    for (let twice = 0; twice < 2; twice += 1)
      await day.call('unlinkSingleSignOn', { as: security, params: { login: 'acc-zhao' } });
    expect(await outcome(front, new CookieBrowser(), 'sub-acc-zhao')).to.include('oidc.unknown');
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
async function outcome({ url }: Front, browser: CookieBrowser, subject: string, query = ''): Promise<string> {
  const place = await browser.follow(`${url}/api/session/oidc${query}`, /\/interaction\//);
  const body = `login=${subject}`;
  const sent = await browser.visit(place, { method: 'POST', headers: form, body });
  const back = await browser.follow(
    new URL(sent.headers.get('location') ?? '', place).href,
    /\/api\/session\/oidc\/callback\?/,
  );
  return (await browser.visit(back)).headers.get('location') ?? '';
}

const who = async ({ url }: Front, browser: CookieBrowser) =>
  (await (await browser.visit(`${url}/api/session`)).json()) as {
    csrf: string;
    person: { login: string } | null;
  };

/** Leaves at the provider, which asks whether they mean it and tells the program. */
async function leaveThere(browser: CookieBrowser, address: string, issuer: string): Promise<void> {
  const page = await (await browser.visit(address)).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? expect.fail(page);
  const body = new URLSearchParams({ xsrf, logout: 'yes' });
  await browser.visit(`${issuer}/session/end/confirm`, { method: 'POST', body });
}

async function loggingIn(day: Day, front: Front): Promise<void> {
  const [one, other] = [new CookieBrowser(), new CookieBrowser()];
  expect(await outcome(front, one, 'sub-acc-li', '?to=%2Fworklist')).to.equal('/worklist');
  expect(await outcome(front, other, 'sub-acc-zhao')).to.equal('/');
  expect((await who(front, other)).person?.login).to.equal('acc-zhao');
  await leaveThere(one, `${front.issuer}/session/end`, front.issuer);
  expect((await who(front, one)).person).to.equal(null);
  const { csrf } = await who(front, other);
  const headers = { 'x-csrf-token': csrf };
  const left = await other.visit(`${front.url}/api/session`, { method: 'DELETE', headers });
  const { continueAt } = (await left.json()) as { continueAt: string };
  await leaveThere(other, continueAt, front.issuer);
  expect(day.called.has('noticeLogout')).to.equal(true);
}

async function failing(front: Front): Promise<void> {
  expect(await outcome(front, new CookieBrowser(), 'sub-nobody')).to.include('oidc.unknown');
  expect(await outcome(front, new CookieBrowser(), '')).to.include('oidc.cancelled');
}

/** Proves once more who they are, there, as what is recent demands. */
async function again(front: Front): Promise<void> {
  const browser = new CookieBrowser();
  expect(await outcome(front, browser, 'sub-acc-zhao')).to.equal('/');
  expect(await outcome(front, browser, 'sub-acc-zhao', '?again=true')).to.equal('/');
  expect((await who(front, browser)).person?.login).to.equal('acc-zhao');
}

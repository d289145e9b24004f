/** Log-in by single sign-on at a real OpenID provider, with a browser's cookies carried by hand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createApp, listen, type Listening } from '../../src/http/index.js';
import { createIdentity, createVault, newKeyRing, type Identity } from '../../src/identity/index.js';
import { systemClock } from '../../src/kernel/index.js';
import {
  clientId,
  clientSecret,
  startProvider,
  type IdentityProvider,
} from '../support/identity-provider.js';
import { useSystem } from '../support/system.js';

/** What a browser keeps, for one host each. */
class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  async visit(address: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(address);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(cookie === '' ? {} : { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (value.join('=') === '') jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  /** Follows until the address matches. */
  async follow(address: string, until: RegExp): Promise<string> {
    let at = address;
    for (let step = 0; step < 10; step++) {
      if (until.test(at)) return at;
      const response = await this.visit(at);
      const location = response.headers.get('location');
      if (location === null) expect.fail(`${at} answered ${response.status}: ${await response.text()}`);
      at = new URL(location, at).href;
    }
    return expect.fail(`never came to ${String(until)}`);
  }

  cookie(address: string): string {
    return this.jars.get(new URL(address).host)?.get('__Host-hotline') ?? '';
  }
}

describe('统一身份认证登录', () => {
  const system = useSystem({ shipped: false, at: systemClock.now().toISOString() });
  let provider: IdentityProvider;
  let server: Listening;
  let identity: Identity;

  const identityWith = (settings: {
    issuer?: string;
    acr?: readonly string[];
    publicUrl: string;
  }): Identity => {
    const { clock, database, trail: journal } = system();
    const oidc = { issuer: provider.issuer, clientId, clientSecret, acr: [], ...settings };
    return createIdentity({ clock, database, journal, vault: createVault(newKeyRing()), oidc });
  };
  const freePort = () =>
    new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => resolve(port));
      });
    });
  const serve = async (settings: { issuer?: string; acr?: readonly string[] } = {}) => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const made = identityWith({ ...settings, publicUrl });
    provider.admit(publicUrl);
    return {
      made,
      at: await listen(createApp({ ...system(), identity: made }), { host: '127.0.0.1', port }),
    };
  };

  before(async () => {
    provider = await startProvider();
    ({ made: identity, at: server } = await serve());
    await identity.people.addUnit({ name: '市热线工作机构', kind: 'hotline' }, '测试');
    for (const login of ['jia', 'ting']) {
      const oidcSubject = `${provider.issuer} sub-${login}`;
      await identity.people.add(
        { login, name: login, unit: '市热线工作机构', roles: ['intake'], oidcSubject },
        '测试',
      );
    }
    await identity.people.close('ting', '测试');
  });
  after(async () => {
    await server.close();
    await provider.close();
  });

  const callback = /\/api\/session\/oidc\/callback\?/;
  /** As far as the provider's answer, which the browser has not brought yet. */
  const prove = async (browser: Browser, login: string, query = '', at = server.url): Promise<string> => {
    const place = await browser.follow(`${at}/api/session/oidc${query}`, /\/interaction\//);
    const sent = await browser.visit(place, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `login=${login}`,
    });
    return browser.follow(new URL(sent.headers.get('location') ?? '', place).href, callback);
  };
  const outcome = async (browser: Browser, answer: string): Promise<string> =>
    (await browser.visit(answer)).headers.get('location') ?? '';
  const who = async (browser: Browser, at = server.url) =>
    (await (await browser.visit(`${at}/api/session`)).json()) as {
      csrf: string;
      singleSignOn: boolean;
      person: { login: string } | null;
    };
  const accounts = async () => {
    const { database, trail } = system();
    return (await database.transaction((one) => trail.read(one, ['accounts']))).get('accounts') ?? [];
  };

  it('登录,去登录前要去的地方;换新的会话号(会话固定),记入轨迹', async () => {
    const browser = new Browser();
    expect(await who(browser)).to.include({ singleSignOn: true, person: null });
    const planted = browser.cookie(server.url);
    const answer = await prove(browser, 'sub-jia', '?to=%2Fworklist');
    expect(await outcome(browser, answer)).to.equal('/worklist');
    expect(browser.cookie(server.url)).not.to.equal(planted);
    expect(await who(browser)).to.have.nested.property('person.login', 'jia');
    expect(await identity.sessions.stands(planted)).to.equal(false);
    expect((await accounts()).at(-1)?.body).to.include({ of: 'jia', by: 'oidc' });
  });

  it('已有会话的也换号,原来的结束', async () => {
    const browser = new Browser();
    await outcome(browser, await prove(browser, 'sub-jia'));
    const before = browser.cookie(server.url);
    const again = await browser.follow(`${server.url}/api/session/oidc`, callback);
    expect(await outcome(browser, again)).to.equal('/');
    expect(browser.cookie(server.url)).not.to.equal(before);
    expect(await identity.sessions.stands(before)).to.equal(false);
  });

  it('没有关联的、停用的:拒绝,不自动开帐号,轨迹里没有用户标识', async () => {
    const people = (await identity.people.list()).length;
    for (const login of ['sub-nobody', 'sub-ting']) {
      const browser = new Browser();
      expect(await outcome(browser, await prove(browser, login))).to.equal('/sign-in?problem=oidc.unknown');
      expect(await who(browser)).to.have.property('person', null);
      expect((await accounts()).at(-1)?.body).to.include({ of: null, code: 'oidc.unknown' });
    }
    expect((await identity.people.list()).length).to.equal(people);
    expect(JSON.stringify(await accounts())).not.to.include('sub-');
  });

  it('state 不对、别的浏览器带来的、用过的:一律失效', async () => {
    const stale = '/sign-in?problem=oidc.stale';
    const browser = new Browser();
    const answer = await prove(browser, 'sub-jia');
    const forged = new URL(answer);
    forged.searchParams.set('state', 'x'.repeat(43));
    expect(await outcome(browser, forged.href)).to.equal(stale);
    const other = new Browser();
    await who(other);
    expect(await outcome(other, answer), '别的浏览器').to.equal(stale);
    expect(await outcome(new Browser(), answer), '没有 cookie 的').to.equal(stale);
    expect(await outcome(browser, answer), '原来的浏览器仍可以').to.equal('/');
    expect(await outcome(browser, answer), '用过的').to.equal(stale);
  });

  it('授权码换到另一次登录不能用;nonce 被改过的不能用', async () => {
    const browser = new Browser();
    const first = new URL(await prove(browser, 'sub-jia'));
    const second = new URL(await browser.follow(`${server.url}/api/session/oidc`, callback));
    // The second log-in's state with the first one's code: another verifier, another nonce.
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect(await outcome(browser, second.href)).to.equal('/sign-in?problem=oidc.stale');
    // Somebody has changed the nonce on the way out: the token that comes back is not for this log-in.
    const victim = new Browser();
    const out = new URL((await victim.visit(`${server.url}/api/session/oidc`)).headers.get('location') ?? '');
    out.searchParams.set('nonce', 'n'.repeat(43));
    const place = await victim.follow(out.href, /\/interaction\//);
    const sent = await victim.visit(place, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'login=sub-jia',
    });
    const back = await victim.follow(new URL(sent.headers.get('location') ?? '', place).href, callback);
    expect(await outcome(victim, back)).to.equal('/sign-in?problem=oidc.refused');
    expect(await who(victim)).to.have.property('person', null);
  });

  it('退出:在统一身份认证那里也退出,回到登录页', async () => {
    const browser = new Browser();
    await outcome(browser, await prove(browser, 'sub-jia'));
    const { csrf } = await who(browser);
    const reply = await browser.visit(`${server.url}/api/session`, {
      method: 'DELETE',
      headers: { 'x-csrf-token': csrf },
    });
    const { continueAt } = (await reply.json()) as { continueAt: string };
    const farewell = new URL(continueAt);
    expect(farewell.origin).to.equal(provider.issuer);
    expect(farewell.searchParams.get('post_logout_redirect_uri')).to.equal(`${server.url}/sign-in`);
    expect((await browser.visit(continueAt)).status).to.equal(200);
    const { rows } = await system().database.pool.query('SELECT id_token FROM hotline.session');
    expect(JSON.stringify(rows)).not.to.include(farewell.searchParams.get('id_token_hint')?.slice(0, 20));
    expect(await who(browser)).to.have.property('person', null);
  });

  it('由安全管理员关联、取消;一个用户只关联一个帐号;会话随即结束', async () => {
    const unit = '市热线工作机构';
    await identity.people.add({ login: 'yi', name: '乙', unit, roles: ['intake'] }, '测试');
    await identity.people.link('yi', `${provider.issuer} sub-yi`, '测试');
    const taken = await identity.people
      .link('yi', `${provider.issuer} sub-jia`, '测试')
      .catch((error: { code: string }) => error.code);
    expect(taken).to.equal('person.exists');
    const browser = new Browser();
    expect(await outcome(browser, await prove(browser, 'sub-yi'))).to.equal('/');
    await identity.people.link('yi', null, '测试');
    expect(await who(browser)).to.have.property('person', null);
    const again = new Browser();
    expect(await outcome(again, await prove(again, 'sub-yi'))).to.equal('/sign-in?problem=oidc.unknown');
    expect(JSON.stringify(await accounts())).not.to.include('sub-yi');
  });

  it('取消了、对方不在、要求的强度不够:各有说明', async () => {
    const browser = new Browser();
    expect(await outcome(browser, await prove(browser, ''))).to.equal('/sign-in?problem=oidc.cancelled');
    const dead = await serve({ issuer: `http://127.0.0.1:${await freePort()}` });
    const strict = await serve({ acr: ['urn:level:3'] });
    try {
      const reply = await new Browser().visit(`${dead.at.url}/api/session/oidc`);
      expect(reply.headers.get('location')).to.equal('/sign-in?problem=oidc.unreachable');
      const weak = new Browser();
      expect(await outcome(weak, await prove(weak, 'sub-jia', '', strict.at.url))).to.equal(
        '/sign-in?problem=oidc.refused',
      );
    } finally {
      await dead.at.close();
      await strict.at.close();
    }
  });

  it('拖过十分钟的失效;时钟差得太多:说明是时钟', async () => {
    const { clock } = system();
    const browser = new Browser();
    const before = clock.now();
    const late = await prove(browser, 'sub-jia');
    clock.moveTo(new Date(before.getTime() + 2 * 3_600_000));
    expect(await outcome(browser, late)).to.equal('/sign-in?problem=oidc.stale');
    const other = new Browser();
    const answer = await prove(other, 'sub-jia');
    expect(await outcome(other, answer)).to.equal('/sign-in?problem=oidc.clock');
  });

  it('只回到本站:登录后去的地方不能是别的网站', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'evil']) {
      const reply = await fetch(`${server.url}/api/session/oidc?to=${encodeURIComponent(to)}`, {
        redirect: 'manual',
      });
      expect(reply.status, to).to.equal(400);
    }
  });

  it('没有设置的:说明没有启用', async () => {
    const plain = await listen(createApp(system()), { host: '127.0.0.1', port: 0 });
    try {
      const reply = await fetch(`${plain.url}/api/session/oidc`, { redirect: 'manual' });
      expect(reply.headers.get('location')).to.equal('/sign-in?problem=oidc.off');
    } finally {
      await plain.close();
    }
  });
});

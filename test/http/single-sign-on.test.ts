/** Log-in by single sign-on at a real OpenID provider, with a browser's cookies carried by hand. */
import { expect } from 'chai';
import { createApp, listen } from '../../src/http/index.js';
import { CookieBrowser, freePort, useSingleSignOn } from '../support/single-sign-on.js';
import { useSystem } from '../support/system.js';
import { plainTrails, settled } from '../support/entries.js';

describe('统一身份认证登录', () => {
  const system = useSystem({ shipped: false, at: 'now' });
  const sso = useSingleSignOn(system);
  const callback = /\/api\/session\/oidc\/callback\?/;
  before(() => sso().identity.people.close('ting', '测试'));
  const prove = (browser: CookieBrowser, login: string, query = '', at = sso().url): Promise<string> =>
    sso().prove(browser, login, query, at);
  const outcome = async (browser: CookieBrowser, answer: string): Promise<string> =>
    (await browser.visit(answer)).headers.get('location') ?? '';
  const who = async (browser: CookieBrowser, at = sso().url) =>
    (await (await browser.visit(`${at}/api/session`)).json()) as {
      csrf: string;
      singleSignOn: boolean;
      person: { login: string } | null;
    };
  const accounts = async () => {
    const { database, trail } = system();
    await settled(system());
    return (await database.transaction((one) => plainTrails(trail, one, ['accounts']))).get('accounts') ?? [];
  };

  it('登录，去登录前要去的地方；换新的会话号（会话固定），记入轨迹', async () => {
    const browser = new CookieBrowser();
    expect(await who(browser)).to.include({ singleSignOn: true, person: null });
    const planted = browser.cookie(sso().url);
    const answer = await prove(browser, 'sub-jia', '?to=%2Fworklist');
    expect(await outcome(browser, answer)).to.equal('/worklist');
    expect(browser.cookie(sso().url)).not.to.equal(planted);
    expect(await who(browser)).to.have.nested.property('person.login', 'jia');
    expect(await sso().identity.sessions.stands(planted)).to.equal(false);
    expect((await accounts()).at(-1)?.body).to.include({ of: 'jia', by: 'oidc' });
  });

  it('已有会话的也换号，原来的结束', async () => {
    const browser = new CookieBrowser();
    await outcome(browser, await prove(browser, 'sub-jia'));
    const before = browser.cookie(sso().url);
    const again = await browser.follow(`${sso().url}/api/session/oidc`, callback);
    expect(await outcome(browser, again)).to.equal('/');
    expect(browser.cookie(sso().url)).not.to.equal(before);
    expect(await sso().identity.sessions.stands(before)).to.equal(false);
  });

  it('没有关联的、停用的：拒绝，不自动开帐号，轨迹里没有用户标识', async () => {
    const people = (await sso().identity.people.list()).length;
    for (const login of ['sub-nobody', 'sub-ting']) {
      const browser = new CookieBrowser();
      expect(await outcome(browser, await prove(browser, login))).to.equal('/sign-in?problem=oidc.unknown');
      expect(await who(browser)).to.have.property('person', null);
      expect((await accounts()).at(-1)?.body).to.include({ of: null, code: 'oidc.unknown' });
    }
    expect((await sso().identity.people.list()).length).to.equal(people);
    expect(JSON.stringify(await accounts())).not.to.include('sub-');
  });

  it('state 不对、别的浏览器带来的、用过的：一律失效', async () => {
    const stale = '/sign-in?problem=oidc.stale';
    const browser = new CookieBrowser();
    const answer = await prove(browser, 'sub-jia');
    const forged = new URL(answer);
    forged.searchParams.set('state', 'x'.repeat(43));
    expect(await outcome(browser, forged.href)).to.equal(stale);
    const other = new CookieBrowser();
    await who(other);
    expect(await outcome(other, answer), '别的浏览器').to.equal(stale);
    expect(await outcome(new CookieBrowser(), answer), '没有 cookie 的').to.equal(stale);
    expect(await outcome(browser, answer), '原来的浏览器仍可以').to.equal('/');
    expect(await outcome(browser, answer), '用过的').to.equal(stale);
  });

  it('授权码换到另一次登录不能用；nonce 被改过的不能用', async () => {
    const browser = new CookieBrowser();
    const first = new URL(await prove(browser, 'sub-jia'));
    const second = new URL(await browser.follow(`${sso().url}/api/session/oidc`, callback));
    // The second log-in's state with the first one's code: other verifier, other nonce.
    second.searchParams.set('code', first.searchParams.get('code') ?? '');
    expect(await outcome(browser, second.href)).to.equal('/sign-in?problem=oidc.stale');
    // The nonce was changed on the way out, so the returned token does not belong to this log-in.
    const victim = new CookieBrowser();
    const out = new URL((await victim.visit(`${sso().url}/api/session/oidc`)).headers.get('location') ?? '');
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

  it('退出：在统一身份认证那里也退出，回到登录页', async () => {
    const browser = new CookieBrowser();
    await outcome(browser, await prove(browser, 'sub-jia'));
    const { csrf } = await who(browser);
    const reply = await browser.visit(`${sso().url}/api/session`, {
      method: 'DELETE',
      headers: { 'x-csrf-token': csrf },
    });
    const { continueAt } = (await reply.json()) as { continueAt: string };
    const farewell = new URL(continueAt);
    expect(farewell.origin).to.equal(sso().provider.issuer);
    expect(farewell.searchParams.get('post_logout_redirect_uri')).to.equal(`${sso().url}/sign-in`);
    expect((await browser.visit(continueAt)).status).to.equal(200);
    const { rows } = await system().database.pool.query('SELECT id_token FROM hotline.session');
    expect(JSON.stringify(rows)).not.to.include(farewell.searchParams.get('id_token_hint')?.slice(0, 20));
    expect(await who(browser)).to.have.property('person', null);
  });

  it('由安全管理员关联、取消；一个用户只关联一个帐号；会话随即结束', async () => {
    const unit = '市热线工作机构';
    await sso().identity.people.add({ login: 'yi', name: '乙', unit, roles: ['intake'] }, '测试');
    await sso().identity.people.link('yi', `${sso().provider.issuer} sub-yi`, '测试');
    const taken = await sso()
      .identity.people.link('yi', `${sso().provider.issuer} sub-jia`, '测试')
      .catch((error: { code: string }) => error.code);
    expect(taken).to.equal('person.exists');
    const browser = new CookieBrowser();
    expect(await outcome(browser, await prove(browser, 'sub-yi'))).to.equal('/');
    await sso().identity.people.link('yi', null, '测试');
    expect(await who(browser)).to.have.property('person', null);
    const again = new CookieBrowser();
    expect(await outcome(again, await prove(again, 'sub-yi'))).to.equal('/sign-in?problem=oidc.unknown');
    expect(JSON.stringify(await accounts())).not.to.include('sub-yi');
  });

  it('取消了、对方不在、要求的强度不够：各有说明', async () => {
    const browser = new CookieBrowser();
    expect(await outcome(browser, await prove(browser, ''))).to.equal('/sign-in?problem=oidc.cancelled');
    const dead = await sso().serve({ issuer: `http://127.0.0.1:${await freePort()}` });
    const strict = await sso().serve({ acr: ['urn:level:3'] });
    try {
      const reply = await new CookieBrowser().visit(`${dead.at.url}/api/session/oidc`);
      expect(reply.headers.get('location')).to.equal('/sign-in?problem=oidc.unreachable');
      const weak = new CookieBrowser();
      expect(await outcome(weak, await prove(weak, 'sub-jia', '', strict.at.url))).to.equal(
        '/sign-in?problem=oidc.refused',
      );
    } finally {
      await dead.at.close();
      await strict.at.close();
    }
  });

  it('拖过十分钟的失效；时钟差得太多：说明是时钟', async () => {
    const { clock } = system();
    const browser = new CookieBrowser();
    const before = clock.now();
    const late = await prove(browser, 'sub-jia');
    clock.moveTo(new Date(before.getTime() + 2 * 3_600_000));
    expect(await outcome(browser, late)).to.equal('/sign-in?problem=oidc.stale');
    const other = new CookieBrowser();
    const answer = await prove(other, 'sub-jia');
    expect(await outcome(other, answer)).to.equal('/sign-in?problem=oidc.clock');
  });

  it('只回到本站：登录后去的地方不能是别的网站', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'evil']) {
      const reply = await fetch(`${sso().url}/api/session/oidc?to=${encodeURIComponent(to)}`, {
        redirect: 'manual',
      });
      expect(reply.status, to).to.equal(400);
    }
  });

  it('没有设置的：说明没有启用', async () => {
    const plain = await listen(createApp(system()), { host: '127.0.0.1', port: 0 });
    try {
      const reply = await fetch(`${plain.url}/api/session/oidc`, { redirect: 'manual' });
      expect(reply.headers.get('location')).to.equal('/sign-in?problem=oidc.off');
    } finally {
      await plain.close();
    }
  });
});

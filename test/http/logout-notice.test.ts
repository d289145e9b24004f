/** OpenID Connect Back-Channel Logout 1.0: a real provider's notices, and forged ones. */
import { expect } from 'chai';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { clientId, clientSecret } from '../support/identity-provider.js';
import { CookieBrowser, freePort, useSingleSignOn } from '../support/single-sign-on.js';
import { useSystem } from '../support/system.js';
import { occurrences, plainTrails, settled } from '../support/entries.js';

const event = 'http://schemas.openid.net/event/backchannel-logout';

describe('统一身份认证通知退出（back-channel logout）', () => {
  const system = useSystem({ shipped: false, at: 'now' });
  const sso = useSingleSignOn(system);
  const who = async (browser: CookieBrowser) =>
    ((await (await browser.visit(`${sso().url}/api/session`)).json()) as { person: { login: string } | null })
      .person?.login;
  const signedIn = async (login = 'jia'): Promise<CookieBrowser> => {
    const browser = new CookieBrowser();
    await browser.visit(await sso().prove(browser, `sub-${login}`));
    expect(await who(browser)).to.equal(login);
    return browser;
  };
  const notice = async (token: string, init: RequestInit = {}) =>
    fetch(`${sso().url}/api/session/oidc/logout-notice`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
      ...init,
    });
  let made = 0;
  const claims = (): JWTPayload => {
    const now = Math.floor(system().clock.now().getTime() / 1000);
    const { issuer: iss } = sso().provider;
    const jti = `notice ${++made}`;
    return { iss, aud: clientId, sub: 'sub-jia', iat: now, exp: now + 120, jti, events: { [event]: {} } };
  };
  const entries = async (stream: 'accounts' | 'refusals') => {
    const { database, trail } = system();
    await settled(system());
    const read = await database.transaction((one) => plainTrails(trail, one, [stream]));
    return (read.get(stream) ?? []).map(({ type, body }) => ({ type, ...body }));
  };

  it('在那里退出：由那一个会话开始的随即结束，别处开始的、别人的、用口令登录的还在', async () => {
    const [here, elsewhere, other] = [await signedIn(), await signedIn(), await signedIn('ting')];
    const { database } = system();
    const { people, sessions } = sso().identity;
    const person = (await people.list()).find(({ login }) => login === 'jia');
    if (!person) expect.fail('there is no jia');
    const byPassword = await database.transaction((transaction) => sessions.openIn(transaction, person));
    const { issuer, told } = sso().provider;
    // As somebody who leaves at the provider's own page, which asks whether they mean it.
    const page = await (await here.visit(`${issuer}/session/end`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? expect.fail(page);
    await here.visit(`${issuer}/session/end/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(told).to.deep.equal([200]);
    expect(await who(here)).to.equal(undefined);
    expect(await who(elsewhere)).to.equal('jia');
    expect(await who(other)).to.equal('ting');
    expect(await sessions.stands(byPassword)).to.equal(true);
    expect((await entries('accounts')).at(-1)).to.include({ type: 'session.ended', of: 'jia', by: 'oidc' });
  });

  it('只写用户的：他由那里开始的全部结束；只写会话的：只结束那一个', async () => {
    const [one, two, other] = [await signedIn(), await signedIn(), await signedIn('ting')];
    expect((await notice(await sso().provider.sign(claims()))).status).to.equal(200);
    expect([await who(one), await who(two), await who(other)]).to.deep.equal([undefined, undefined, 'ting']);
    const { sub: _sub, ...bare } = claims();
    const nothing = await notice(await sso().provider.sign({ ...bare, sid: 'of-nobody' }));
    expect(nothing.status).to.equal(200);
    expect(nothing.headers.get('cache-control')).to.equal('no-store');
    expect(await who(other)).to.equal('ting');
  });

  it('同一个通知只算一次：再来的不结束此后的会话', async () => {
    const token = await sso().provider.sign(claims());
    expect((await notice(token)).status).to.equal(200);
    const browser = await signedIn();
    expect(await (await notice(token)).json()).to.include({ status: 400, code: 'oidc.notice-refused' });
    expect(await who(browser)).to.equal('jia');
  });

  it('签名、发行者、给谁的、时刻、内容不对的，一律不认，并记入轨迹', async () => {
    const browser = await signedIn();
    const { provider } = sso();
    const { jti: _jti, ...unnumbered } = claims();
    const { sub: _sub, ...ofNobody } = claims();
    const { exp: _exp, ...endless } = claims();
    const now = claims().iat ?? 0;
    const forged: { readonly [what: string]: string } = {
      不是令牌: 'x.y.z',
      没有签名: new UnsecuredJWT(claims()).encode(),
      以共用的密钥签名: await new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', typ: 'logout+jwt' })
        .sign(new TextEncoder().encode(clientSecret)),
      改过: (await provider.sign(claims())).replace(/\.[^.]+\./, `.${btoa(JSON.stringify(claims()))}.`),
      别的发行者: await provider.sign({ ...claims(), iss: 'https://evil.example' }),
      给别的系统的: await provider.sign({ ...claims(), aud: 'other' }),
      过期: await provider.sign({ ...claims(), iat: now - 500, exp: now - 300 }),
      发得早: await provider.sign({ ...claims(), iat: now + 300, exp: now + 500 }),
      没有期限: await provider.sign(endless),
      没有编号: await provider.sign(unnumbered),
      不说是谁: await provider.sign(ofNobody),
      别的事件: await provider.sign({ ...claims(), events: { 'urn:other': {} } }),
      没有事件: await provider.sign({ ...claims(), events: undefined }),
      登录的令牌: await provider.sign({ ...claims(), nonce: 'n' }),
      别的类型: await provider.sign(claims(), 'at+jwt'),
    };
    const before = (await entries('refusals')).length;
    for (const [what, token] of Object.entries(forged)) {
      const reply = await notice(token);
      expect(await reply.json(), what).to.include({ status: 400, code: 'oidc.notice-refused' });
    }
    expect(await who(browser)).to.equal('jia');
    const refused = (await entries('refusals')).slice(before);
    expect(occurrences(refused)).to.equal(Object.keys(forged).length);
    expect(refused[0]).to.include({ code: 'oidc.notice-refused', operation: 'noticeLogout' });
    expect(JSON.stringify(refused)).not.to.include('sub-jia');
  });

  it('写法不对的：说明要怎样写', async () => {
    const token = await sso().provider.sign(claims());
    const json = { 'content-type': 'application/json' };
    expect(
      (await notice(token, { headers: json, body: JSON.stringify({ logout_token: token }) })).status,
    ).to.equal(415);
    for (const body of ['', 'logout_token=', `logout_token=${token}&logout_token=${token}`]) {
      const reply = await notice('', { body: new URLSearchParams(body) });
      expect(reply.status, body).to.equal(400);
    }
    const large = await notice('x'.repeat(100_000));
    expect(large.status).to.equal(413);
  });

  it('核对签名的公钥要不到：说统一身份认证没有应答，会话还在', async () => {
    const { at } = await sso().serve({ issuer: `http://127.0.0.1:${await freePort()}` });
    try {
      const token = await sso().provider.sign(claims());
      const reply = await fetch(`${at.url}/api/session/oidc/logout-notice`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      });
      expect(await reply.json()).to.include({ status: 503, code: 'oidc.unreachable' });
    } finally {
      await at.close();
    }
  });
});

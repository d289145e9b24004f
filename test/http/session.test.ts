import { expect } from 'chai';
import { totpCode } from '../../src/identity/index.js';
import { answered, post, problemIn, send, useServer, type Reply } from './serving.js';
import { newcomer } from '../support/people.js';
import { plainTrails, settled } from '../support/entries.js';

interface Session {
  readonly csrf: string;
  readonly person: { readonly login: string } | null;
  readonly roles: readonly { readonly id: string }[];
  readonly mustChangePassword: boolean;
  readonly secondFactor: boolean;
}

const cookieIn = (reply: Reply): string => String(reply.headers['set-cookie'] ?? '').split(';')[0] ?? '';

describe('登录', () => {
  const served = useServer({ shipped: false });
  const password = '一句不相干的话 purple';

  before(async () => {
    const { people } = served().system.identity;
    await people.addUnit({ name: '市热线工作机构', kind: 'hotline' }, '测试');
    await people.add(
      { login: 'jia', name: '甲', unit: '市热线工作机构', roles: ['intake'], password },
      '测试',
    );
  });

  /** Like a browser: gets the CSRF token, then logs in with it. */
  async function knock() {
    const reply = await send(served().url, '/api/session');
    const { csrf } = answered('readSession', reply) as Session;
    return { cookie: cookieIn(reply), 'x-csrf-token': csrf };
  }
  async function signIn(proof: object, headers?: { [name: string]: string }) {
    return post(served().url, '/api/session', proof, headers ?? (await knock()), 'nobody');
  }
  async function signedIn(proof: object = { login: 'jia', password }) {
    const reply = await signIn(proof);
    const { csrf } = answered('signIn', reply) as Session;
    return { cookie: cookieIn(reply), 'x-csrf-token': csrf };
  }
  const whoIs = async (headers: { [name: string]: string }): Promise<Session> =>
    answered(
      'readSession',
      await send(served().url, '/api/session', {
        headers,
        ...('cookie' in headers ? {} : { as: 'nobody' as const }),
      }),
    ) as Session;
  const entries = async (stream = 'accounts') => {
    const { database, trail } = served().system;
    await settled(served().system);
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, [stream]));
    return read.get(stream) ?? [];
  };

  it('答谁在用、有什么角色；cookie 只给本机、脚本读不到，数据库里没有它', async () => {
    const reply = await signIn({ login: 'jia', password });
    const session = answered('signIn', reply) as Session;
    expect(session).to.deep.include({ roles: [{ id: 'intake', title: '受理' }] });
    expect(String(reply.headers['set-cookie'])).to.match(
      /^__Host-hotline=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    );
    const secret = cookieIn(reply).split('=')[1] ?? '';
    const { rows } = await served().system.database.pool.query('SELECT * FROM hotline.session');
    expect(JSON.stringify(rows)).not.to.include(secret);
    expect((await entries()).at(-1)).to.have.property('type', 'sign-in.succeeded');
  });

  it('登录换新的会话号：别人塞来的旧号没有用（会话固定）', async () => {
    const planted = await knock();
    const reply = await signIn({ login: 'jia', password }, planted);
    expect(cookieIn(reply)).not.to.equal(planted.cookie);
    expect(await whoIs(planted)).to.have.property('person', null);
  });

  it('登录名不存在、口令不对、帐号停用，答的一样，都记入轨迹，不记打错的名字', async () => {
    const { people } = served().system.identity;
    await people.add({ login: 'guo', name: '已停用', unit: '市热线工作机构', password }, '测试');
    await people.close('guo', '测试');
    const replies = [
      await signIn({ login: 'nobody', password }),
      await signIn({ login: 'jia', password: '不对的口令不对的口令' }),
      await signIn({ login: 'guo', password }),
    ].map((reply) => ({ ...problemIn(reply), requestId: '' }));
    expect(replies[0]).to.include({ code: 'session.failed', status: 401 });
    expect(replies[1]).to.deep.equal(replies[0]);
    expect(replies[2]).to.deep.equal(replies[0]);
    const failures = (await entries()).filter(({ type }) => type === 'sign-in.failed');
    expect(failures.map(({ body }) => body.of)).to.deep.equal([null, 'jia', 'guo']);
  });

  it('同一帐号在同一地址失败 5 次即暂停，口令对了也不行；一刻钟后恢复', async () => {
    await served().system.identity.people.add(
      { login: 'bing', name: '丙', unit: '市热线工作机构', password },
      '测试',
    );
    for (let failure = 1; failure <= 5; failure++) {
      expect(problemIn(await signIn({ login: 'bing', password: '猜' })).code).to.equal('session.failed');
    }
    expect(problemIn(await signIn({ login: 'bing', password }))).to.include({
      code: 'session.held-up',
      status: 429,
    });
    expect((await entries()).at(-1)).to.have.property('type', 'sign-in.held-up');
    expect((await signIn({ login: 'jia', password })).status).to.equal(200);
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 15 * 60_000 + 1));
    expect((await signIn({ login: 'bing', password })).status).to.equal(200);
  });

  it('登录也要本站页面的凭证：没有它、或由别的网站发起，都拒绝', async () => {
    const own = await knock();
    for (const headers of [
      {},
      { cookie: own.cookie },
      { ...own, 'x-csrf-token': 'x' },
      { 'x-csrf-token': own['x-csrf-token'] },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, origin: 'https://evil.example' },
    ]) {
      const refused = problemIn(await signIn({ login: 'jia', password }, headers));
      expect(refused, JSON.stringify(headers)).to.include({ code: 'request.foreign', status: 403 });
    }
    expect((await entries('refusals')).at(-1)?.body).to.include({ operation: 'signIn' });
  });

  it('30 分钟不用即结束，一直用也不过 12 小时', async () => {
    const { clock } = served().system;
    const later = (minutes: number) => clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
    const idle = await signedIn();
    later(29);
    expect(await whoIs(idle)).to.have.nested.property('person.login', 'jia');
    later(30);
    expect(await whoIs(idle)).to.have.property('person', null);
    const busy = await signedIn();
    for (let passed = 0; passed < 720 - 20; passed += 20) {
      later(20);
      expect(await whoIs(busy)).to.have.nested.property('person.login', 'jia');
    }
    later(20);
    expect(await whoIs(busy)).to.have.property('person', null);
  });

  it('退出、再次验证身份各是自己的一种条目；没有登录的退出不记', async () => {
    const { url } = served();
    const here = await signedIn();
    const again = await post(url, '/api/session/reauthentication', { password }, here);
    const renewed = {
      ...here,
      cookie: cookieIn(again),
      'x-csrf-token': (answered('reauthenticate', again) as Session).csrf,
    };
    for (let once = 0; once < 2; once += 1)
      await send(url, '/api/session', { method: 'DELETE', headers: renewed });
    const told = (await entries()).slice(-3).map(({ type, body }) => [type, body['of'], body['actor']]);
    expect(told).to.deep.equal([
      ['sign-in.succeeded', 'jia', '甲（jia）'],
      ['sign-in.repeated', 'jia', '甲（jia）'],
      ['session.signed-out', 'jia', '甲（jia）'],
    ]);
  });

  it('退出、停用、收回角色、重置口令：会话立即结束', async () => {
    const { system, url } = served();
    const { people } = system.identity;
    const out = await signedIn();
    await send(url, '/api/session', { method: 'DELETE', headers: out });
    expect(await whoIs(out)).to.have.property('person', null);
    for (const [login, end] of [
      ['ding1', () => people.close('ding1', '测试')],
      ['ding2', () => people.revoke('ding2', 'intake', '测试')],
      ['ding3', () => people.resetPassword('ding3', '测试')],
      ['ding4', () => people.grant('ding4', 'reviewer', '测试')],
    ] as const) {
      const { headers } = await newcomer(system, { login, roles: ['intake'] });
      expect(await whoIs(headers)).to.have.nested.property('person.login', login);
      await end();
      expect(await whoIs(headers), login).to.have.property('person', null);
    }
  });

  it('一次性口令只能用来改口令；改后别处的会话结束', async () => {
    const { system, url } = served();
    const once = (await system.identity.people.add(
      { login: 'wu', name: '戊', unit: '市热线工作机构', roles: ['security-admin'] },
      '测试',
    )) as string;
    const elsewhere = await signedIn({ login: 'wu', password: once });
    const here = await signedIn({ login: 'wu', password: once });
    expect(problemIn(await send(url, '/api/persons', { headers: here })).code).to.equal(
      'password.must-change',
    );
    const weak = await post(url, '/api/account/password', { password: once, next: '短' }, here);
    expect(problemIn(weak)).to.include({ code: 'input.invalid', where: 'password' });
    const reply = await post(url, '/api/account/password', { password: once, next: password }, here);
    const fresh = { cookie: cookieIn(reply), 'x-csrf-token': (reply.json as Session).csrf };
    expect((await send(url, '/api/persons', { headers: fresh })).status).to.equal(200);
    expect(await whoIs(elsewhere)).to.have.property('person', null);
    expect(await whoIs(here)).to.have.property('person', null);
  });

  it('动态口令：设了就要，一个只能用一次', async () => {
    const { system, url } = served();
    const headers = await signedIn();
    const offer = (await send(url, '/api/account/second-factor', { headers })).json as { secret: string };
    const code = () => totpCode(offer.secret, system.clock.now());
    const wrong = await post(url, '/api/account/second-factor', { ...offer, code: '000000' }, headers);
    expect(problemIn(wrong).code).to.equal('input.invalid');
    const set = await post(
      url,
      '/api/account/second-factor',
      { secret: offer.secret, code: code() },
      headers,
    );
    expect(answered('confirmSecondFactor', set)).to.include({ secondFactor: true });
    const { rows } = await system.database.pool.query(
      'SELECT totp_secret FROM hotline.person WHERE login = $1',
      ['jia'],
    );
    expect(String((rows[0] as { totp_secret: Buffer }).totp_secret)).not.to.include(offer.secret);

    system.clock.moveTo(new Date(system.clock.now().getTime() + 30_000));
    expect(problemIn(await signIn({ login: 'jia', password })).code).to.equal('session.failed');
    const used = code();
    expect((await signIn({ login: 'jia', password, code: used })).status).to.equal(200);
    expect(problemIn(await signIn({ login: 'jia', password, code: used })).code).to.equal('session.failed');
  });

  it('轨迹 accounts 和 refusals 的链完整', async () => {
    const { database, trail } = served().system;
    await database.transaction(async (transaction) => {
      for (const stream of ['accounts', 'refusals']) {
        expect(await trail.verify(transaction, stream)).to.have.property('holds', true);
      }
    });
  });
});

/** Other systems at the interface: what a token permits, what it does not, and how it ends. */
import { expect } from 'chai';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import type { Operation } from '../../src/http/contract/operation.js';
import { createApp, listen } from '../../src/http/index.js';
import { type Scope } from '../../src/identity/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, post, problemIn, send, useServer, waterCut, type Reply } from './serving.js';
import { plainTrails, settled } from '../support/entries.js';

interface Issued {
  readonly id: number;
  readonly secret: string;
  readonly prefix: string;
  readonly expiresAt: string;
}

describe('其他系统的令牌', () => {
  const served = useServer();
  const table = Object.entries<Operation>(operations) as [OperationId, Operation][];
  let officer: SignedIn;
  let count = 0;

  before(async () => {
    officer = await newcomer(served().system, { login: 'anquan', roles: ['security-admin'] });
  });

  const by = (token: string) => ({ authorization: `Bearer ${token}` });
  const get = (path: string, token: string, headers = {}): Promise<Reply> =>
    send(served().url, path, { as: 'nobody', headers: { ...by(token), ...headers } });
  const act = (path: string, body: unknown = {}) => post(served().url, path, body, {}, officer);
  const system = async (unit?: string): Promise<number> => {
    const reply = await act('/api/systems', { name: `系统${++count}`, unit });
    return (answered('addSystem', reply) as { id: number }).id;
  };
  const issue = async (held: readonly Scope[], options: { days?: number; unit?: string } = {}) =>
    answered(
      'issueToken',
      await act(`/api/systems/${await system(options.unit)}/tokens`, {
        scopes: held,
        days: options.days ?? 90,
      }),
    ) as Issued;
  const later = (milliseconds: number) => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + milliseconds));
  };
  const entries = async (stream: string) => {
    const { database, trail } = served().system;
    await settled(served().system);
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, [stream]));
    return read.get(stream) ?? [];
  };
  const hour = 3_600_000;

  it('办结、批准、发布、再次验证才能做的事，没有一个对令牌开放', () => {
    for (const [id, operation] of table) {
      if (operation.scopes === undefined) continue;
      expect(operation, id).not.to.have.property('recent');
      expect(operation.access, id).not.to.equal('anyone');
      expect(operation.method === 'get' || id === 'acceptRequest', id).to.equal(true);
    }
  });

  it('令牌只显示一次，数据库和轨迹里没有它；列表只显示开头', async () => {
    const { secret, prefix } = await issue(['units:read']);
    expect(secret).to.match(/^hotline_[a-z0-9]{8}_[\w-]{43}$/);
    const body = secret.slice(prefix.length);
    const { rows } = await served().system.database.pool.query('SELECT * FROM hotline.api_token');
    expect(JSON.stringify(rows)).to.include(prefix).and.not.to.include(body);
    const list = await send(served().url, '/api/systems', { as: officer });
    answered('listSystems', list);
    expect(list.text).to.include(prefix).and.not.to.include(body);
    expect(JSON.stringify(await entries('accounts')))
      .to.include(prefix)
      .and.not.to.include(body);
  });

  it('错的、没有的、过期的、吊销的、系统停用的：401，说明是哪一种，记入轨迹', async () => {
    const wrong = async (token: string, reason: RegExp) => {
      const before = (await entries('refusals')).length;
      const reply = await get('/api/units', token);
      expect(problemIn(reply)).to.include({ status: 401, code: 'token.invalid' });
      expect(problemIn(reply).detail).to.match(reason);
      expect(reply.headers['www-authenticate']).to.include('invalid_token');
      expect((await entries('refusals')).length).to.equal(before + 1);
    };
    const { secret } = await issue(['units:read'], { days: 1 });
    expect((await get('/api/units', secret)).status).to.equal(200);
    await wrong('abc', /不是本系统发的/);
    await wrong(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`, /没有这个令牌/);
    const revoked = await issue(['units:read']);
    answered('revokeToken', await act(`/api/tokens/${revoked.id}/revocation`));
    await wrong(revoked.secret, /已经吊销/);
    expect(problemIn(await act(`/api/tokens/${revoked.id}/revocation`)).code).to.equal('token.not-found');
    const of = await system();
    const closed = answered(
      'issueToken',
      await act(`/api/systems/${of}/tokens`, { scopes: ['units:read'], days: 9 }),
    ) as Issued;
    answered('closeSystem', await act(`/api/systems/${of}/closure`));
    await wrong(closed.secret, /已经停用/);
    later(24 * hour);
    await renew();
    await wrong(secret, /已经过期/);
  });

  /** The clock has passed the end of the session. */
  async function renew(): Promise<void> {
    officer = await newcomer(served().system, { login: `anquan${++count}`, roles: ['security-admin'] });
  }

  it('写在地址里的拒绝，和 cookie 一起的也拒绝，都记入轨迹', async () => {
    const { secret } = await issue(['units:read']);
    for (const path of [
      `/api/units?access_token=${secret}`,
      `/api/units?x=${secret}`,
      `/api/units/${secret}`,
    ]) {
      const reply = await send(served().url, path, { as: 'nobody' });
      expect(problemIn(reply).status, path).to.be.oneOf([400, 404]);
    }
    const inAddress = await send(served().url, `/api/units?access_token=${secret}`, { as: 'nobody' });
    expect(problemIn(inAddress)).to.include({ status: 400, code: 'token.misplaced' });
    expect((await entries('refusals')).at(-1)?.body).to.include({ code: 'token.misplaced' });
    const mixed = await get('/api/units', secret, { cookie: officer.headers.cookie });
    expect(problemIn(mixed)).to.include({ status: 400, code: 'token.misplaced' });
  });

  it('有效期至多一年；换新：两个都能用，到时原来的不能用，范围不变', async () => {
    const of = await system();
    const long = await act(`/api/systems/${of}/tokens`, { scopes: ['units:read'], days: 366 });
    expect(problemIn(long)).to.include({ code: 'input.invalid', where: 'days' });
    const old = await issue(['units:read']);
    const reply = await act(`/api/tokens/${old.id}/rotation`, { days: 90, overlapHours: 2 });
    const fresh = answered('rotateToken', reply) as Issued;
    for (const { secret } of [old, fresh]) expect((await get('/api/units', secret)).status).to.equal(200);
    later(2 * hour);
    expect(problemIn(await get('/api/units', old.secret)).code).to.equal('token.invalid');
    expect((await get('/api/units', fresh.secret)).status).to.equal(200);
    await renew();
  });

  it('第十条：属于单位的系统只看到本单位的工单，不属于单位又没有“不限单位”的什么也看不到', async () => {
    const { no } = (await dispatched(served().url)).sheet;
    const numbers = async (token: string) =>
      ((await get('/api/work-orders', token)).json as { items: { no: string }[] }).items.map((one) => one.no);
    const people = served().system.identity.people;
    if (!(await people.units()).some(({ name }) => name === '某水务局')) {
      await people.addUnit({ name: '某水务局', kind: 'department' }, '测试');
    }
    await people.addUnit({ name: '某园林局', kind: 'department' }, '测试');
    const own = await issue(['work-orders:read'], { unit: '某水务局' });
    const foreign = await issue(['work-orders:read'], { unit: '某园林局' });
    const none = await issue(['work-orders:read']);
    const all = await issue(['work-orders:all']);
    expect(await numbers(own.secret)).to.include(no);
    expect(await numbers(all.secret)).to.include(no);
    for (const { secret } of [foreign, none]) {
      expect(await numbers(secret)).to.deep.equal([]);
      expect(problemIn(await get(`/api/work-orders/${no}`, secret)).code).to.equal('case.not-found');
    }
    expect((await entries('refusals')).at(-1)?.body).to.include({ operation: 'readWorkOrder', of: no });
  });

  it('受理诉求：不要 CSRF，轨迹记下是哪个系统；幂等键各系统互不相干', async () => {
    const key = { 'idempotency-key': 'abc-1' };
    const first = await issue(['work-orders:accept']);
    const second = await issue(['work-orders:accept']);
    const accept = (token: string) =>
      post(served().url, '/api/work-orders', waterCut, { ...by(token), ...key }, 'nobody');
    const made = await accept(first.secret);
    expect(made.status).to.equal(201);
    const order = answered('acceptRequest', made) as { sheet: { no: string } };
    expect((await accept(first.secret)).status).to.equal(200);
    expect((await accept(second.secret)).status).to.equal(201);
    const [started] = await entries(order.sheet.no);
    expect(started?.body['actor']).to.match(/^系统：系统\d+（hotline_/);
    expect(started?.body['actor']).to.include(first.prefix);
    expect(JSON.stringify(await entries(order.sheet.no))).not.to.include(first.secret);
  });

  it('限次按令牌、跨程序：一个程序里用完的，在另一个程序里也没有了；别的令牌不受影响', async () => {
    const { system: parts } = served();
    const rules = {
      ...parts.identity.rules,
      limits: { ...parts.identity.rules.limits, tokens: { ...parts.identity.rules.limits.tokens, most: 4 } },
    };
    const { createTokens } = await import('../../src/identity/tokens.js');
    const { createVault, newKeyRing } = await import('../../src/identity/index.js');
    const vault = createVault(newKeyRing());
    const programs = [0, 1].map(() =>
      createTokens({ clock: parts.clock, database: parts.database, journal: parts.trail, rules, vault }),
    );
    const of = await system();
    const [one, other] = await Promise.all([
      programs[0]?.issue(of, { scopes: ['units:read'], days: 1 }, '测试'),
      programs[0]?.issue(of, { scopes: ['units:read'], days: 1 }, '测试'),
    ]);
    const outcomes: string[] = [];
    for (let request = 0; request < 6; request++) {
      const outcome = await programs[request % 2]?.present(one?.secret ?? '').then(
        () => 'in',
        (error: { code: string }) => error.code,
      );
      outcomes.push(outcome ?? '');
    }
    expect(outcomes).to.deep.equal(['in', 'in', 'in', 'in', 'request.too-many', 'request.too-many']);
    expect(await programs[1]?.present(other?.secret ?? '')).to.have.property('system', of);
  });

  it('超过限次：429,Retry-After 说明何时再来', async () => {
    const { system: parts } = served();
    const { rules } = parts.identity;
    const tokens = { ...parts.identity.tokens };
    const { TooManyRequests } = await import('../../src/identity/index.js');
    tokens.present = () => Promise.reject(new TooManyRequests(1500, rules.limits.tokens));
    const app = createApp({ ...parts, identity: { ...parts.identity, tokens } });
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    try {
      const reply = await send(server.url, '/api/units', { as: 'nobody', headers: by('x') });
      expect(problemIn(reply)).to.include({ status: 429, code: 'request.too-many' });
      expect(reply.headers['retry-after']).to.equal('2');
    } finally {
      await server.close();
    }
  });

  it('OpenAPI 写明每个接口要什么：会话，或者哪个范围的令牌', async () => {
    const document = (await send(served().url, '/openapi.json')).json as {
      components: { securitySchemes: { [name: string]: object } };
      paths: { [path: string]: { [method: string]: { security: { [scheme: string]: string[] }[] } } };
    };
    expect(Object.keys(document.components.securitySchemes)).to.deep.equal(['session', 'token']);
    for (const [id, { path, method, access, scopes: asked = [] }] of table) {
      const told = document.paths[path]?.[method]?.security;
      expect(told, id).to.deep.equal(
        access === 'anyone' ? [] : [{ session: [] }, ...asked.map((scope) => ({ token: [scope] }))],
      );
    }
  });

  it('轨迹 accounts 记下登记、发放、换新、吊销、停用，链完整', async () => {
    const { database, trail } = served().system;
    const types = new Set((await entries('accounts')).map(({ type }) => type));
    for (const type of ['system.added', 'token.issued', 'token.replaced', 'token.revoked', 'system.closed']) {
      expect(types).to.include(type);
    }
    await database.transaction(async (transaction) => {
      expect(await trail.verify(transaction, 'accounts')).to.have.property('holds', true);
    });
  });
});

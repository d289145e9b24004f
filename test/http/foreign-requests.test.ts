/** Requests that another site's page makes a browser send (CSRF), for every operation that changes anything. */
import { expect } from 'chai';
import { csrfTokenOf, newSecret } from '../../src/identity/index.js';
import { documented, pathOf, type Documented } from '../support/document.js';
import { newcomer } from '../support/people.js';
import { problemIn, send, useServer } from './serving.js';
import { occurrences, plainTrails, settled } from '../support/entries.js';

const json = { 'content-type': 'application/json' };
const changing = documented.filter(({ operation }) => operation.method !== 'get');

/** Permitted content of a refusal's entry; nothing of the request besides the id in its URL. */
const noted = [
  'v',
  'stream',
  'seq',
  'at',
  'prev',
  'type',
  'actor',
  'address',
  'code',
  'of',
  'operation',
  'minute',
  'count',
];

describe('别的网站替人发请求（CSRF）', () => {
  const served = useServer();

  /** What the trail says of the refusals of that operation. */
  const refusalsOf = async (id: string) => {
    const { database, trail } = served().system;
    await settled(served().system);
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, ['refusals']));
    return (read.get('refusals') ?? []).flatMap(({ body }) => (body.operation === id ? [body] : []));
  };
  const call = ({ operation }: Documented, headers: { [name: string]: string }) =>
    send(served().url, pathOf(operation.path, { login: 'nobody', role: 'intake' }), {
      method: operation.method.toUpperCase(),
      headers: { ...json, ...headers },
      ...(operation.body ? { body: '{}' } : {}),
    });

  it('合同里有这样的操作，登录、退出也在内', () => {
    expect(changing.map(({ id }) => id)).to.include.members(['signIn', 'signOut', 'acceptRequest']);
  });

  for (const one of changing) {
    it(`${one.id}：没有凭证、凭证不对、是别人的、由别的网站发起，一律 403 并记入轨迹`, async () => {
      const { people, system, url } = served();
      const { access } = one.operation;
      const { headers: own } = await people.allowed(access === 'anyone' ? 'signed-in' : access);
      const login = `other-${one.id.toLowerCase()}`;
      const other = await newcomer(system, { login, roles: [] });
      const { host } = new URL(url);
      const word = own['x-csrf-token'];
      const attempts: { readonly [name: string]: string }[] = [
        { cookie: own.cookie },
        { cookie: own.cookie, 'x-csrf-token': '' },
        { cookie: own.cookie, 'x-csrf-token': `${word.slice(0, -1)}_` },
        { cookie: own.cookie, 'x-csrf-token': other.headers['x-csrf-token'] },
        { cookie: own.cookie, 'x-csrf-token': csrfTokenOf(newSecret()) },
        { ...own, 'sec-fetch-site': 'cross-site' },
        { ...own, 'sec-fetch-site': 'same-site' },
        { ...own, origin: 'https://evil.example' },
        { ...own, origin: 'null' },
        { ...own, origin: `http://${host}.evil.example` },
      ];
      for (const headers of attempts) {
        const refused = problemIn(await call(one, headers));
        expect(refused, JSON.stringify(headers)).to.include({ status: 403, code: 'request.foreign' });
      }
      const recorded = await refusalsOf(one.id);
      expect(occurrences(recorded)).to.equal(attempts.length);
      expect(new Set(recorded.map(({ code }) => code))).to.deep.equal(new Set(['request.foreign']));
      for (const body of recorded) expect(noted).to.include.members(Object.keys(body));
    });
  }

  it('本站页面发起的，不以此拒绝', async () => {
    const { people, url } = served();
    for (const one of changing.filter(({ id }) => !['signIn', 'signOut'].includes(id))) {
      const { access } = one.operation;
      const { headers } = await people.allowed(access === 'anyone' ? 'signed-in' : access);
      const reply = await call(one, { ...headers, 'sec-fetch-site': 'same-origin', origin: url });
      expect(reply.text, one.id).not.to.include('request.foreign');
    }
  });

  it('塞来的 cookie 不成为会话：程序没有发过的号，登录以后也不是它', async () => {
    const { url, system } = served();
    const { people } = system.identity;
    const password = '一句不相干的话 purple';
    const unit = (await people.units())[0]?.name ?? '';
    await people.add({ login: 'fixed', name: '己', unit, roles: ['intake'], password }, '测试');
    const planted = newSecret();
    const headers = { ...json, cookie: `__Host-hotline=${planted}`, 'x-csrf-token': csrfTokenOf(planted) };
    const body = JSON.stringify({ login: 'fixed', password });
    const reply = await send(url, '/api/session', { method: 'POST', headers, body });
    expect(reply.status).to.equal(200);
    expect(String(reply.headers['set-cookie']))
      .to.match(/^__Host-hotline=/)
      .and.not.include(planted);
    const after = await send(url, '/api/session', { headers });
    expect(after.json).to.have.property('person', null);
    expect(problemIn(await send(url, '/api/units', { headers })).code).to.equal('session.required');
  });
});

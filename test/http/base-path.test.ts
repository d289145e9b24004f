/** A city below a path of a shared host: every URL that the program returns is below it. */
import { expect } from 'chai';
import { after, before } from 'mocha';
import { basePath } from '../../src/kernel/index.js';
import { newcomer } from '../support/people.js';
import { refusalOf } from '../support/refusal.js';
import { post, problemIn, send, useServer, waterCut } from './serving.js';

describe('在一个路径之下（HOTLINE_BASE_PATH）', () => {
  before(() => void (process.env['HOTLINE_BASE_PATH'] = '/weifang'));
  after(() => Reflect.deleteProperty(process.env, 'HOTLINE_BASE_PATH'));
  const served = useServer();

  it('只答这个路径之下的；探活不必带路径', async () => {
    const { url } = served();
    const away = await send(url, '/api/session', { as: 'nobody' });
    expect([away.status, problemIn(away).code]).to.deep.equal([404, 'route.not-found']);
    for (const path of ['/weifangs/api/session', '/', '/query'])
      expect((await send(url, path, { as: 'nobody' })).status, path).to.equal(404);
    for (const path of [
      '/weifang/api/session',
      '/weifang/',
      '/weifang/query',
      '/weifang/healthz',
      '/healthz',
    ])
      expect((await send(url, path, { as: 'nobody' })).status, path).to.equal(200);
    const bare = await send(url, '/weifang', { as: 'nobody' });
    expect([bare.status, bare.headers['location']]).to.deep.equal([301, '/weifang/']);
  });

  it('cookie 只送回这个路径，名称也是它的', async () => {
    const reply = await send(served().url, '/weifang/api/session', { as: 'nobody' });
    expect(String(reply.headers['set-cookie'])).to.match(
      /^__Secure-hotline-weifang=[\w-]{43}; Path=\/weifang; Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  it('答复里的地址都带着它：工单、错误代码、页面、接口说明、Open311', async () => {
    const { url, system } = served();
    const intake = await newcomer(system, { login: 'shouli', name: '受理', roles: ['intake'] });
    const accepted = await post(url, '/weifang/api/work-orders', waterCut, {}, intake);
    expect(accepted.headers['location']).to.match(/^\/weifang\/api\/work-orders\/\d{8}-\d{6}$/);
    const missing = await send(url, '/weifang/nothing.txt', { as: 'nobody' });
    expect(problemIn(missing)).to.include({
      type: '/weifang/problems/route.not-found',
      instance: '/weifang/nothing.txt',
    });
    const { text } = await send(url, '/weifang/query', { as: 'nobody', headers: { accept: 'text/html' } });
    const addresses = [...text.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).to.have.length.above(3);
    expect(addresses.filter((address) => !address?.startsWith('/weifang/'))).to.deep.equal([]);
    expect(text).to.include('<meta name="base-path" content="/weifang"');
    for (const address of addresses)
      expect((await send(url, String(address), { as: 'nobody' })).status, address).to.equal(200);
    const document = (await send(url, '/weifang/openapi.json', { as: 'nobody' })).json;
    expect(document).to.have.deep.property('servers', [{ url: '/weifang' }]);
    const opened = await send(url, '/weifang/problems/route.not-found', { as: 'nobody' });
    expect(opened.text).to.include('href="/weifang/problem.css"');
  });

  it('写错的路径、对不上的 HOTLINE_PUBLIC_URL，启动时说清楚', () => {
    const wrong = ['weifang', '/Weifang', '/潍坊', '/a//b', '/../x'];
    for (const HOTLINE_BASE_PATH of wrong)
      expect(refusalOf(() => basePath({ HOTLINE_BASE_PATH }))?.code, HOTLINE_BASE_PATH).to.equal(
        'usage.invalid',
      );
    const HOTLINE_BASE_PATH = '/weifang/';
    expect(basePath({ HOTLINE_BASE_PATH, HOTLINE_PUBLIC_URL: 'https://a.example/weifang' })).to.equal(
      '/weifang',
    );
    expect(
      refusalOf(() => basePath({ HOTLINE_BASE_PATH, HOTLINE_PUBLIC_URL: 'https://a.example' }))?.code,
    ).to.equal('usage.invalid');
  });
});

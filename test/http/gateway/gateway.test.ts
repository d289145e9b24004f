/**
 * The gateway in front of several cities: what it adds to a request, what it passes on unchanged,
 * and unavailable cities.
 */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createGateway, listen, type Listening } from '../../../src/http/index.js';
import { silentLog } from '../../../src/kernel/index.js';
import { send } from '../serving.js';

interface Told {
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

describe('几个城市的入口', () => {
  let program: Server;
  let gateway: Listening;
  let behindTls: Listening;
  /** What the city's program does with the next request. */
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  const logged: unknown[] = [];

  before(async () => {
    program = createServer((asked, response) => answer(asked, response)).listen(0, '127.0.0.1');
    await once(program, 'listening');
    const target = `http://127.0.0.1:${(program.address() as AddressInfo).port}`;
    const cities = [
      { key: 'weifang', name: '潍坊市', host: undefined, path: '/weifang', target: () => target },
      { key: 'beijing', name: '北京市', host: undefined, path: '/beijing', target: () => undefined },
      { key: 'jinan', name: '济南市', host: undefined, path: '/jinan', target: () => 'http://127.0.0.1:1' },
    ];
    const log = { ...silentLog, info: (_text: string, facts?: object) => logged.push(facts) };
    const made = (trustProxy: string | undefined) =>
      createGateway({ cities, log, province: undefined, trustProxy });
    const anywhere = { host: '127.0.0.1', port: 0 };
    gateway = await listen(await made(undefined), anywhere);
    behindTls = await listen(await made('loopback'), anywhere);
  });
  after(async () => {
    await Promise.all([gateway.close(), behindTls.close()]);
    program.closeAllConnections();
    program.close();
  });

  async function told(by: Listening, headers: { readonly [name: string]: string }): Promise<Told> {
    let seen: Told | undefined;
    answer = ({ url, headers: all }, response) => {
      seen = { url, headers: all };
      response.end();
    };
    await send(by.url, '/weifang/api/session?a=1', { as: 'nobody', headers });
    return seen ?? expect.fail('nothing arrived');
  }

  it('谁在问、是不是 HTTPS，由入口自己说；前面的代理说的，信任它才转告', async () => {
    const claimed = {
      'x-forwarded-for': '203.0.113.9, 198.51.100.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'elsewhere.example',
      forwarded: 'for=203.0.113.9',
    };
    const plain = await told(gateway, claimed);
    expect(plain.url).to.equal('/weifang/api/session?a=1');
    expect(plain.headers).to.include({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(plain.headers).not.to.have.any.keys('forwarded', 'x-forwarded-host');
    const secure = await told(behindTls, claimed);
    expect(secure.headers).to.include({ 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' });
    expect(secure.headers).not.to.have.any.keys('forwarded', 'x-forwarded-host');
  });

  it('附件边收边转：没有收完，城市的程序已经在读', async () => {
    const arrived = new Promise<string>((resolve) => {
      answer = (asked, response) => {
        asked.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        asked.on('end', () => response.end());
      };
    });
    const upload = request(`${gateway.url}/weifang/api/attachments`, { method: 'POST' });
    upload.write('第一块');
    expect(await arrived).to.equal('第一块');
    upload.end('第二块');
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).to.equal(200);
  });

  it('事件流一条一条到；浏览器走了，城市的程序知道', async () => {
    let left: Promise<unknown> = Promise.resolve();
    answer = (_asked, response) => {
      left = once(response, 'close');
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    };
    const asked = request(`${gateway.url}/weifang/api/events`).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const [first] = (await once(response, 'data')) as [Buffer];
    expect(first.toString()).to.equal('data: 1\n\n');
    asked.on('error', () => undefined).destroy();
    await left;
  });

  it('不在的、连不上的城市答 503，只是它；入口自己的答复记在日志里', async () => {
    logged.length = 0;
    for (const path of ['/beijing/', '/jinan/api/session']) {
      const { status, json, headers } = await send(gateway.url, path, { as: 'nobody' });
      expect(status).to.equal(503);
      expect(json).to.have.property('code', 'city.unavailable');
      expect(headers['retry-after']).to.equal('5');
    }
    answer = (_asked, response) => response.end('在');
    expect((await send(gateway.url, '/weifang/', { as: 'nobody' })).text).to.equal('在');
    expect(logged).to.have.length(2);
    expect(logged[0]).to.deep.include({ operation: 'gateway', status: 503, method: 'GET' });
  });
});

import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type Response } from 'express';
import { afterEach, beforeEach } from 'mocha';
import { createEventStreams } from '../../src/http/middleware/event-streams.js';

describe('answers that stay open', () => {
  let begun: (response: Response) => void;
  let goOn: () => void;
  let subscribed = 0;
  let url = '';
  let close: () => Promise<unknown>;
  const app = () => {
    const made = express();
    const streams = createEventStreams(made);
    made.get('/', async (request, response) => {
      begun(response);
      await new Promise<void>((resolve) => (goOn = resolve));
      const subscribe = () => {
        subscribed += 1;
        return () => (subscribed -= 1);
      };
      streams.open(request, response, subscribe, request.get('X-Owner') ?? '甲');
    });
    return made;
  };
  let made: ReturnType<typeof app>;

  beforeEach(async () => {
    subscribed = 0;
    made = app();
    const server = made.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    close = async () => {
      const closed = once(server.close(), 'close');
      server.closeAllConnections();
      await closed;
    };
  });
  afterEach(() => close());

  const asked = async (owner = '甲') => {
    const beginning = new Promise<Response>((resolve) => (begun = resolve));
    const request = get(url, { headers: { 'x-owner': encodeURIComponent(owner) } });
    request.on('error', () => undefined);
    return { request, response: await beginning };
  };

  it('one that left while it was asked who it is, is not waited for', async () => {
    const { request, response } = await asked();
    const gone = once(response, 'close');
    request.destroy();
    await gone;
    goOn();
    await new Promise(setImmediate);
    expect(subscribed).to.equal(0);
  });

  it('one that stays hears until it leaves', async () => {
    const { request, response } = await asked();
    const answered = once(request, 'response');
    goOn();
    await answered;
    expect(subscribed).to.equal(1);
    const gone = once(response, 'close');
    request.destroy();
    await gone;
    expect(subscribed).to.equal(0);
  });

  it('of one session the oldest ends where there are more than twenty; others stay', async () => {
    const opened = async (owner: string) => {
      const { request, response } = await asked(owner);
      const answered = once(request, 'response');
      goOn();
      await answered;
      return response;
    };
    const other = await opened('乙');
    const own = [];
    for (let n = 0; n < 20; n += 1) own.push(await opened('甲'));
    expect([other, ...own].some(({ writableEnded }) => writableEnded)).to.equal(false);
    const [oldest] = own;
    if (!oldest) throw new Error('twenty are open');
    const gone = once(oldest, 'close');
    own.push(await opened('甲'));
    await gone;
    expect([other, ...own].filter(({ writableEnded }) => writableEnded)).to.deep.equal([oldest]);
    expect(subscribed).to.equal(21);
  });

  it('once the program stops, none is opened any more', async () => {
    const { request } = await asked();
    const answered = once(request, 'response');
    (made as NodeJS.EventEmitter).emit('stopping');
    goOn();
    await answered;
    expect(subscribed).to.equal(0);
  });
});

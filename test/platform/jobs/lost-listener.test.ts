/** The server goes while the queue shuts down and its LISTEN is not yet answered: the program goes on. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type pg from 'pg';
import type { Database } from '../../../src/platform/database/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { workUntil } from '../../../src/platform/jobs/store/workers.js';
import { useDatabase } from '../../support/database.js';

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void;

describe('任务队列：服务器停下', () => {
  const database = useDatabase();

  it('登记不上、监听还没有答复时断开：报错一次，程序不退出', async () => {
    const { pool } = database();
    let listening = (): void => undefined;
    const listened = new Promise<void>((resolve) => (listening = resolve));
    let dropped = 0;

    /** Sends LISTEN, and breaks the connection with it when UNLISTEN follows. */
    const listenAndBreak = (connected: Connected): void => {
      pool.connect((error, client, release) => {
        if (!client) return connected(error, client, release);
        const stream = (client as unknown as { readonly connection: pg.Connection }).connection.stream;
        const query = client.query.bind(client) as (text: string) => Promise<unknown>;
        const watched = (text: string): Promise<unknown> => {
          const answer = query(text);
          if (text.startsWith('LISTEN')) listening();
          if (text.startsWith('UNLISTEN') && dropped++ === 0) stream.destroy();
          return answer;
        };
        connected(error, Object.assign(client, { query: watched }), release);
      });
    };
    // Whoever asks for a promise wants to register: no connection is to be had as soon as LISTEN is sent.
    const connect = (connected?: Connected): unknown =>
      connected ? listenAndBreak(connected) : listened.then(() => Promise.reject(new Error('正在停止')));
    const broken = Object.create(database(), {
      pool: { value: Object.create(pool, { connect: { value: connect } }) as pg.Pool },
    }) as Database;

    const unhandled: unknown[] = [];
    const collect = (error: unknown): void => void unhandled.push(error);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', collect);
    try {
      const failure: unknown = await workUntil(
        {
          database: broken,
          clock: systemClock,
          jobs: [],
          onError: () => undefined,
          concurrency: 1,
          lease: 1000,
        },
        new AbortController().signal,
      ).catch((error: unknown) => error);
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      expect(failure).to.have.property('message', '正在停止');
      expect(dropped).to.be.at.least(1);
      expect(unhandled).to.deep.equal([]);
    } finally {
      process.off('unhandledRejection', collect);
      for (const listener of others) process.on('unhandledRejection', listener);
    }
  });
});

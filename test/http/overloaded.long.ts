/** More requests than database connections: clients are told to retry, not that the database is unavailable. */
import { expect } from 'chai';
import { problemIn, send, useServer } from './serving.js';

describe('http overload', () => {
  const served = useServer({ database: { poolSize: 2, connectionTimeout: 200 } });

  it('等不到空闲的数据库连接：503 overloaded 和 Retry-After，不说数据库连接不上；空出来就照常', async () => {
    const { url, system } = served();
    const as = await served().people.allowed(['intake']);
    const { pool } = system.database;
    const busy = await Promise.all([pool.connect(), pool.connect()]);
    try {
      for (const address of ['/api/tasks', '/readyz']) {
        const reply = await send(url, address, { as });
        expect(problemIn(reply), address).to.include({ status: 503, code: 'overloaded' });
        expect(Number(reply.headers['retry-after']), address).to.be.within(1, 60);
      }
      expect((await send(url, '/healthz')).status).to.equal(200);
    } finally {
      for (const client of busy) client.release();
    }
    expect((await send(url, '/api/tasks', { as })).status).to.equal(200);
  });
});

/**
 * A transaction left open, in any database of the server, stops the placing: the program shows it,
 * and says whose it is.
 */
import { expect } from 'chai';
import pg from 'pg';
import type { z } from 'zod';
import { sequence, signCheckpoint, watchTrail } from '../../src/accountability/index.js';
import type { status } from '../../src/http/contract/status.js';
import { createMetricsApp, listen, type Listening } from '../../src/http/index.js';
import { openDatabase, type Database } from '../../src/platform/database/index.js';
import { emptyDatabase } from '../support/database.js';
import { accept, answered, send, useServer } from './serving.js';

describe('别处一个没有结束的事务', () => {
  const served = useServer({ at: '2026-03-09T10:00:00+08:00' });
  let collector: Listening;
  // The test's own database waits for transactions of other databases.
  let plain: Database;
  let elsewhere: pg.Client;
  before(async () => {
    collector = await listen(createMetricsApp(served().system), { host: '127.0.0.1', port: 0 });
    plain = await openDatabase({ url: served().system.database.url, applicationName: 'plain' });
    elsewhere = new pg.Client({
      connectionString: await emptyDatabase(),
      application_name: 'somebody-at-lunch',
    });
    await elsewhere.connect();
  });
  after(async () => {
    await elsewhere.end();
    await plain.close();
    await collector.close();
  });
  const placing = async () =>
    (answered('readStatus', await send(served().url, '/api/status')) as z.input<typeof status>).placing;
  const metric = async (name: string): Promise<number> => {
    const { text } = await send(collector.url, '/metrics');
    return Number(new RegExp(`^hotline_trail_${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  /** @param startedAt when the watching program started */
  const warnings = async (startedAt = '2026-03-09T10:00:00+08:00'): Promise<string[]> => {
    const said: string[] = [];
    await watchTrail(served().system, new Date(startedAt), (text) => said.push(text));
    return said;
  };
  const placed = async (): Promise<void> => {
    while ((await placing()).unplacedSince !== null) await sequence(plain);
  };
  const sign = async () =>
    signCheckpoint({ ...served().system, database: plain, signer: await served().system.signer() });

  it('一分钟以后：指标、运行状况、日志的警告都有，写明是哪个数据库的哪个会话；刚启动的程序先不警告；结束以后消失', async () => {
    const { url, system } = served();
    await placed();
    await sign();
    expect(await metric('unplaced_oldest_seconds')).to.equal(0);
    expect(await metric('unsigned')).to.equal(0);
    await elsewhere.query('BEGIN');
    await elsewhere.query('SELECT pg_current_xact_id()');
    await accept(url);
    expect(await sequence(plain)).to.equal(0);

    system.clock.moveTo(new Date('2026-03-09T10:00:59+08:00'));
    expect(await placing()).to.include({ unplacedSince: '2026-03-09T10:00:00+08:00', late: null });
    expect(await warnings()).to.deep.equal([]);

    system.clock.moveTo(new Date('2026-03-09T10:01:30+08:00'));
    expect(await metric('unplaced_oldest_seconds')).to.equal(90);
    await sign();
    expect(await metric('checkpoint_age_seconds')).to.equal(90);
    expect((await placing()).signedAt).to.equal('2026-03-09T10:00:00+08:00');
    const { rows } = await elsewhere.query<{ pid: number; database: string }>(
      'SELECT pg_backend_pid() AS pid, current_database() AS database',
    );
    const { pid, database } = rows[0] ?? expect.fail();
    const { late } = await placing();
    expect(late).to.include('90 秒没有排号').and.include(`数据库 ${database} 的会话 ${pid}`);
    expect(late).to.include('程序 somebody-at-lunch');
    expect(await warnings()).to.deep.equal([late]);
    // Written before the program started, and nobody placed entries then.
    expect(await warnings('2026-03-09T10:01:00+08:00')).to.deep.equal([]);
    expect(await warnings('2026-03-09T10:00:29+08:00')).to.deep.equal([late]);

    await elsewhere.query('ROLLBACK');
    await placed();
    expect(await placing()).to.include({ unplacedSince: null, late: null });
    expect(await warnings()).to.deep.equal([]);
    expect(await metric('unplaced_oldest_seconds')).to.equal(0);
    expect(await metric('unsigned')).to.be.greaterThan(0);
    await sign();
    expect(await metric('unsigned')).to.equal(0);
    expect(await metric('checkpoint_age_seconds')).to.equal(0);
  });
});

/** Outsiders cannot fill the trail, and cannot lock out the office whose address they share. */
import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { occurrences, plainTrails, settled } from '../support/entries.js';
import { answered, problemIn, send, useServer, type Reply } from './serving.js';

describe('来自外面的', () => {
  const served = useServer();
  const entries = async (stream: string) => {
    const { database, trail } = served().system;
    const read = await database.transaction((one) => plainTrails(trail, one, [stream]));
    return (read.get(stream) ?? []).map(({ type, body }): JsonObject => ({ type, ...body }));
  };
  const later = (milliseconds: number) => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + milliseconds));
  };
  const enter = async (login: string, password: string): Promise<Reply> => {
    const knocked = await send(served().url, '/api/session', { as: 'nobody' });
    const cookie = String(knocked.headers['set-cookie']).split(';')[0] ?? '';
    const { csrf } = answered('readSession', knocked) as { csrf: string };
    const headers = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' };
    return send(served().url, '/api/session', {
      method: 'POST',
      headers,
      body: JSON.stringify({ login, password }),
    });
  };

  it('一千个没有登录的请求，在轨迹里是一条，写着几次；下一分钟另是一条', async () => {
    await settled(served().system);
    const before = (await entries('refusals')).length;
    const thousand = Array.from({ length: 1000 }, (_, n) => `/api/work-orders/20260302-${n}`);
    for (let n = 0; n < thousand.length; n += 50)
      await Promise.all(
        thousand.slice(n, n + 50).map(async (path) => {
          expect((await send(served().url, path, { as: 'nobody' })).status).to.equal(401);
        }),
      );
    await served().system.identity.counted.settle();
    expect(await entries('refusals'), '这一分钟还没有过完').to.have.length(before);
    later(60_000);
    await send(served().url, '/api/status', { as: 'nobody' });
    await served().system.identity.counted.settle();
    await settled(served().system);
    const written = (await entries('refusals')).slice(before);
    expect(written.map(({ count, code }) => [count, code])).to.deep.equal([
      [1000, 'session.required'],
      [1, 'session.required'],
    ]);
    expect(written[0]?.['more']).to.have.length(19);
  });

  it('有帐号的也一样：一人一分钟一种拒绝一条，写得出对什么', async () => {
    const nosy = await served().people.allowed(['handler']);
    const before = (await entries('refusals')).length;
    for (let n = 0; n < 40; n += 1)
      expect((await send(served().url, '/api/persons', { as: nosy })).status).to.equal(403);
    for (const path of ['/api/account-journal', '/api/persons'])
      expect((await send(served().url, path, { as: nosy })).status).to.equal(403);
    await settled(served().system);
    const written = (await entries('refusals')).slice(before);
    expect(written).to.have.length(1);
    expect(written[0]).to.deep.include({
      actor: nosy.actor,
      code: 'access.denied',
      count: 42,
      operation: 'listPersons',
    });
    expect(written[0]?.['more']).to.deep.equal([
      { address: '127.0.0.1', of: '', operation: 'readAccountJournal' },
    ]);
  });

  it('五十人同在一个地址，有人从那里猜口令：猜的人停下，五十人照样登录', async () => {
    const { people } = served().system.identity;
    const password = 'lantern harbor sieve';
    const office = Array.from({ length: 50 }, (_, n) => `staff${n}`);
    await people.addUnit({ name: '市民中心', kind: 'department' }, '测试');
    for (const login of office) await people.add({ login, name: login, unit: '市民中心', password }, '测试');
    await settled(served().system);
    const before = (await entries('accounts')).length;
    const codes: string[] = [];
    for (const login of office) {
      // One account again and again, and names at random.
      for (const guessed of ['staff7', `guess${codes.length}`, `guess${codes.length}x`])
        codes.push(problemIn(await enter(guessed, 'not the password')).code);
      if (login !== 'staff7') expect((await enter(login, password)).status, login).to.equal(200);
    }
    expect(codes.filter((code) => code === 'session.held-up').length).to.equal(45);
    await settled(served().system);
    const failed = (await entries('accounts'))
      .slice(before)
      .filter(({ type }) => type !== 'sign-in.succeeded');
    expect(failed.map(({ type }) => type).sort()).to.deep.equal([
      'sign-in.failed',
      'sign-in.failed',
      'sign-in.held-up',
    ]);
    expect(occurrences(failed)).to.equal(150);
  });

  it('一个帐号在一个地址上失败得越多，等得越久；等着的时候再试不延长', async () => {
    const login = 'staff9';
    const wrong = async () => problemIn(await enter(login, 'not the password'));
    const waits: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      let refused = await wrong();
      while (refused.code === 'session.failed') refused = await wrong();
      const minutes = Number(/请过 (\d+) 分钟/.exec(refused.detail)?.[1]);
      waits.push(minutes);
      later(minutes * 30_000);
      expect((await wrong()).code).to.equal('session.held-up');
      later(minutes * 30_000);
    }
    expect(waits).to.deep.equal([1, 2, 4, 8, 15]);
    expect((await enter(login, 'lantern harbor sieve')).status).to.equal(200);
  });

  it('地址的限次用尽：没有从那里登录过的要等，登录过的照样登录', async () => {
    const { database } = served().system;
    await database.pool.query(
      "UPDATE hotline.sign_in_failure SET count = 1000, since = $1 WHERE subject LIKE 'address %'",
      [served().system.clock.now()],
    );
    expect(problemIn(await enter('staff7', 'lantern harbor sieve')).code).to.equal('session.held-up');
    expect((await enter('staff8', 'lantern harbor sieve')).status).to.equal(200);
    later(15 * 60_000 + 1);
    expect((await enter('staff7', 'lantern harbor sieve')).status).to.equal(200);
  });
});

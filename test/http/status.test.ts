import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { z } from 'zod';
import type { status } from '../../src/http/contract/status.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { shippedMigrations } from '../../src/platform/database/migrations/index.js';
import { accept, answered, dispatched, problemIn, send, useServer } from './serving.js';

describe('http status', () => {
  const served = useServer({ at: '2026-03-09T10:00:00+08:00' });
  const read = async () =>
    answered('readStatus', await send(served().url, '/api/status')) as z.input<typeof status>;

  it('says that the program lives and that it is ready', async () => {
    const { url } = served();
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(answered('isAlive', await send(url, '/healthz'))).to.deep.equal({ status: 'alive', version });
    const ready = answered('isReady', await send(url, '/readyz')) as { database: string; migrations: number };
    expect(ready.database).to.match(/^\d+/);
    expect(ready.migrations).to.equal(shippedMigrations().length);
  });

  it('counts open cases, tasks by role, and deadlines as the clock moves past them', async () => {
    const { url, system } = served();
    await accept(url);
    await dispatched(url);
    const first = await read();
    expect(first.cases).to.deep.equal({ open: 2, ended: 0, endedOrMore: false });
    expect(first.tasks.open).to.equal(2);
    expect(first.tasks.byRole).to.deep.include({ role: 'unit', roleName: '承办单位', count: 1 });
    expect(first.deadlines.running).to.be.greaterThan(3);
    expect(first.deadlines).to.include({ dueToday: 0, pastDue: 0, incidents: 0 });
    expect(first.definitions.map((definition) => definition.name)).to.include('督办');
    expect(first.now).to.equal('2026-03-09T10:00:00+08:00');
    // The acceptance of the first ends with 10 March, its superior is told with the end of 11 March.
    system.clock.moveTo(new Date('2026-03-10T08:00:00+08:00'));
    expect((await read()).deadlines).to.include({ dueToday: 1, pastDue: 0 });
    // The limit for a return, two working days, ends with 11 March.
    system.clock.moveTo(new Date('2026-03-11T08:00:00+08:00'));
    expect((await read()).deadlines).to.include({ dueToday: 2, pastDue: 1 });
    system.clock.moveTo(new Date('2026-03-12T00:00:00+08:00'));
    expect((await read()).deadlines).to.include({ pastDue: 3 });
  });

  it('measures how far the clocks of program and database are apart', async () => {
    const { system } = served();
    const { clockSkewMilliseconds: skew, ...before } = (await read()).database;
    expect(before).to.include({ clockSkewMeasuredAt: '2026-03-12T00:00:00+08:00', clockSkewExcessive: true });
    system.clock.moveTo(new Date(system.clock.now().getTime() + 3_600_000));
    expect(skew - (await read()).database.clockSkewMilliseconds).to.be.within(3_500_000, 3_700_000);
  });

  it('serves its document and the viewer for it', async () => {
    const { url } = served();
    expect(answered('readDocument', await send(url, '/openapi.json'))).to.have.property('openapi', '3.1.0');
    const page = (await send(url, '/docs')).text;
    const named = (pattern: RegExp): string => new URL(pattern.exec(page)?.[1] ?? '', `${url}/docs`).pathname;
    const [script, style] = [named(/<script src="([^"]+)"/), named(/<link rel="stylesheet" href="([^"]+)"/)];
    expect((await send(url, script)).headers['content-type']).to.match(/javascript/);
    expect((await send(url, style)).headers['content-type']).to.match(/^text\/css/);
  });
});

describe('http status of a program without a process', () => {
  const served = useServer({ shipped: false });

  it('is alive but not ready', async () => {
    expect((await send(served().url, '/healthz')).status).to.equal(200);
    expect(problemIn(await send(served().url, '/readyz'))).to.include({
      status: 503,
      code: 'database.unusable',
    });
  });
});

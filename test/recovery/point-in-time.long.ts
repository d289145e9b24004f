/** Carries out the backup promises of docs/operations.md: base backup, archived log, restore to an instant. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { deployShipped } from '../../src/cases/index.js';
import { movableClock, type JsonObject } from '../../src/kernel/index.js';
import { openSystem, type System } from '../../src/main.js';
import { archived, archivingServer, baseBackup, restoredAt } from '../support/point-in-time.js';

const dispatched = new Date('2026-03-02T10:00:00+08:00');
const facts: JsonObject = {
  channel: 'phone',
  kind: 'help',
  wishesReply: true,
  confidential: false,
  district: null,
  place: null,
  unit: '某水务局',
  dispatchBasis: 'duty',
};
const each = 40;

async function start(system: System, prefix: string): Promise<void> {
  const answers = await system.executor.execute(
    Array.from({ length: each }, (_, index) => ({
      kind: 'start' as const,
      businessKey: `${prefix}-${index}`,
      process: 'handling',
      realm: 'live' as const,
      at: dispatched,
      variables: facts,
    })),
  );
  expect(answers.filter(({ refusal }) => refusal)).to.deep.equal([]);
}

const ask = async <Row>(system: System, sql: string): Promise<Row[]> =>
  system.database.transaction((transaction) => transaction.query<Row>(sql));

/** By prefix, how many cases there are. */
async function cases(system: System): Promise<Record<string, number>> {
  const rows = await ask<{ prefix: string; count: number }>(
    system,
    `SELECT split_part(business_key, '-', 1) AS prefix, count(*)::int AS count
       FROM hotline.process_case GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ prefix, count }) => [prefix, count]));
}

/** Every chain of every stream recomputed against its head. */
async function brokenChains(system: System): Promise<{ streams: number; broken: string[] }> {
  const streams = await ask<{ stream: string }>(system, 'SELECT stream FROM hotline.trail_head');
  const broken = await system.database.transaction(async (transaction) => {
    const found: string[] = [];
    for (const { stream } of streams) {
      if (!(await system.trail.verify(transaction, stream)).holds) found.push(stream);
    }
    return found;
  });
  return { streams: streams.length, broken };
}

describe('point-in-time recovery', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-restore-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('基础备份加归档日志恢复到误操作之前的时刻：之前的工单都在，之后的都不在，每条链都成立，期限接着触发', async function () {
    this.timeout(180_000);
    const [live, backup, archive, again] = ['live', 'backup', 'archive', 'again'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const clock = movableClock(dispatched);
    const open = (url: string) =>
      openSystem({ clock, applicationName: 'restore', url, directory: join(folder, 'keys') });

    const server = await archivingServer(live, archive);
    let instant: string | undefined;
    try {
      const system = await open(server.ownerUrl);
      try {
        await deployShipped(system);
        await start(system, 'before');
        await baseBackup(server.ownerUrl, live, backup);
        await start(system, 'between');
        const [row] = await ask<{ now: string }>(system, 'SELECT clock_timestamp()::text AS now');
        instant = row?.now;
        // The mistake: a program with its clock a year ahead fires everything, up to
        // accountability.
        await start(system, 'after');
        clock.moveTo(new Date('2026-12-31T00:00:00+08:00'));
        while ((await system.executor.fireDue(200)) > 0);
        const [fired] = await ask<{ count: number }>(
          system,
          "SELECT count(*)::int AS count FROM hotline.trail_entry WHERE type = 'timer.fired'",
        );
        expect(fired?.count).to.be.greaterThan(3 * each);
        await archived(server.ownerUrl);
      } finally {
        await system.close();
      }
    } finally {
      await server.stop();
    }

    clock.moveTo(dispatched);
    const restored = await restoredAt(backup, archive, again, instant ?? '');
    try {
      const system = await open(restored.ownerUrl);
      try {
        expect(await cases(system)).to.deep.equal({ before: each, between: each });
        const [fired] = await ask<{ count: number }>(
          system,
          "SELECT count(*)::int AS count FROM hotline.trail_entry WHERE type = 'timer.fired'",
        );
        expect(fired?.count).to.equal(0);
        const chains = await brokenChains(system);
        expect(chains.streams).to.be.at.least(2 * each);
        expect(chains.broken).to.deep.equal([]);

        // Two working days for a return end with 4 March; they fire at their legal instant, however late.
        clock.moveTo(new Date('2026-03-05T08:00:00+08:00'));
        while ((await system.executor.fireDue(200)) > 0);
        const at = await ask<{ at: Date; count: number }>(
          system,
          "SELECT at, count(*)::int AS count FROM hotline.trail_entry WHERE type = 'timer.fired' GROUP BY at ORDER BY at LIMIT 1",
        );
        expect(at.map((row) => row.at.toISOString())).to.deep.equal(['2026-03-04T16:00:00.000Z']);
        expect(at[0]?.count).to.equal(2 * each);
        expect((await brokenChains(system)).broken).to.deep.equal([]);
      } finally {
        await system.close();
      }
    } finally {
      await restored.stop();
    }
  });
});

/**
 * The server repeatedly ends all connections of the program while deadlines fall due, as in a
 * restart: nothing is lost or doubled, and the program recovers by itself.
 */
import { expect } from 'chai';
import pg from 'pg';
import { systemClock } from '../../src/kernel/index.js';
import { clockFrom, clockTo, createPrograms, neglectedSystem, verdictOn } from '../support/escalation.js';
import { useSystem } from '../support/system.js';

const cases = 1000;
const breaks = 10;
const applicationName = 'server-restart';

describe('connections ended by the server under load', () => {
  const system = useSystem({ shipped: false });

  it('数据库反复断开全部连接：程序不退出、自行继续，1000 件的每一级只发一次', async function () {
    this.timeout(120_000);
    await neglectedSystem(system(), cases);
    const programs = createPrograms({
      url: system().database.url,
      applicationName,
      batch: 20,
      clock: {
        origin: systemClock.now().toISOString(),
        from: clockFrom.toISOString(),
        to: clockTo.toISOString(),
        speed: (clockTo.getTime() - clockFrom.getTime()) / 5000,
      },
    });
    const server = new pg.Client({ connectionString: system().database.url });
    await server.connect();
    const reports = programs.reports();
    let ended = 0;
    let broken = 0;
    try {
      const started = programs.start();
      let rounds = 0;
      for await (const report of reports) {
        if (report.kind !== 'round') continue;
        if (report.advanced > 0) rounds += 1;
        if (report.advanced === 0 && report.clockAtEnd) break;
        // The next round is already under way when this one's report arrives.
        if (broken < breaks && rounds >= 4) {
          rounds = 0;
          broken += 1;
          ended += await endConnections(server);
        }
      }
      const program = await started;
      expect(program.exitCode, 'the program has ended').to.equal(null);
    } finally {
      await programs.stop();
      await server.end();
    }
    expect(broken).to.equal(breaks);
    expect(ended).to.be.at.least(breaks);

    const { different, levels, ...rest } = await verdictOn(system(), cases);
    expect(different.slice(0, 3)).to.deep.equal([]);
    expect(rest).to.deep.equal({ brokenChains: [], incidents: 0, stillDue: 0 });
    expect(levels.accountability).to.equal(cases);
  });
});

/** @returns how many connections there were */
async function endConnections(server: pg.Client): Promise<number> {
  const { rowCount } = await server.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
    [applicationName],
  );
  return rowCount ?? 0;
}

/**
 * Three programs share 5,000 neglected cases, and one of them is repeatedly killed at random and
 * replaced: every escalation comes once, in due order, at its legal instant, as in an undisturbed
 * case.
 */
import { once } from 'node:events';
import { expect } from 'chai';
import { systemClock } from '../../src/kernel/index.js';
import { clockFrom, clockTo, createPrograms, neglectedSystem, verdictOn } from '../support/escalation.js';
import { random } from '../support/messages.js';
import { useSystem } from '../support/system.js';

const cases = 5000;
const leastKills = 5;
/**
 * Batches committed (of any program) between two kills. They are counted, not timed, so that fast
 * and slow machines are interrupted equally often: even if everything has fallen due before the
 * programs start, 250 batches of 20 cases remain. The minimum is about a second's work of an idle
 * machine.
 */
const batchesBetween = (kills: number) =>
  kills < leastKills ? { least: 10, most: 35 } : { least: 60, most: 140 };

describe('three programs and a killer', () => {
  const system = useSystem({ shipped: false });

  it('第二十八条：5000 件逾期工单，三个程序轮番被杀，每一级只发一次、不乱序、时刻合法', async function () {
    this.timeout(300_000);
    await neglectedSystem(system(), cases);
    const programs = createPrograms({
      url: system().database.url,
      applicationName: 'three-programs',
      batch: 20,
      clock: {
        origin: systemClock.now().toISOString(),
        from: clockFrom.toISOString(),
        to: clockTo.toISOString(),
        // Three months in fifteen seconds, so that the levels fall due one after the other while programs die.
        speed: (clockTo.getTime() - clockFrom.getTime()) / 15_000,
      },
    });
    const next = random(2828);
    const mark = (kills: number) => {
      const { least, most } = batchesBetween(kills);
      return least + next() * (most - least);
    };
    const reports = programs.reports();
    let kills = 0;
    try {
      const replacements = Array.from({ length: 3 }, () => programs.start());
      let batches = 0;
      let until = mark(0);
      for await (const report of reports) {
        if (report.kind !== 'round') continue;
        if (report.advanced === 0 && report.clockAtEnd && (await nothingDue())) break;
        if (report.advanced > 0) batches += 1;
        if (batches < until) continue;
        const victim = [...programs.running][Math.floor(next() * programs.running.size)];
        if (!victim) continue;
        const exited = once(victim, 'exit');
        victim.kill('SIGKILL');
        await exited;
        kills += 1;
        replacements.push(programs.start());
        batches = 0;
        until = mark(kills);
      }
      await Promise.allSettled(replacements);
    } finally {
      await programs.stop();
    }
    expect(kills, 'kills').to.be.at.least(leastKills);

    const { different, levels, ...rest } = await verdictOn(system(), cases);
    expect(different.slice(0, 3)).to.deep.equal([]);
    expect(rest).to.deep.equal({ brokenChains: [], incidents: 0, stillDue: 0 });
    for (const level of [
      'reminder',
      'yellow',
      'red',
      'supervision',
      'second-supervision',
      'accountability',
    ]) {
      expect(levels[level], level).to.equal(cases);
    }
  });

  async function nothingDue(): Promise<boolean> {
    const [row] = await system().database.transaction((transaction) =>
      transaction.query<{ due: boolean }>(
        "SELECT EXISTS (SELECT 1 FROM hotline.deadline WHERE realm = 'live' AND claim_at <= $1) AS due",
        [clockTo],
      ),
    );
    return row?.due === false;
  }
});

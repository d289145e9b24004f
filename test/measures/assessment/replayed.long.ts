/** The replayed messages, assessed by month and compared with figures computed independently here. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { sequence } from '../../../src/accountability/index.js';
import {
  endOfPeriod,
  followTrail,
  parsePeriod,
  startOfPeriod,
  streamsActive,
  tallies,
} from '../../../src/measures/assessment/index.js';
import { recomputePeriod } from '../../../src/cases/index.js';
import { replay } from '../../../src/cases/replay/index.js';
import { shared } from '../../support/shared.js';
import { useSystem } from '../../support/system.js';

interface Message {
  readonly no: number;
  readonly receivedAt: string;
  readonly repliedAt: string;
}
interface Expected {
  readonly no: number;
  readonly due: string;
  readonly late: boolean;
}

describe('回放的真实诉求按月考核', function () {
  this.timeout(600_000);
  const system = useSystem();
  /** By month: received, replied in time, total. */
  const expected = new Map<string, { accepted: number; met: number; of: number }>();

  before(async function () {
    const file = shared(this, 'cases/messages.jsonl');
    const rows = <T>(path: string) =>
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as T);
    const verdicts = new Map(
      rows<Expected>(shared(this, 'cases/expected.jsonl')).map((one) => [one.no, one]),
    );
    const month = (key: string) => {
      const known = expected.get(key) ?? { accepted: 0, met: 0, of: 0 };
      expected.set(key, known);
      return known;
    };
    for (const { no, receivedAt, repliedAt } of rows<Message>(file)) {
      const verdict = verdicts.get(no);
      if (!verdict) throw new Error(`nothing is expected of message ${no}`);
      // All texts have +08:00, so the month is in the text.
      month(receivedAt.slice(0, 7)).accepted += 1;
      const replied = month(verdict.late ? verdict.due.slice(0, 7) : repliedAt.slice(0, 7));
      replied.of += 1;
      if (!verdict.late) replied.met += 1;
    }
    await replay(system(), file, {
      onLine: () => undefined,
      onBad: (number, reason) => expect.fail(`${number}: ${reason}`),
    });
    await sequence(system().database);
    while ((await followTrail(system().database, system().catalogues)) > 0);
  });

  it('每个月的受理件数、按时答复的分子分母，与测试自己算的相同', async () => {
    const months = [...expected].filter(([key]) => key !== '').map(([key]) => key);
    const periods = months.filter((key) => key >= '2000').map((key) => parsePeriod(key));
    const rows = await system().database.transaction((tx) => tallies(tx, 'replay', periods));
    const found = new Map<string, { accepted: number; met: number; of: number }>();
    for (const { period, measure, met, of } of rows) {
      const known = found.get(period) ?? { accepted: 0, met: 0, of: 0 };
      if (measure === 'accepted') known.accepted += of;
      if (measure === 'reply') [known.met, known.of] = [known.met + met, known.of + of];
      found.set(period, known);
    }
    const sorted = (map: typeof found) =>
      Object.fromEntries([...map].sort(([one], [other]) => one.localeCompare(other)));
    expect(sorted(found)).to.deep.equal(sorted(expected));
    expect(rows.length).to.be.greaterThan(100);
  });

  it('只凭轨迹重算一个月，没有差别', async () => {
    const again = await recomputePeriod(system(), 'replay', parsePeriod('2019-05'));
    expect(again.differences).to.deep.equal([]);
    expect(again.facts).to.be.greaterThan(50);
  });

  it('一个月的工单分几批取，一件不多、一件不少，先后相同', async () => {
    const period = parsePeriod('2019-05');
    const inBatchesOf = (most: number) =>
      system().database.transaction(async (transaction) => {
        const month = { realm: 'replay', from: startOfPeriod(period), to: endOfPeriod(period) } as const;
        const batches: (readonly string[])[] = [];
        for await (const batch of streamsActive(transaction, month, most)) batches.push(batch);
        return batches;
      });
    const [whole = [], ...more] = await inBatchesOf(10_000);
    const batches = await inBatchesOf(7);
    expect(more).to.deep.equal([]);
    expect(new Set(whole).size).to.equal(whole.length);
    expect(batches.flat()).to.deep.equal(whole);
    expect(batches.length)
      .to.equal(Math.ceil(whole.length / 7))
      .and.be.greaterThan(2);
    const told: number[] = [];
    const again = await recomputePeriod(system(), 'replay', period, (sheets) => told.push(sheets));
    expect(again.sheets).to.equal(whole.length);
    expect(told.at(-1)).to.equal(whole.length);
  });
});

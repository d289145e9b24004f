/** Twelve patterns, each planted twenty times in traffic whose units differ; and the same traffic without plants. */
import { expect } from 'chai';
import { readProjector, sequence, write } from '../../../src/accountability/index.js';
import { openCases } from '../../../src/cases/accept.js';
import { patternKeys, type Hypothesis } from '../../../src/measures/radar/index.js';
import { lookNow } from '../../../src/measures/radar/run.js';
import type { WorkOrder } from '../../../src/sheet/index.js';
import { useSystem } from '../../support/system.js';
import { hypothesesIn } from './entries-read.js';
import { makeTraffic, timesPlanted, type Plant } from './traffic.js';

const sheetsAtLeast = 5000;
const nameOf = ({ pattern, subject }: Plant): string => `${pattern} ${subject}`;

/** Planted and found, not planted and found, in how many sheets. */
function lookedAt(planted: boolean, seed: number) {
  const traffic = makeTraffic(sheetsAtLeast, planted, seed);
  const found = new Set(
    hypothesesIn(traffic).map(({ pattern, subject }) => nameOf({ pattern, subject: subject.name })),
  );
  const plants = traffic.plants.map(nameOf);
  return {
    sheets: traffic.sheets.length,
    plants,
    found: plants.filter((one) => found.has(one)),
    others: [...found].filter((one) => !plants.includes(one)),
  };
}

describe('线索：种下的和没有种下的', function () {
  this.timeout(600_000);
  const runs: ReturnType<typeof lookedAt>[] = [];
  const sum = (count: (run: ReturnType<typeof lookedAt>) => number): number =>
    runs.reduce((all, run) => all + count(run), 0);

  it('十二种情形各种下二十次，九成以上找得到；没有种下的，每千件工单至多一条', () => {
    for (const seed of [1, 2, 3, 4]) runs.push(lookedAt(true, seed));
    expect(timesPlanted * runs.length).to.equal(20);
    for (const key of patternKeys) {
      const of = (names: readonly string[]) => names.filter((name) => name.startsWith(`${key} `)).length;
      const [plants, found] = [sum((run) => of(run.plants)), sum((run) => of(run.found))];
      expect(plants, key).to.equal(20);
      console.log(`      ${key}：种下 ${plants}，找到 ${found}`);
      expect(found, key).to.be.at.least(16);
    }
    const [plants, found] = [sum((run) => run.plants.length), sum((run) => run.found.length)];
    const perThousand = (sum((run) => run.others.length) * 1000) / sum((run) => run.sheets);
    console.log(
      `      ${sum((run) => run.sheets)} 件工单：种下 ${plants}，找到 ${found}(${((found * 100) / plants).toFixed(1)}%);` +
        `没有种下的每千件 ${perThousand.toFixed(2)} 条 ${runs.flatMap((run) => run.others).join(';')}`,
    );
    expect(found / plants).to.be.at.least(0.9);
    expect(perThousand).to.be.at.most(1);
  });

  it('什么也没有种下的，每千件工单至多一条', () => {
    const control = [9, 10].map((seed) => lookedAt(false, seed));
    const others = control.flatMap((run) => run.others);
    const sheets = control.reduce((all, run) => all + run.sheets, 0);
    console.log(`      ${sheets} 件工单，没有种下的 ${others.length} 条 ${others.join(';')}`);
    expect(sheets).to.be.greaterThan(10_000);
    expect((others.length * 1000) / sheets).to.be.at.most(1);
  });

  describe('经过数据库', () => {
    const system = useSystem({ at: '2026-07-20T09:00:00+08:00' });

    it('同样的工单由程序受理、条目写进轨迹，看到的与不经数据库的一样：十二种情形都在', async () => {
      const traffic = makeTraffic(sheetsAtLeast, true, 1);
      const { database, trail } = system();
      for (let first = 0; first < traffic.sheets.length; first += 200) {
        const some = traffic.sheets.slice(first, first + 200);
        await database.transaction(async (transaction) => {
          await openCases(system(), transaction, some.map(requestOf));
          await trail.append(
            transaction,
            some.flatMap(({ entries }) => entries),
          );
        });
      }
      const seqs = new Map<string, number>();
      await database.transaction(async (transaction) => {
        await trail.append(transaction, traffic.others);
        for (const { stream, type, at, body } of traffic.others) {
          const seq = (seqs.get(stream) ?? 0) + 1;
          seqs.set(stream, seq);
          await write(transaction, readProjector, { stream, seq, type, at, body });
        }
      });
      await sequence(database);
      const start = performance.now();
      const sight = await lookNow(system(), 'live');
      const seconds = (performance.now() - start) / 1000;
      console.log(
        `      ${sight.sheets} 件、${sight.size} 条：看一遍 ${seconds.toFixed(1)} 秒，每秒 ${Math.round(sight.sheets / seconds)} 件`,
      );
      const plain = (all: readonly Hypothesis[]) =>
        all.map(({ pattern, subject, found, of }) => `${pattern} ${subject.name} ${found}/${of}`).sort();
      expect(sight.unread).to.equal(0);
      expect(plain(sight.hypotheses)).to.deep.equal(plain(hypothesesIn(traffic)));
      expect(new Set(sight.hypotheses.map(({ pattern }) => pattern))).to.deep.equal(new Set(patternKeys));
    });
  });
});

const requestOf = ({
  no,
  district,
  contact,
  receivedAt,
}: ReturnType<typeof makeTraffic>['sheets'][number]): WorkOrder => ({
  ...{ no, realm: 'live' as const, externalNo: null, channel: 'phone', kind: 'complaint', title: '停水' },
  ...{ content: '停水了', callerName: '来电人甲', callerAddress: null, callerContact: contact },
  ...{ replyWanted: true, confidential: false, language: 'zh' as const, messagesWanted: true },
  ...{ district, place: null, receivedAt },
});

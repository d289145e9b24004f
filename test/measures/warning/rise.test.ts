import { expect } from 'chai';
import { decide } from '../../../src/measures/warning/decide.js';
import { judgeRise, poissonTail } from '../../../src/measures/warning/rise.js';
import { emergenciesIn, emergenciesOf } from '../../../src/measures/warning/emergencies.js';
import { hotSpots } from '../../../src/measures/warning/hot-spots.js';
import { shippedPolicies } from '../../../src/law/policy/index.js';
import { thresholdsOf } from '../../../src/measures/warning/index.js';

const rule = { least: 5, rarity: 10_000 };
const unusual = (count: number, past: readonly number[]): boolean => judgeRise(count, past, rule).isUnusual;

describe('预警：什么算突增（第二十六条）', () => {
  it('泊松分布的尾概率：与手算的一致，很小的也准', () => {
    expect(poissonTail(0, 2)).to.equal(1);
    expect(poissonTail(1, 2)).to.be.closeTo(1 - Math.exp(-2), 1e-12);
    expect(poissonTail(3, 1)).to.be.closeTo(1 - Math.exp(-1) * 2.5, 1e-12);
    expect(poissonTail(5, 0.25)).to.be.closeTo(6.611e-6, 1e-9);
    expect(poissonTail(40, 4) / 4.9e-26).to.be.within(0.5, 2);
  });

  it('不到最少件数的不算；往周不足三周的无从比较，不算', () => {
    expect(unusual(4, [0, 0, 0, 0])).to.equal(false);
    expect(unusual(5, [0, 0, 0, 0])).to.equal(true);
    expect(unusual(50, [0, 0])).to.equal(false);
  });

  it('平常就多的，同样的件数不算；多出很多才算', () => {
    const past = [4, 6, 5, 3, 5, 4, 6, 5];
    expect(unusual(8, past)).to.equal(false);
    expect(unusual(12, past)).to.equal(false);
    expect(unusual(17, past)).to.equal(true);
    expect(judgeRise(17, past, rule).expected).to.be.within(450, 480);
  });

  it('往周有过一次突发，不使这一次被掩盖；本来忽高忽低的，不轻易算', () => {
    expect(unusual(9, [0, 1, 0, 60, 0, 1, 0, 0])).to.equal(true);
    expect(unusual(20, [2, 14, 3, 16, 1, 15, 2, 17])).to.equal(false);
  });

  it('越罕见才算，越不容易误报', () => {
    const counts = [100, 10_000, 1_000_000].map((rarity) => {
      let count = 2;
      while (!judgeRise(count, [1, 1, 1, 1], { least: 2, rarity }).isUnusual) count += 1;
      return count;
    });
    expect(counts).to.deep.equal(counts.toSorted((one, other) => one - other));
    expect(new Set(counts).size).to.equal(3);
  });
});

describe('预警：哪些是突发情况', () => {
  const given = emergenciesOf('供水=停水、爆管、#0203；燃气=漏气');

  it('标题里有这样的词，或者归入这样的分类（及其下级）', () => {
    expect(emergenciesIn('小区突然停水', [], given)).to.deep.equal(['供水']);
    expect(emergenciesIn('管子坏了', ['02', '0203', '020301'], given)).to.deep.equal(['供水']);
    expect(emergenciesIn('厨房漏气，也停水了', [], given)).to.deep.equal(['供水', '燃气']);
    expect(emergenciesIn('路灯不亮', ['03'], given)).to.deep.equal([]);
  });

  it('随附的政策读得出每一个门槛', () => {
    const { all } = shippedPolicies();
    const values = new Map(all.map(({ key, value }) => [key, value]));
    const thresholds = thresholdsOf({ value: (key) => values.get(key) });
    expect(thresholds.rise).to.deep.equal({ least: 5, weeks: 8, rarity: 10_000 });
    expect(thresholds.repeat).to.deep.equal({ days: 30, ofCaller: 3, ofPlace: 30, ofSpot: 5, metres: 100 });
    expect(thresholds.burst).to.include({ least: 3, minutes: 15 });
    expect(thresholds.burst.emergencies.map(({ name }) => name)).to.include.members(['供水', '燃气', '塌陷']);
  });
});

describe('预警：没有归类的', () => {
  const { all } = shippedPolicies();
  const values = new Map(all.map(({ key, value }) => [key, value]));
  const thresholds = thresholdsOf({ value: (key) => values.get(key) });
  const sortsOf = (code: string): readonly string[] =>
    decide(
      {
        no: '20261128-000001',
        district: '历下区',
        area: code,
        class: code,
        emergencies: [],
        receivedAt: new Date('2026-11-28T09:00:00+08:00'),
      },
      {
        hours: [{ code, count: 50, past: [1, 0, 1, 1, 0, 1, 0, 1] }],
        bursts: [],
        ofCaller: 40,
        ofPlace: 400,
        ofSpot: 400,
      },
      thresholds,
    ).map(({ sort }) => sort);

  it('不算同一种事项：同一来电人、同一区县再多，也不突增、不反复；归了类的同样多，都算', () => {
    expect(sortsOf('')).to.deep.equal([]);
    expect(sortsOf('N1')).to.deep.equal(['rise', 'repeat-caller', 'repeat-place', 'repeat-spot']);
  });

  it('也不算一个热点', () => {
    const weeks = [40, 4, 5, 3, 4];
    const spot = (code: string) =>
      hotSpots([{ district: '历下区', area: code, class: code, weeks }], rule, 4).length;
    expect([spot(''), spot('N1')]).to.deep.equal([0, 1]);
  });
});

describe('热点', () => {
  it('只列明显多于往周的，多出最多的在前；没有计过的周不比', () => {
    const cell = (district: string, weeks: readonly number[]) => ({
      district,
      area: '01',
      class: '0101',
      weeks,
    });
    const counts = [
      cell('历下区', [20, 4, 5, 3, 4]),
      cell('市中区', [6, 5, 6, 5, 7]),
      cell('历城区', [40, 9, 8, 9, 10]),
    ];
    expect(hotSpots(counts, rule, 4).map(({ district }) => district)).to.deep.equal(['历城区', '历下区']);
    expect(hotSpots(counts, rule, 2)).to.deep.equal([]);
  });
});

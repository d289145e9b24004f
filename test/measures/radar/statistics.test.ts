/** The radar's tails, compared with published values and with complete sums in exact integers. */
import { expect } from 'chai';
import { keptUpTo } from '../../../src/measures/radar/statistics/several.js';
import { binomialTail, shareTail } from '../../../src/measures/radar/statistics/tails.js';

const choose = (n: number, k: number): bigint => {
  let value = 1n;
  for (let one = 1; one <= k; one += 1) value = (value * BigInt(n - k + one)) / BigInt(one);
  return k < 0 || k > n ? 0n : value;
};

describe('线索的统计量', () => {
  it('二项分布的尾：掷硬币、掷骰子的已知值；全部、零次是边界', () => {
    expect(Math.exp(binomialTail(8, 10, 0.5))).to.be.closeTo(56 / 1024, 1e-12);
    // Newton to Pepys: at least one six in six, two in twelve, three in eighteen.
    expect(Math.exp(binomialTail(1, 6, 1 / 6))).to.be.closeTo(0.665102, 1e-6);
    expect(Math.exp(binomialTail(2, 12, 1 / 6))).to.be.closeTo(0.618667, 1e-6);
    expect(Math.exp(binomialTail(3, 18, 1 / 6))).to.be.closeTo(0.597346, 1e-6);
    expect(binomialTail(0, 5, 0.2)).to.equal(0);
    expect(binomialTail(6, 5, 0.2)).to.equal(-Infinity);
    // Far beyond what a double can hold: 0.001^500.
    expect(binomialTail(500, 500, 0.001)).to.be.closeTo(500 * Math.log(0.001), 1e-6);
  });

  it('费舍尔的精确检验：品茶的女士、双胞胎的罪犯', () => {
    expect(Math.exp(shareTail({ found: 4, of: 4, restFound: 0, restOf: 4 }, 1))).to.be.closeTo(1 / 70, 1e-12);
    expect(Math.exp(shareTail({ found: 3, of: 4, restFound: 1, restOf: 4 }, 1))).to.be.closeTo(
      17 / 70,
      1e-12,
    );
    // Fisher 1935, twins of criminals: 10 of 13 monozygotic, 2 of 17 dizygotic; R's fisher.test says 0.0004652.
    expect(Math.exp(shareTail({ found: 10, of: 13, restFound: 2, restOf: 17 }, 1))).to.be.closeTo(
      0.0004652,
      5e-8,
    );
  });

  it('容许几倍的精确检验：与逐项用整数相加的相同', () => {
    const allowed = 3;
    for (const [found, of, restFound, restOf] of [
      [6, 9, 11, 80],
      [1, 1, 0, 5],
      [0, 4, 3, 9],
      [12, 40, 30, 700],
      [5, 5, 2, 2],
    ] as const) {
      const all = found + restFound;
      const term = (x: number) => choose(of, x) * choose(restOf, all - x) * BigInt(allowed) ** BigInt(x);
      let [tail, whole] = [0n, 0n];
      for (let x = 0; x <= Math.min(of, all); x += 1) {
        whole += term(x);
        if (x >= found) tail += term(x);
      }
      const exact = Number((tail * 10n ** 18n) / whole) / 1e18;
      const is = Math.exp(shareTail({ found, of, restFound, restOf }, allowed));
      expect(is, `${found}/${of} ${restFound}/${restOf}`).to.be.closeTo(exact, 1e-12);
    }
  });

  it('同时检验许多：按 Benjamini–Hochberg 的例子留下四个，没有够稀少的一个也不留', () => {
    // Benjamini and Hochberg 1995, section 3.3: 15 hypotheses, 0.05 keeps the first four.
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const most = keptUpTo(chances.map(Math.log), 0.05);
    expect(chances.filter((chance) => Math.log(chance) <= most)).to.have.length(4);
    expect(keptUpTo([Math.log(0.04), Math.log(0.9)], 0.05, 100)).to.equal(-Infinity);
    expect(keptUpTo([], 0.05)).to.equal(-Infinity);
  });
});

/** A hypothesis stays the same night after night: it grows, a decision closes it, and only new entries reopen it. */
import { expect } from 'chai';
import { changesOf } from '../../../src/measures/radar/compare.js';
import { radarRules, type Hypothesis } from '../../../src/measures/radar/index.js';

const seen = (...seqs: readonly number[]): Hypothesis => ({
  ...{ pattern: 'extensions', subject: { kind: 'unit', name: '某水务局' } },
  ...{ found: seqs.length, of: 40, restFound: 50, restOf: 1000, power: 6 },
  entries: seqs.map((seq) => ({ stream: '20260302-000001', seq })),
});
const known = (open: boolean, ...seqs: readonly number[]) => ({
  ...{ id: 7, pattern: 'extensions' as const, kind: 'unit' as const, subject: '某水务局', open },
  places: seqs.map((seq) => `20260302-000001 ${seq}`),
});

describe('线索夜夜是同一条', () => {
  const rules = radarRules();
  const typesOf = (...args: Parameters<typeof changesOf>) =>
    changesOf(...args).map(({ type, id, fresh }) => [type, id, fresh.length]);

  it('没有见过的提出；依据没有变的什么也不做；多了依据的还是那一号', () => {
    expect(typesOf(rules, [], [seen(1, 2, 3, 4, 5)])).to.deep.equal([['radar.raised', undefined, 5]]);
    expect(typesOf(rules, [known(true, 1, 2, 3, 4, 5)], [seen(1, 2, 3, 4, 5)])).to.deep.equal([]);
    expect(typesOf(rules, [known(true, 1, 2, 3, 4, 5)], [seen(2, 3, 4, 5, 6)])).to.deep.equal([
      ['radar.grown', 7, 1],
    ]);
  });

  it('决定了的，旧的依据不再算；新的够得上件数才重新打开', () => {
    const decided = [known(false, 1, 2, 3, 4, 5)];
    expect(rules.patterns.extensions?.leastFound).to.equal(5);
    expect(typesOf(rules, decided, [seen(1, 2, 3, 4, 5)])).to.deep.equal([]);
    expect(typesOf(rules, decided, [seen(1, 2, 3, 4, 5, 6, 7, 8, 9)])).to.deep.equal([]);
    expect(typesOf(rules, decided, [seen(3, 4, 5, 6, 7, 8, 9, 10)])).to.deep.equal([
      ['radar.reopened', 7, 5],
    ]);
  });
});

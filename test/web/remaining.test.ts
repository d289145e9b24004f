import { expect } from 'chai';
import { remaining } from '../../src/web/time/remaining.js';

/** March 2026 without holidays. */
const isWorking = (date: string): boolean | undefined =>
  date.startsWith('2026-03') ? ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) : undefined;
const at = (instant: string): number => Date.parse(`${instant}:00+08:00`);
const due = '2026-03-10T00:00:00+08:00';

describe('第二十四条：剩余时间按工作日说', () => {
  for (const [present, words, why] of [
    ['2026-03-02T10:00', '剩 5 个工作日', '周一上午到下周一 24:00，中间的周末不计'],
    ['2026-03-06T20:00', '剩 1 个工作日', '周五 20:00，只剩周五的 4 小时和周一'],
    ['2026-03-07T12:00', '剩 1 个工作日', '周六，周末不走时间'],
    ['2026-03-09T21:30', '剩 2 小时 30 分', '最后一日'],
    ['2026-03-09T23:45', '剩 15 分', '最后一刻'],
    ['2026-03-11T00:00', '已超 1 个工作日', '过了一个工作日'],
    ['2026-03-16T01:00', '已超 4 个工作日', '过了一个周末'],
  ] as const) {
    it(`${why}:${words}`, () => {
      expect(remaining(due, at(present), isWorking)).to.equal(words);
    });
  }

  it('其间没有工作日的，说自然时间并说明是休息日', () => {
    expect(remaining('2026-03-09T00:00:00+08:00', at('2026-03-07T12:00'), isWorking)).to.equal(
      '剩 1 天 12 小时（其间是休息日）',
    );
    expect(remaining('2026-03-07T00:00:00+08:00', at('2026-03-07T12:00'), isWorking)).to.equal(
      '已超 12 小时 0 分（其后是休息日）',
    );
  });

  it('日历不知道的日子，说自然日', () => {
    expect(remaining('2026-04-03T00:00:00+08:00', at('2026-03-31T00:00'), isWorking)).to.equal('剩 3 天');
  });
});

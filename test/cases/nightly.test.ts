import { expect } from 'chai';
import { nextRun, tonight } from '../../src/cases/nightly.js';
import { systemClock } from '../../src/kernel/index.js';
import { useDatabase } from '../support/database.js';

const hour = 3_600_000;

describe('每夜的任务：程序启动后第一次什么时候做', () => {
  const database = useDatabase();

  it('新库到零点再做；库有一天了还没做过的、上次已过一天的，马上做', async () => {
    const now = systemClock.now();
    const later = (hours: number) => new Date(now.getTime() + hours * hour);
    await database().transaction(async (transaction) => {
      expect(await nextRun(transaction, now, undefined)).to.deep.equal(tonight(now));
      expect(await nextRun(transaction, later(25), undefined)).to.deep.equal(later(25));
      expect(await nextRun(transaction, later(25), later(2))).to.deep.equal(tonight(later(25)));
      expect(await nextRun(transaction, later(25), later(1))).to.deep.equal(later(25));
    });
  });
});

/** A program with a wrong clock would fire too early or too late, so it gets a warning. */
import { expect } from 'chai';
import { createClockWatch, createScheduler } from '../../../src/engine/index.js';
import { systemClock, type Clock } from '../../../src/kernel/index.js';
import { useDatabase } from '../../support/database.js';

const minute = 60_000;

describe('程序时钟与数据库时钟', () => {
  const database = useDatabase();

  /** The real time plus an offset that the test changes. */
  const wrongClock = (wrongBy: number) => {
    let offset = wrongBy;
    const clock: Clock = {
      now: () => new Date(systemClock.now().getTime() + offset),
      sleep: () => Promise.resolve(),
    };
    return { clock, advance: (milliseconds: number) => void (offset += milliseconds) };
  };

  it('程序快一小时：量得数据库慢一小时，超过容许', async () => {
    const { clock } = wrongClock(60 * minute);
    const skew = await createClockWatch({ database: database(), clock }).look();
    expect(skew.milliseconds).to.be.within(-61 * minute, -59 * minute);
    expect(skew.excessive).to.equal(true);
  });

  it('偏差在容许之内不算过大', async () => {
    const { clock } = wrongClock(60 * minute);
    const watch = createClockWatch({ database: database(), clock, tolerance: 120 * minute });
    expect((await watch.look()).excessive).to.equal(false);
  });

  it('一分钟之内不再量；过了一分钟，或者时钟被往回拨，再量一次', async () => {
    const { clock, advance } = wrongClock(0);
    const watch = createClockWatch({ database: database(), clock });
    const first = await watch.look();
    expect(await watch.look()).to.equal(first);
    advance(minute);
    const second = await watch.look();
    expect(second).not.to.equal(first);
    advance(-10 * minute);
    expect((await watch.look()).milliseconds).to.be.within(8 * minute, 10 * minute);
  });

  it('调度每一轮都看，过大的每次测量只告诉一遍', async () => {
    const { clock, advance } = wrongClock(60 * minute);
    const stopping = new AbortController();
    const told: number[] = [];
    let rounds = 0;
    await createScheduler({
      clock,
      clockWatch: createClockWatch({ database: database(), clock }),
      executor: {
        startDue: () => Promise.resolve(0),
        spreadSignal: () => Promise.resolve(0),
        fireDue: () => {
          rounds += 1;
          if (rounds === 3) advance(minute);
          if (rounds === 6) stopping.abort();
          return Promise.resolve(0);
        },
      },
      onError: (error) => {
        throw error;
      },
      onSkew: ({ milliseconds }) => told.push(milliseconds),
    }).run(stopping.signal);
    expect(told).to.have.length(2);
  });
});

/**
 * A program for tests and measurements: the scheduler's loop on the real executor, with a clock
 * that runs faster than the real one and stops at its end. It reports to its parent how many cases
 * each round advanced.
 */
import { createScheduler } from '../../src/engine/index.js';
import { systemClock, type Clock } from '../../src/kernel/index.js';
import { openSystem } from '../../src/main.js';

export interface SchedulerOrder {
  readonly url: string;
  readonly applicationName: string;
  readonly batch: number;
  /** The clock shows `from` at the real instant `origin` (ISO 8601) and runs `speed` times as fast until `to`. */
  readonly clock: {
    readonly origin: string;
    readonly from: string;
    readonly to: string;
    readonly speed: number;
  };
}

export type SchedulerReport =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'round';
      readonly advanced: number;
      readonly milliseconds: number;
      readonly clockAtEnd: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string };

const order = JSON.parse(process.argv[2] ?? '{}') as SchedulerOrder;
const instants = [order.clock.origin, order.clock.from, order.clock.to].map((text) => Date.parse(text));
const [origin = 0, from = 0, to = 0] = instants;
const clock: Clock = {
  now: () => new Date(Math.min(to, from + (systemClock.now().getTime() - origin) * order.clock.speed)),
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
};
const tell = (report: SchedulerReport): void => void process.send?.(report);

const system = await openSystem({ clock, applicationName: order.applicationName, url: order.url });
const stopping = new AbortController();
// If its parent has ended or released it, it ends after the present round.
process.once('disconnect', () => stopping.abort());
tell({ kind: 'ready' });
await createScheduler({
  executor: {
    ...system.executor,
    fireDue: async (limit) => {
      const clockAtEnd = clock.now().getTime() === to;
      const from = systemClock.now().getTime();
      const advanced = await system.executor.fireDue(limit);
      const milliseconds = systemClock.now().getTime() - from;
      if (process.connected) tell({ kind: 'round', advanced, milliseconds, clockAtEnd });
      return advanced;
    },
  },
  clock,
  batch: order.batch,
  pause: 100,
  onError: (error) => {
    if (process.connected) tell({ kind: 'failed', message: String(error) });
  },
}).run(stopping.signal);
await system.close();

/**
 * A city's open cases, created by the real executor: dispatched to a unit that never acts. Each
 * initially has five open deadlines (return limit, reminder, yellow card, reply limit, red card)
 * and a valid chain.
 */
import type { Executor } from '#src/engine/index.js';
import type { JsonObject } from '#src/kernel/index.js';

export const deadlinesPerCase = 5;

const facts: JsonObject = {
  channel: 'phone',
  kind: 'help',
  wishesReply: true,
  confidential: false,
  district: null,
  place: null,
  dispatchBasis: 'duty',
};

export interface OpenCases {
  readonly count: number;
  /** Cases get the keys `prefix-0`, `prefix-1`, …; requires the deployed processes. */
  readonly prefix: string;
  /** Dispatch of all of them. */
  readonly at: Date;
  /** Units, in turn; default: one unit. */
  readonly units?: readonly string[];
}

const batch = 200;
/** Concurrent transactions, so that program and database work at the same time. */
const underWay = 3;

export async function openCases(
  executor: Executor,
  { count, prefix, at, units = ['市城管局'] }: OpenCases,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const first = next;
      next = Math.min(count, first + batch);
      await executor.execute(
        Array.from({ length: next - first }, (_, offset) => ({
          kind: 'start' as const,
          businessKey: `${prefix}-${first + offset}`,
          process: 'handling',
          realm: 'live' as const,
          at,
          variables: { ...facts, unit: units[(first + offset) % units.length] ?? '' },
        })),
      );
    }
  };
  await Promise.all(Array.from({ length: underWay }, work));
}

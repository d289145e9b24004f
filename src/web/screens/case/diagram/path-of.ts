/** Processes of a case from its trail: elements entered, and elements with tokens. */
import type { Output } from '../../../api/client.js';

type Order = Output<'readWorkOrder'>;

export interface CasePath {
  readonly instance: number;
  readonly process: string;
  readonly version: number;
  readonly name: string;
  readonly waiting: readonly string[];
  readonly passed: readonly string[];
}

export function pathOf(order: Pick<Order, 'trail' | 'processes'>): readonly CasePath[] {
  const ways = new Map<number, CasePath>();
  for (const { step, names } of order.trail) {
    if (!step) continue;
    const { instance, process, version } = step;
    const running = order.processes.find((one) => one.instance === instance);
    ways.set(instance, {
      instance,
      process,
      version,
      name: running?.name ?? ways.get(instance)?.name ?? names[process] ?? process,
      waiting: running ? step.waiting : [],
      passed: [...(ways.get(instance)?.passed ?? []), ...step.entered],
    });
  }
  return [...ways.values()].sort((one, other) => one.instance - other.instance);
}

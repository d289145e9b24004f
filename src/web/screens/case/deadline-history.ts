/** All deadlines of a case, from its trail: start, due instant, end. */
import type { Output } from '../../api/shapes.js';
import type { Derivation } from './derivation.js';

type Order = Output<'readWorkOrder'>;
type Entry = Order['trail'][number];

export interface DeadlineLife {
  readonly key: string;
  readonly name: string;
  readonly element: string;
  readonly instance: number;
  readonly level: string | null;
  /** In milliseconds. */
  readonly start: number;
  readonly due: number;
  readonly dueDate: string;
  /** While paused, `due` is only the current end of its line. */
  readonly paused: boolean;
  readonly provisional: boolean;
  readonly derivation: Derivation;
  /** running: armed, not due; fired: fell due; done: withdrawn before it was due. */
  readonly state: 'running' | 'fired' | 'done';
  /** Milliseconds; undefined while it runs. */
  readonly stopped: number | undefined;
}

/** By due instant. */
export function deadlineHistory(
  order: Pick<Order, 'trail' | 'deadlines' | 'startedAt'>,
): readonly DeadlineLife[] {
  const past = new Map<string, DeadlineLife>();
  for (const entry of order.trail) endAndBegin(entry, past);
  const last = order.trail.at(-1)?.at ?? order.startedAt;
  const running = order.deadlines.map((open): DeadlineLife => ({
    key: keyOf(open.instance, open.element),
    name: open.name,
    element: open.element,
    instance: open.instance,
    level: open.level,
    start: Date.parse(open.startedAt),
    due: Date.parse(open.due ?? last),
    dueDate: open.dueDate ?? '',
    paused: open.paused,
    provisional: open.provisional,
    derivation: open.derivation,
    state: 'running',
    stopped: undefined,
  }));
  for (const { key } of running) past.delete(key);
  return [...past.values(), ...running].sort((one, other) => one.due - other.due || one.start - other.start);
}

const keyOf = (instance: number, element: string): string => `${instance} ${element}`;

function endAndBegin(entry: Entry, lives: Map<string, DeadlineLife>): void {
  const { step } = entry;
  if (!step) return;
  const { instance } = step;
  const at = Date.parse(entry.at);
  const end = (element: string, state: DeadlineLife['state']): void => {
    const life = lives.get(keyOf(instance, element));
    if (!life || life.state !== 'running') return;
    lives.set(life.key, { ...life, state, stopped: at, level: entry.levels.at(-1) ?? life.level });
  };
  if (step.fired !== null) end(step.fired, 'fired');
  for (const element of step.withdrawn) end(element, 'done');
  for (const { element, startedAt, due, dueDate, provisional, derivation } of step.armed) {
    const key = keyOf(instance, element);
    lives.set(key, {
      key,
      name: entry.names[element] ?? element,
      element,
      instance,
      level: null,
      start: Date.parse(startedAt),
      due: Date.parse(due ?? entry.at),
      dueDate: dueDate ?? '',
      paused: due === null,
      provisional,
      derivation,
      state: 'running',
      stopped: undefined,
    });
  }
}

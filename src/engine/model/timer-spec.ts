/** Reads a timer of the diagram for both runtimes, so that deadlines are the same on either. */
import { Refusal } from '../../kernel/refusal.js';
import type { TimerSpec } from '../../kernel/timer-spec.js';
import { duty, type EventDefinition } from './bpmn-types.js';
import { limitReference } from './limit-reference.js';

const kinds = [
  ['timeDuration', 'duration'],
  ['timeDate', 'date'],
  ['timeCycle', 'cycle'],
] as const;

export interface TimerReading {
  /** Id of the timer's event, for messages. */
  readonly event: string;
  readonly timer: EventDefinition;
  /** The timer on another event of the same diagram, for `duty:before` and `duty:after`. */
  timerOn(event: string): EventDefinition | undefined;
  /** Evaluates a FEEL text (without the leading `=`). */
  evaluate(text: string): unknown;
}

/**
 * Reads a timer: its ISO 8601 text, with FEEL evaluated, and its `duty:` attributes.
 *
 * @throws {Refusal} `timer.invalid` if there is no text, FEEL yields none, or `before`/`after` leads to an event
 * without a timer or in a circle; `expression.invalid` from FEEL
 */
export function timerSpec(reading: TimerReading, seen: readonly string[] = []): TimerSpec {
  const { event, timer } = reading;
  const found = kinds.find(([property]) => timer[property]?.body !== undefined);
  if (!found) throw invalid('定时事件没有写时长、日期或周期。', event);
  const [property, kind] = found;
  const written = timer[property]?.body ?? '';
  const reference = limitReference(written);
  const policy = duty(timer, 'policy');
  const relative = relation(reading, [...seen, event]);
  return {
    kind,
    text: reference ? written.trim() : textOf(written, reading),
    unit: duty(timer, 'unit') === 'working-days' ? 'working-days' : 'natural',
    edge: duty(timer, 'edge') === 'start' ? 'start' : 'end',
    ...(policy === undefined ? {} : { policy }),
    ...(reference ? { limit: reference.clock } : {}),
    ...(reference?.stricter === undefined ? {} : { stricter: reference.stricter }),
    ...(relative === undefined ? {} : { relative }),
  };
}

/** How often a cycle fires: `R3/…` three times, `R/…` without end; without a number, once. */
export function repetitions({ kind, text }: TimerSpec): number {
  const [, count] = /^R(\d*)\//.exec(text) ?? [];
  if (kind !== 'cycle' || count === undefined) return 1;
  return count === '' ? Infinity : Number(count);
}

/** The event of the limit that the timer ultimately depends on; undefined if none. */
export function limitOf({ relative }: TimerSpec): string | undefined {
  return relative && (limitOf(relative.to) ?? relative.of);
}

function textOf(source: string, reading: TimerReading): string {
  const text = source.trim();
  if (!text.startsWith('=')) return text;
  const value = reading.evaluate(text);
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`定时表达式“${text}”没有得出时长或日期。`, reading.event);
}

function relation(reading: TimerReading, seen: readonly string[]): TimerSpec['relative'] {
  for (const direction of ['before', 'after'] as const) {
    const event = duty(reading.timer, direction);
    if (event === undefined) continue;
    const timer = reading.timerOn(event);
    if (!timer) throw invalid(`duty:${direction} 所指的 ${event} 上没有定时器。`, reading.event);
    if (seen.includes(event)) throw invalid(`duty:${direction} 绕了一圈又回到 ${event}。`, reading.event);
    return { direction, of: event, to: timerSpec({ ...reading, event, timer }, seen) };
  }
  return undefined;
}

function invalid(detail: string, where: string): Refusal {
  return new Refusal('timer.invalid', detail, { where, remedy: '请在流程图中改正该定时事件后重新部署。' });
}

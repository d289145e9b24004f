import { repetitions } from '../../model/timer-spec.js';
import type { Activity, Broker, Message } from './library.js';
import { sessionOf } from './session.js';
import type { TimerSpec } from '../../../kernel/timer-spec.js';

/** State of a cycle: firings left after this one (null: no end), and firings before it. */
interface Cycle {
  readonly left: number | null;
  readonly fired: number;
}

/**
 * Replaces the library's timer: announces that it is armed and waits to be fired from outside. Reads no clock and
 * starts no timer; only the row in the deadline table determines the instant.
 */
export class RecordedTimer {
  readonly type = 'bpmn:TimerEventDefinition';
  readonly #activity: Activity;
  readonly #broker: Broker;
  #message: Message | undefined;

  constructor(activity: Activity) {
    this.#activity = activity;
    this.#broker = activity.broker;
  }

  execute(message: Message): void {
    const { content, fields } = message;
    this.#message = message;
    this.#broker.subscribeTmp('api', `activity.#.${content.executionId}`, this.#onApi.bind(this), {
      noAck: true,
      consumerTag: `_api-${content.executionId}`,
      priority: 400,
    });
    if (fields.redelivered === true) return;

    const session = sessionOf(this.#activity.environment);
    const spec = session.timerSpec(this.#activity.id, this.#activity.environment);
    const cycle = cycleOf(message, spec);
    session.armed.set(content.executionId ?? '', { spec, fired: cycle.fired });
    this.#message = { ...message, content: { ...content, cycle } };
    // The library stores an execution's last message in its state; this one carries the cycle.
    this.#broker.publish('execution', 'execute.timer', { ...content, cycle });
    this.#broker.publish('event', 'activity.timer', { ...content, cycle });
  }

  /** Announces its duration again without changing the timer. */
  tell(): void {
    const { executionId = '', cycle } = this.#message?.content ?? {};
    const spec = sessionOf(this.#activity.environment).timerSpec(
      this.#activity.id,
      this.#activity.environment,
    );
    sessionOf(this.#activity.environment).armed.set(executionId, { spec, fired: (cycle as Cycle).fired });
  }

  /** The timer has fallen due. */
  fire(): void {
    const content = this.#message?.content ?? {};
    this.#stop();
    this.#broker.publish('event', 'activity.timeout', content);
    const { left, fired } = content['cycle'] as Cycle;
    if (left === null || left > 0) {
      const repeat: Cycle = { left: left === null ? null : left - 1, fired: fired + 1 };
      this.#broker.publish('execution', 'execute.repeat', { ...content, repeat });
    }
    this.#broker.publish('execution', 'execute.completed', { ...content, state: 'timeout' });
  }

  #onApi(_key: string, { content, properties }: Message): void {
    if (properties.type === 'stop') this.#stop();
    if (properties.type !== 'discard') return;
    this.#stop();
    this.#broker.publish('execution', 'execute.discard', {
      ...(this.#message?.content ?? content),
      state: 'discard',
    });
  }

  #stop(): void {
    this.#broker.cancel(`_api-${this.#message?.content.executionId}`);
  }
}

/** The library enters a repeating boundary event again, with the `repeat` published here. */
function cycleOf({ content }: Message, spec: TimerSpec): Cycle {
  const repeat = content.inbound?.[0]?.['repeat'];
  if (repeat !== undefined) return repeat as Cycle;
  const times = repetitions(spec);
  return { left: times === Infinity ? null : times - 1, fired: 0 };
}

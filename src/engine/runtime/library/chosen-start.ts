import type { Activity, Broker, Message } from './library.js';
import { sessionOf } from './session.js';

/** The trigger of a start event: the one that the caller has chosen passes, the others are discarded. */
export class ChosenStart {
  readonly type = 'bpmn:ChosenStart';
  readonly #activity: Activity;
  readonly #broker: Broker;

  constructor(activity: Activity) {
    this.#activity = activity;
    this.#broker = activity.broker;
  }

  execute({ content }: Message): void {
    const chosen = sessionOf(this.#activity.environment).startEvent(this.#activity.parent.id);
    const outcome = chosen === this.#activity.id ? 'completed' : 'discard';
    this.#broker.publish('execution', `execute.${outcome}`, content);
  }
}

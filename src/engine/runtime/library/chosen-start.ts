import type { Activity, Broker, Message } from './library.js';
import { sessionOf } from './session.js';

/**
 * The trigger of a start event, as far as a run is concerned: the caller has said which start event occurred, so
 * that one passes and the others are given up.
 */
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

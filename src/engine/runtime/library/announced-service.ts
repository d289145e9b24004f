import type { Activity, Message } from './library.js';
import { sessionOf, type Answer } from './session.js';

/** The library's service for service, send and business rule tasks: waits for the result from outside. */
export class AnnouncedService {
  readonly #activity: Activity;
  readonly #execution: string;

  constructor(activity: Activity, { content }: Message) {
    this.#activity = activity;
    this.#execution = content.executionId ?? '';
  }

  /** Called on entering the task, and again in every later step when its run is resumed. */
  execute(_message: Message, answer: Answer): void {
    sessionOf(this.#activity.environment).services.set(this.#execution, answer);
  }

  stop(): void {
    sessionOf(this.#activity.environment).services.delete(this.#execution);
  }

  discard(): void {
    this.stop();
  }
}

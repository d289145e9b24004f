import { library, type Activity, type EventDefinition, type Message } from './library.js';

interface MessageEvent extends EventDefinition {
  executeThrow(message: Message): void;
}

const LibraryMessage = library['MessageEventDefinition'] as new (
  activity: Activity,
  definition: object,
  context: object,
) => MessageEvent;

/**
 * A message is for other instances and is delivered by the caller of the step; the library would also deliver it to its
 * own catch events. Catching is left to the library.
 */
export class ThrownMessage extends LibraryMessage {
  readonly #activity: Activity;

  constructor(activity: Activity, definition: object, context: object) {
    super(activity, definition, context);
    this.#activity = activity;
  }

  override executeThrow({ content }: Message): void {
    const { broker, id, type } = this.#activity;
    broker.publish('event', 'activity.message-sent', { id, type, message: this.reference }, { type: 'sent' });
    broker.publish('execution', 'execute.completed', content);
  }
}

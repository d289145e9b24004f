/**
 * Our replacements of the library's own parts: nothing happens automatically, and everything that
 * happens is reported.
 */
import { library, type Activity, type Broker, type EventDefinition, type Message } from './library.js';
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

const SequenceFlow = library['SequenceFlow'] as new (flow: object, context: object) => object;

/**
 * A sequence flow that publishes only when a token takes it. The library's own flow announces every discarded path to
 * all elements behind it, which a parallel join counts as an arrival; and before a run with several starts it explores
 * every path, to discard the others once one reaches an end. BPMN has neither (13.4.1, 13.2).
 */
export class TakenFlow extends SequenceFlow {
  discard(): void {
    // Without a token there is nothing to announce. In large diagrams the announcements took most
    // of a second.
  }

  shake(): void {
    // Elements behind an untaken flow are not discarded.
  }
}

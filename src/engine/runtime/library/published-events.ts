/** Translates what the library publishes during a step into events of the runtime interface. */
import { Refusal } from '../../../kernel/refusal.js';
import type { StepEvent } from '../interface.js';
import type { Compiled } from './compile.js';
import { isLinkFlow } from './links.js';
import type { Content, LibraryDefinition, Message } from './library.js';

type Thrown = Extract<StepEvent, { kind: 'thrown' }>;

const thrown: { readonly [routingKey: string]: Thrown['what'] } = {
  'activity.message-sent': 'message',
  'activity.signal': 'signal',
  'activity.escalate': 'escalation',
  'activity.throw': 'error',
  'activity.compensate': 'compensation',
};

/** Most activities entered in one step; an endless loop exceeds this. */
const mostEntered = 2000;

export class PublishedEvents {
  readonly events: StepEvent[] = [];
  /** Set when a terminate end event of the main process was reached. */
  terminated = false;
  /** The error that ended the instance. */
  failure: Content['error'];
  #entered = 0;
  #last = '';
  readonly #caught = new Set<string>();

  constructor(
    definition: LibraryDefinition,
    private readonly compiled: Compiled,
    private readonly process: string,
    private readonly onRefusal: (refusal: Refusal) => void,
  ) {
    const listen = (key: string, message: Message): void => this.#hear(key, message.content);
    definition.broker.subscribeTmp('event', '#', listen, { noAck: true, consumerTag: 'heard' });
  }

  /** Events in order. Whether something thrown was caught is known only at the end. */
  told(): readonly StepEvent[] {
    return this.events.map((event) =>
      event.kind === 'thrown' && event.what !== 'message'
        ? { ...event, caught: this.#caught.has(event.name) }
        : event,
    );
  }

  #hear(key: string, content: Content): void {
    const { id: element = '', executionId: token = '' } = content;
    switch (key) {
      case 'activity.enter':
        this.#count(element);
        if (!this.#isBoundary(element)) this.events.push({ kind: 'entered', element, token });
        break;
      case 'activity.end':
        if (this.#isBoundary(element)) this.events.push({ kind: 'entered', element, token });
        this.events.push({ kind: 'left', element, token });
        break;
      case 'flow.take':
        if (!isLinkFlow(element)) this.events.push({ kind: 'taken', flow: element });
        break;
      case 'activity.catch':
      case 'activity.consumed':
        this.#caught.add(this.#nameOf(content.message ?? (content.error as Content | undefined)));
        break;
      case 'process.terminate':
        if (content.parent?.id === this.process) this.terminated = true;
        break;
      case 'activity.error':
        this.#refuseOwnError(content);
        break;
      case 'definition.error':
        this.failure = content.error ?? {};
        break;
      default: {
        const what = thrown[key];
        if (what)
          this.events.push({
            kind: 'thrown',
            what,
            name: this.#nameOf(content.message),
            element,
            caught: false,
          });
      }
    }
  }

  /** The library continues by recursion: an endless loop runs up to our limit or a stack overflow. */
  endless(): Refusal {
    return new Refusal('flow.endless', `流程在 ${this.#last} 附近循环不止，中间没有可以停下的环节。`, {
      where: this.#last,
      remedy: '请在循环里放一个任务或等待事件。',
    });
  }

  #count(element: string): void {
    this.#last = element;
    if (++this.#entered <= mostEntered) return;
    const endless = this.endless();
    this.onRefusal(endless);
    throw endless;
  }

  /** Errors of the library itself, which it would otherwise hand to error events of the diagram. */
  #refuseOwnError({ id = '', error }: Content): void {
    if (error?.message?.includes('call stack') === true) this.onRefusal(this.endless());
    if (error?.message?.includes('no conditional flow taken') !== true) return;
    this.onRefusal(
      new Refusal('flow.no-way-out', `${id} 的所有出口条件都不成立，也没有默认出口。`, {
        where: id,
        remedy: '请检查条件所用的变量，或在流程图中设一个默认出口。',
      }),
    );
  }

  #isBoundary(element: string): boolean {
    return this.compiled.elements.get(element)?.type === 'bpmn:BoundaryEvent';
  }

  #nameOf(reference: Content | undefined): string {
    const behaviour = this.compiled.elements.get(reference?.id ?? '')?.behaviour;
    const code = behaviour?.['errorCode'] ?? behaviour?.['escalationCode'];
    return typeof code === 'string' ? code : (reference?.name ?? '');
  }
}

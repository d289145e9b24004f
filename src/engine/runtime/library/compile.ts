/** Compiles a definition for the library, once; shared by all steps, not part of any state. */
import { Refusal } from '../../../kernel/refusal.js';
import {
  isContainer,
  isFlowNode,
  type BpmnElement,
  type EventDefinition,
  type FlowNode,
  type Process,
} from '../../model/bpmn-types.js';
import { outputItemOf, scopeOf } from '../../model/scope.js';
import type { Definition } from '../interface.js';
import { adapt } from './adapt.js';
import { Engine, type Behaviour, type SourceContext, type SourceElement } from './library.js';
import { moddleContext } from './moddle.js';
import { ChosenStart, TakenFlow, ThrownMessage } from './parts.js';
import { RecordedTimer } from './recorded-timer.js';

export interface Compiled {
  readonly source: SourceContext;
  /** Timers by the id of the event that carries them. */
  readonly timers: ReadonlyMap<string, EventDefinition>;
  /** Ids of the start events by process. */
  readonly starts: ReadonlyMap<string, readonly string[]>;
  /** The default start event: the none start event, else the only one. */
  readonly defaultStarts: ReadonlyMap<string, string>;
  /** All referenced elements by id: activities, messages, signals, errors, escalations. */
  readonly elements: ReadonlyMap<string, SourceElement>;
}

/** Replacements of the library's own classes. */
const elements = {
  ChosenStart,
  MessageEventDefinition: ThrownMessage,
  SequenceFlow: TakenFlow,
  TimerEventDefinition: RecordedTimer,
};

const compilations = new WeakMap<Definition, Compiled>();

/** @throws {Refusal} `definition.unsupported` for an element unknown to the library */
export function compile(definition: Definition): Compiled {
  const known = compilations.get(definition);
  if (known) return known;
  const compiled = readable(definition);
  compilations.set(definition, compiled);
  return compiled;
}

/** The library reports unknown elements in its own words, or fails on them. */
function readable(definition: Definition): Compiled {
  try {
    return read(definition);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal('definition.unsupported', `bpmn-engine 读不了这张图：${detail}。`, {
      cause,
    });
  }
}

function read(definition: Definition): Compiled {
  const diagrams = new Set(definitionsReached(definition).map(({ diagram }) => diagram));
  const roots = [...diagrams].flatMap(({ root }) => root.rootElements ?? []);
  const starts = startEvents(roots);
  const chosen = new Set<string>();
  const defaultStarts = new Map<string, string>();
  for (const [process, events] of starts) {
    const plain =
      events.find((event) => !isTriggered(event)) ?? (events.length === 1 ? events[0] : undefined);
    if (plain) defaultStarts.set(process, idOf(plain));
    // The library would wait at every start event at once; here the caller chooses one.
    if (events.length > 1 || events.some(isTriggered)) for (const event of events) chosen.add(idOf(event));
  }
  const timers = new Map<string, EventDefinition>();
  collectTimers(roots, timers);
  const source = sourceOf(
    [...diagrams].map(({ root }) => root),
    (behaviour) => {
      adapt(behaviour);
      if (!chosen.has(behaviour.id ?? '')) return;
      behaviour.eventDefinitions = [{ type: 'bpmn:ChosenStart', behaviour: {} }];
    },
  );
  return {
    source,
    timers,
    starts: new Map([...starts].map(([process, events]) => [process, events.map(idOf)])),
    defaultStarts,
    elements: new Map(source.getActivities().map((element) => [element.id, element])),
  };
}

/** The definition and everything it reaches through call activities, itself first. */
function definitionsReached(definition: Definition): readonly Definition[] {
  const reached = new Map([[definition.key, definition]]);
  for (const { called } of reached.values()) {
    for (const [key, other] of called) if (!reached.has(key)) reached.set(key, other);
  }
  return [...reached.values()];
}

/** The library's parsed definition, reused by the engine of every step. */
function sourceOf(diagrams: readonly object[], extendFn: (behaviour: Behaviour) => void): SourceContext {
  const context = moddleContext(diagrams);
  const engine = new Engine({ moddleContext: context, elements, extendFn });
  const [definition] = engine.recover({ definitions: [{ id: context.rootElement.id }] }).execution
    .definitions;
  const { source } = definition.environment.options;
  if (!source) throw new Error('the engine has read nothing');
  return source;
}

function startEvents(roots: readonly BpmnElement[]): ReadonlyMap<string, readonly FlowNode[]> {
  const processes = roots.filter((root): root is Process => root.$type === 'bpmn:Process');
  return new Map(
    processes.map((process) => [idOf(process), (process.flowElements ?? []).filter(isStartEvent)]),
  );
}

function isStartEvent(element: BpmnElement): element is FlowNode {
  return element.$type === 'bpmn:StartEvent';
}

function isTriggered({ eventDefinitions = [] }: FlowNode): boolean {
  return eventDefinitions.length > 0;
}

function collectTimers(elements: readonly BpmnElement[], timers: Map<string, EventDefinition>): void {
  for (const element of elements) {
    if (isContainer(element)) collectTimers(element.flowElements ?? [], timers);
    if (!isFlowNode(element)) continue;
    if (scopeOf(element) || outputItemOf(element)) throw ownVariables(idOf(element));
    const timer = element.eventDefinitions?.find(({ $type }) => $type === 'bpmn:TimerEventDefinition');
    if (timer) timers.set(idOf(element), timer);
  }
}

function idOf({ id = '' }: { readonly id?: string }): string {
  return id;
}

function ownVariables(where: string): Refusal {
  return new Refusal('definition.unsupported', `bpmn-engine 不认得 ${where} 自己的变量、逐份收集的结果`, {
    where,
  });
}

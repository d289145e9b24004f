/**
 * Describes a definition to the library, once; every step shares the description, no state holds any of it.
 * Expressions are marked on the way, so that the library hands FEEL to us and leaves names alone.
 */
import { Refusal } from '../../../kernel/refusal.js';
import { isContainer, isFlowNode, type BpmnElement, type EventDefinition } from '../../model/bpmn-types.js';
import { definitionsReached } from './called.js';
import { ChosenStart } from './chosen-start.js';
import {
  library,
  serialization,
  type Serialized,
  type SerializedContext,
  type SerializedElement,
} from './elements.js';
import { mark } from './expressions.js';
import { merge } from './merge.js';
import { isElement, moddleContext } from './moddle.js';
import { AnnouncedService } from './announced-service.js';
import { RecordedTimer } from './recorded-timer.js';
import { ThrownMessage } from './thrown-message.js';
import type { Definition } from '../door.js';

export interface Compiled {
  readonly serialized: SerializedContext;
  /** Timers by the id of the event that carries them. */
  readonly timers: ReadonlyMap<string, EventDefinition>;
  /** Ids of the start events by process. */
  readonly starts: ReadonlyMap<string, readonly string[]>;
  /** The start event taken when nobody chose one: the none start event, else the only one. */
  readonly defaultStarts: ReadonlyMap<string, string>;
  /** Everything by id: activities, messages, signals, errors, escalations. */
  readonly elements: ReadonlyMap<string, SerializedElement>;
}

const compilations = new WeakMap<Definition, Compiled>();

/** @throws {Refusal} `definition.unsupported` for an element that the library does not know */
export function compile(definition: Definition): Compiled {
  const known = compilations.get(definition);
  if (known) return known;
  const compiled = describable(definition);
  compilations.set(definition, compiled);
  return compiled;
}

const resolve = serialization.TypeResolver({
  ...library,
  TimerEventDefinition: RecordedTimer,
  MessageEventDefinition: ThrownMessage,
  ChosenStart,
});

function describe(definition: Definition): Compiled {
  const diagrams = new Set(definitionsReached(definition).map(({ diagram }) => diagram));
  const serialized = merge([...diagrams].map((diagram) => serialization.map(moddleContext(diagram.root))));
  const starts = startEvents(serialized);
  const defaultStarts = new Map<string, string>();
  for (const [process, events] of starts) {
    const chosen =
      events.find((event) => triggersOf(event).length === 0) ?? (events.length === 1 ? events[0] : undefined);
    if (chosen) defaultStarts.set(process, chosen.id);
    if (events.length > 1 || events.some((event) => triggersOf(event).length > 0)) events.forEach(beChosen);
  }
  serialized.sequenceFlows.forEach(markCondition);
  serialized.activities.forEach(markActivity);

  const timers = new Map<string, EventDefinition>();
  for (const { root } of diagrams) collectTimers(root.rootElements ?? [], timers);
  return {
    serialized: serialization.deserialize(serialized, resolve),
    timers,
    starts: new Map([...starts].map(([process, events]) => [process, events.map(({ id }) => id)])),
    defaultStarts,
    elements: new Map(serialized.activities.map((element) => [element.id, element])),
  };
}

/** The serializer and the library tell of what they do not know in their own words, or stumble over it. */
function describable(definition: Definition): Compiled {
  try {
    return describe(definition);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal('definition.unsupported', `bpmn-engine 读不了这张图:${detail}。`, {
      remedy: '请改用默认的 token 运行时,或从图中去掉该元素。',
      cause,
    });
  }
}

function startEvents({ activities, processes }: Serialized): Map<string, SerializedElement[]> {
  return new Map(
    processes.map(({ id }) => [
      id,
      activities.filter(({ type, parent }) => type === 'bpmn:StartEvent' && parent?.id === id),
    ]),
  );
}

function triggersOf({ behaviour }: SerializedElement): readonly unknown[] {
  const triggers = behaviour['eventDefinitions'];
  return Array.isArray(triggers) ? triggers : [];
}

/** The library would wait at every start event at once; here the caller says which event occurred. */
function beChosen(event: SerializedElement): void {
  event.behaviour = { ...event.behaviour, eventDefinitions: [{ type: 'bpmn:ChosenStart', behaviour: {} }] };
}

function markCondition(flow: SerializedElement): void {
  const condition = flow.behaviour['conditionExpression'];
  if (!isElement(condition)) return;
  const { conditionExpression: _marked, ...behaviour } = flow.behaviour;
  const body = typeof condition['body'] === 'string' ? condition['body'].trim() : '';
  flow.behaviour = {
    ...behaviour,
    ...(body === '' ? {} : { conditionExpression: { body: mark('condition', body, flow.id) } }),
  };
}

function markActivity(activity: SerializedElement): void {
  const { loopCharacteristics, eventDefinitions, implementation: _remote, ...behaviour } = activity.behaviour;
  activity.behaviour = {
    ...behaviour,
    ...(calling.has(activity.type) ? { Service: AnnouncedService } : {}),
    ...(isPart(loopCharacteristics)
      ? { loopCharacteristics: markLoop(loopCharacteristics, activity.id) }
      : {}),
    ...(Array.isArray(eventDefinitions)
      ? { eventDefinitions: eventDefinitions.map((part: unknown) => markTrigger(part, activity.id)) }
      : {}),
  };
}

const calling = new Set(['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask']);

interface Part {
  readonly type: string;
  readonly behaviour: Record<string, unknown>;
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'behaviour' in value;
}

function markLoop(loop: Part, where: string): Part {
  const { loopCardinality, completionCondition, loopCondition, collection, item, ...rest } = loop.behaviour;
  return {
    ...loop,
    behaviour: {
      ...rest,
      ...(typeof loopCardinality === 'string'
        ? { loopCardinality: mark('count', loopCardinality, where) }
        : {}),
      ...(typeof completionCondition === 'string'
        ? { completionCondition: mark('condition', completionCondition, where) }
        : {}),
      ...(typeof loopCondition === 'string'
        ? { loopCondition: mark('condition', loopCondition, where) }
        : {}),
      ...(typeof collection === 'string' ? { collection: mark('list', collection, where) } : {}),
      elementVariable: `item:${typeof item === 'string' ? item : 'item'}`,
    },
  };
}

function markTrigger(trigger: unknown, where: string): unknown {
  if (!isPart(trigger) || typeof trigger.behaviour['expression'] !== 'string') return trigger;
  const expression = mark('trigger', trigger.behaviour['expression'], where);
  return { ...trigger, behaviour: { ...trigger.behaviour, expression } };
}

function collectTimers(elements: readonly BpmnElement[], timers: Map<string, EventDefinition>): void {
  for (const element of elements) {
    if (isContainer(element)) collectTimers(element.flowElements ?? [], timers);
    if (!isFlowNode(element)) continue;
    const timer = element.eventDefinitions?.find(({ $type }) => $type === 'bpmn:TimerEventDefinition');
    if (timer) timers.set(element.id ?? '', timer);
  }
}

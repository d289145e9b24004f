/** An element's annotations for trail and worklists, read once from the moddle tree. */
import { limitReference } from './limit-reference.js';
import { listed, type Law } from '../../kernel/law.js';
import type { ParsedDiagram } from './parse.js';

export interface NormLink {
  readonly provision: string;
  readonly norm: string;
  readonly relation: string;
}

/** The deed of the regulation's vocabulary that the element is. */
export interface DeedLink {
  readonly name: string;
  /** `done`: on completion; `begun`: on entry. */
  readonly on: 'done' | 'begun';
  /** A FEEL condition; null: always. */
  readonly when: string | null;
  /** FEEL for each fact. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface FormField {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly evidence: boolean;
  /** True: only a unit below the one that holds the case. */
  readonly below?: boolean;
  /** True: the sheet named may be one that is still being handled. */
  readonly unfinished?: boolean;
  /** A list of the package whose entries follow the options (`optionsUnder`). */
  readonly list?: string;
  /** The answer if nobody is asked: at intake and in a replay. */
  readonly presumed?: string;
  /** The options in the diagram itself. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The diagram's own options, and those of the field's list in the law. */
export const optionsUnder = ({ list, options }: FormField, law: Law): FormField['options'] =>
  list === undefined ? options : [...options, ...listed(list, law)];

/** A condition over several answers of a form. */
interface FormRule {
  /** FEEL over the answers and the variables of the case. */
  readonly holds: string;
  readonly says: string;
  readonly provision: string | null;
}

export interface ElementAnnotation {
  readonly id: string;
  /** `bpmn:UserTask`, … */
  readonly type: string;
  readonly name: string;
  readonly level: string | null;
  readonly role: string | null;
  /** The handler that does a service task. */
  readonly handler: string | null;
  readonly notBy: readonly string[];
  /** Key of the decision table that proposes the form's answers. */
  readonly proposal: string | null;
  /** The message that the event catches or throws. */
  readonly catches: string | null;
  readonly throws: string | null;
  readonly norms: readonly NormLink[];
  readonly deeds: readonly DeedLink[];
  readonly form: readonly FormField[];
  readonly rules: readonly FormRule[];
  /** For a timer, the event it is ultimately counted from: itself, or the one that `before`/`after` leads to. */
  readonly countedFrom: string | null;
  /** The clock of the regulation that a timer measures, or that a service task moves. */
  readonly clock: string | null;
  /** A timer that is a limit of its own and checks a duty. */
  readonly isLimit: boolean;
}

export interface Annotations {
  readonly elements: readonly ElementAnnotation[];
  readonly element: (id: string) => ElementAnnotation | undefined;
  /** Timers counted from the event's, including its own. */
  readonly countedFrom: (event: string) => readonly string[];
  /** The timer event that measures the clock. */
  readonly timerOf: (clock: string) => string | undefined;
  /** Events that catch the message and declare a form for it (`duty:form`). */
  readonly told: (message: string) => ElementAnnotation | undefined;
  /** Message name → id of the start event that it triggers. */
  readonly messageStarts: ReadonlyMap<string, string>;
  /**
   * Start events of the process that a timer fires; `prepare`: the name of what the program
   * prepares for it, if anything.
   */
  readonly timerStarts: readonly { readonly event: string; readonly prepare: string | null }[];
  /** Signals between cases: the start events they trigger (name → id), other signals caught, and signals thrown. */
  readonly signals: {
    readonly starts: ReadonlyMap<string, string>;
    readonly caught: ReadonlySet<string>;
    readonly thrown: ReadonlySet<string>;
  };
  /** Process ids of call activities. */
  readonly calledKeys: readonly string[];
  /** Whether it has conditional events. */
  readonly hasConditions: boolean;
  /** Variables that each instance owns. */
  readonly own: readonly string[];
}

const throwing = new Set(['bpmn:EndEvent', 'bpmn:IntermediateThrowEvent', 'bpmn:SendTask']);

const noTimers: readonly string[] = [];

interface Node {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly flowElements?: readonly Node[];
  readonly eventDefinitions?: readonly (Node & { readonly messageRef?: Node; readonly signalRef?: Node })[];
  readonly calledElement?: string;
  /** Set on a send or receive task. */
  readonly messageRef?: Node;
  readonly extensionElements?: { readonly values?: readonly Node[] };
  readonly fields?: readonly Node[];
  readonly rules?: readonly Node[];
  readonly options?: readonly Node[];
  readonly facts?: readonly Node[];
  get(name: string): unknown;
}

export function annotate(diagram: ParsedDiagram, processId: string): Annotations {
  const process = ((diagram.root as { rootElements?: readonly Node[] }).rootElements ?? []).find(
    (element) => element.$type === 'bpmn:Process' && element.id === processId,
  );
  const elements = new Map<string, ElementAnnotation>();
  const messageStarts = new Map<string, string>();
  const timerStarts: { event: string; prepare: string | null }[] = [];
  const signals = { starts: new Map<string, string>(), caught: new Set<string>(), thrown: new Set<string>() };
  const calledKeys = new Set<string>();
  const told = new Map<string, string>();
  let hasConditions = false;
  const visit = (container: Node, topLevel: boolean): void => {
    for (const node of container.flowElements ?? []) {
      if (node.id !== undefined) elements.set(node.id, annotationOf(node, node.id));
      const caught = node.eventDefinitions?.find(({ messageRef }) => messageRef)?.messageRef?.name;
      if (caught !== undefined && node.id !== undefined && elements.get(node.id)?.form.length) {
        told.set(caught, node.id);
      }
      hasConditions ||= node.eventDefinitions?.some(isConditional) ?? false;
      if (node.calledElement) calledKeys.add(node.calledElement);
      const signal = farSignalOf(node);
      if (signal !== undefined) {
        if (throwing.has(node.$type)) signals.thrown.add(signal);
        else if (topLevel && node.$type === 'bpmn:StartEvent') signals.starts.set(signal, node.id ?? '');
        else signals.caught.add(signal);
      }
      if (topLevel && node.$type === 'bpmn:StartEvent' && node.id !== undefined) {
        const message = node.eventDefinitions?.find((event) => event.$type === 'bpmn:MessageEventDefinition');
        if (message?.messageRef?.name) messageStarts.set(message.messageRef.name, node.id);
        const timer = node.eventDefinitions?.find(isTimer);
        if (timer) timerStarts.push({ event: node.id, prepare: text(timer, 'duty:prepare') });
      }
      visit(node, false);
    }
  };
  if (process) visit(process, true);
  const timers = new Map<string, string[]>();
  const clocks = new Map<string, string>();
  for (const [id, element] of elements) {
    const root = rootOf(elements, id);
    if (root === null) continue;
    if (element.clock !== null) clocks.set(element.clock, id);
    elements.set(id, { ...element, countedFrom: root, isLimit: root === id && checksDuty(element) });
    timers.set(root, [...(timers.get(root) ?? []), id]);
  }
  return {
    elements: [...elements.values()],
    element: (id) => elements.get(id),
    countedFrom: (event) => timers.get(event) ?? noTimers,
    timerOf: (clock) => clocks.get(clock),
    told: (message) => elements.get(told.get(message) ?? ''),
    messageStarts,
    timerStarts,
    signals,
    calledKeys: [...calledKeys],
    hasConditions,
    own: process ? namesIn(process, 'duty:own') : [],
  };
}

/** The name of a signal that does not stay in its instance. */
function farSignalOf({ eventDefinitions, id }: Node): string | undefined {
  const signal = eventDefinitions?.find(({ signalRef }) => signalRef)?.signalRef;
  return signal === undefined || text(signal, 'duty:within') !== null
    ? undefined
    : (signal.name ?? signal.id ?? id);
}

const isTimer = ({ $type }: Node): boolean => $type === 'bpmn:TimerEventDefinition';

const isConditional = ({ $type }: Node): boolean => $type === 'bpmn:ConditionalEventDefinition';

const checksDuty = ({ norms }: ElementAnnotation): boolean =>
  norms.some(({ relation }) => relation === 'checks');

/** Follows `before` and `after` to the end; the lint refuses cycles. */
function rootOf(elements: ReadonlyMap<string, ElementAnnotation>, id: string): string | null {
  const next = elements.get(id)?.countedFrom ?? null;
  return next === null || next === id ? next : (rootOf(elements, next) ?? next);
}

function annotationOf(node: Node, id: string): ElementAnnotation {
  const timer = node.eventDefinitions?.find(isTimer);
  const extensions = node.extensionElements?.values ?? [];
  return {
    id,
    type: node.$type,
    name: node.name ?? id,
    level: text(node, 'duty:level'),
    role: text(node, 'duty:role'),
    handler: text(node, 'duty:handler'),
    countedFrom: timer ? (text(timer, 'duty:before') ?? text(timer, 'duty:after') ?? id) : null,
    clock: timer ? clockOf(timer) : text(node, 'duty:clock'),
    isLimit: false,
    catches: throwing.has(node.$type) ? null : messageOf(node),
    throws: throwing.has(node.$type) ? messageOf(node) : null,
    notBy: namesIn(node, 'duty:notBy'),
    proposal: text(node, 'duty:proposal'),
    norms: extensions
      .filter((extension) => extension.$type === 'duty:Norm')
      .map((norm) => ({
        provision: text(norm, 'provision') ?? '',
        norm: text(norm, 'norm') ?? '',
        relation: text(norm, 'relation') ?? '',
      })),
    deeds: extensions.filter((extension) => extension.$type === 'duty:Deed').map(deedOf),
    form: extensions
      .filter((extension) => extension.$type === 'duty:Form')
      .flatMap((form) => form.fields ?? [])
      .map(fieldOf),
    rules: extensions
      .filter((extension) => extension.$type === 'duty:Form')
      .flatMap((form) => form.rules ?? [])
      .map((rule) => ({
        holds: text(rule, 'holds') ?? '',
        says: text(rule, 'says') ?? '',
        provision: text(rule, 'provision'),
      })),
  };
}

/** The clock that the timer's time refers to, or that it is said to measure. */
function clockOf(timer: Node): string | null {
  const { body } = (timer.get('timeDuration') as { readonly body?: string } | undefined) ?? {};
  return limitReference(body ?? '')?.clock ?? text(timer, 'duty:clock');
}

function fieldOf(field: Node): FormField {
  const list = text(field, 'list');
  const presumed = text(field, 'presumed');
  return {
    key: text(field, 'key') ?? '',
    label: text(field, 'label') ?? '',
    type: text(field, 'type') ?? 'text',
    required: field.get('required') === true,
    evidence: field.get('evidence') === true,
    ...(field.get('below') === true ? { below: true } : {}),
    ...(field.get('unfinished') === true ? { unfinished: true } : {}),
    ...(list === null ? {} : { list }),
    ...(presumed === null ? {} : { presumed }),
    options: (field.options ?? []).map((option) => ({
      value: text(option, 'value') ?? '',
      label: text(option, 'label') ?? '',
    })),
  };
}

/** Name of the message of an event or a receive task. */
const messageOf = ({ eventDefinitions, messageRef }: Node): string | null =>
  (eventDefinitions?.find((event) => event.messageRef)?.messageRef ?? messageRef)?.name ?? null;

function deedOf(node: Node): DeedLink {
  return {
    name: text(node, 'name') ?? '',
    on: text(node, 'on') === 'begun' ? 'begun' : 'done',
    when: text(node, 'when'),
    facts: (node.facts ?? []).map((fact) => {
      const name = text(fact, 'name') ?? '';
      return { name, value: text(fact, 'value') ?? name };
    }),
  };
}

const namesIn = (node: Node, property: string): string[] =>
  (text(node, property) ?? '').split(/\s+/).filter(Boolean);

function text(node: Node, property: string): string | null {
  const value = node.get(property);
  return typeof value === 'string' && value !== '' ? value : null;
}

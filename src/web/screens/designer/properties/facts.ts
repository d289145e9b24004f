/** An element's properties as plain values, recomputed after every command. */
import { limitReference, type LimitReference } from '../../../../engine/model/limit-reference.js';
import { definitionOf, eventOf, kindOf, titleOf } from '../modeler/kind.js';
import type { Drawn, Moddle } from '../modeler/services.js';

export interface Link {
  readonly provision: string;
  readonly norm: string;
  readonly relation: string;
  readonly note: string;
}

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly evidence: boolean;
  /** Kept from the drawing: only units below, sheets still being handled, the list that is offered, and the answer if nobody is asked. */
  readonly below?: boolean;
  readonly unfinished?: boolean;
  readonly list?: string;
  readonly presumed?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** A deed of the regulation's vocabulary that the element does. */
export interface Deed {
  readonly name: string;
  readonly on: string;
  /** FEEL condition; empty: always. */
  readonly when: string;
  /** FEEL values; empty: the variable with the fact's name. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface Timer {
  readonly kind: 'timeDuration' | 'timeDate' | 'timeCycle';
  readonly text: string;
  readonly unit: string;
  readonly edge: string;
  readonly policy: string;
  /** The limit of the regulation that it measures. */
  readonly clock: string;
  readonly before: string;
  readonly after: string;
  /** The name of what the program prepares when the timer is due; null if it does not start a process. */
  readonly prepare: string | null;
  /** Set if the law says how long. */
  readonly reference: LimitReference | null;
  /** Set for durations of whole days, and for what is stricter than the law. */
  readonly days: number | null;
}

export interface Exit {
  readonly id: string;
  readonly flow: Moddle;
  readonly isDefault: boolean;
}

export interface Loop {
  readonly type: 'multi' | 'standard';
  readonly isSequential: boolean;
  readonly collection: string;
  readonly item: string;
  readonly cardinality: string;
  readonly completion: string;
  readonly condition: string;
  readonly maximum: string;
  /** The variable whose value each repetition returns, and the list that collects them. */
  readonly collects: string;
  readonly into: string;
}

/**
 * Variables of an activity, with its inputs and outputs as FEEL. Empty: no value, or the variable
 * with the same name.
 */
export interface Scope {
  readonly closed: boolean;
  readonly locals: readonly Mapping[];
  readonly outputs: readonly Mapping[];
}

export interface Mapping {
  readonly name: string;
  readonly value: string;
}

export interface Facts {
  readonly id: string;
  readonly type: string;
  readonly event: string;
  readonly kind: string;
  readonly title: string;
  readonly name: string;
  readonly documentation: string;
  readonly norms: readonly Link[];
  readonly deeds: readonly Deed[];
  readonly fields: readonly Field[];
  readonly role: string;
  readonly notBy: readonly string[];
  readonly handler: string;
  /** For a business rule task: the decision table that replaces a handler. */
  readonly decision: string;
  /** For a user task: the decision table that proposes its answers. */
  readonly proposal: string;
  readonly level: string;
  /** For a process: variables that each of its instances owns. */
  readonly own: string;
  readonly timer: Timer | null;
  /** Null if the element cannot have one. */
  readonly condition: string | null;
  readonly isDefault: boolean;
  /** Boundary events and starts of event sub-processes; otherwise null. */
  readonly interrupts: boolean | null;
  /** Exits in the order in which they are tried; empty if there is only one. */
  readonly exits: readonly Exit[];
  /** For a signal: `instance` if it stays in the process instance; otherwise null. */
  readonly within: string | null;
  /** Name of the message, signal, error or escalation. */
  readonly reference: string | null;
  readonly called: string | null;
  readonly loop: Loop | null;
  /** Null if the element cannot have variables of its own. */
  readonly scope: Scope | null;
}

export const timerKinds = ['timeDuration', 'timeDate', 'timeCycle'] as const;

const extensionsOf = (element: Moddle, type: string): readonly Moddle[] =>
  (
    element.get<Moddle | undefined>('extensionElements')?.get<readonly Moddle[] | undefined>('values') ?? []
  ).filter(({ $type }) => $type === type);

export function factsOf({ businessObject: element }: Drawn): Facts {
  const definition = definitionOf(element);
  return {
    id: element.id ?? '',
    type: element.$type,
    event: eventOf(element),
    kind: kindOf(element),
    title: titleOf(element),
    name: text(element, element.$type === 'bpmn:TextAnnotation' ? 'text' : 'name'),
    documentation: (element.get<readonly Moddle[] | undefined>('documentation') ?? [])
      .map((one) => text(one, 'text'))
      .join('\n'),
    norms: extensionsOf(element, 'duty:Norm').map((norm) => ({
      provision: text(norm, 'provision'),
      norm: text(norm, 'norm'),
      relation: text(norm, 'relation'),
      note: text(norm, 'note'),
    })),
    deeds: extensionsOf(element, 'duty:Deed').map((deed) => ({
      name: text(deed, 'name'),
      on: text(deed, 'on') || 'done',
      when: text(deed, 'when'),
      facts: list(deed, 'facts').map((fact) => ({ name: text(fact, 'name'), value: text(fact, 'value') })),
    })),
    fields: extensionsOf(element, 'duty:Form').flatMap((form) => list(form, 'fields').map(fieldOf)),
    role: text(element, 'duty:role'),
    notBy: text(element, 'duty:notBy').split(/\s+/).filter(Boolean),
    handler: text(element, 'duty:handler'),
    decision: text(element, 'duty:decision'),
    proposal: text(element, 'duty:proposal'),
    level: text(element, 'duty:level'),
    own: text(element, 'duty:own'),
    timer: definition?.$type === 'bpmn:TimerEventDefinition' ? timerOf(definition, element) : null,
    condition: conditionOf(element, definition),
    isDefault: element.get<Moddle | undefined>('sourceRef')?.get('default') === element,
    interrupts: interruptionOf(element),
    exits: exitsOf(element),
    within: withinOf(definition),
    reference: referenceOf(element, definition),
    called: element.$type === 'bpmn:CallActivity' ? text(element, 'calledElement') : null,
    loop: loopOf(element.get<Moddle | undefined>('loopCharacteristics')),
    scope: element.$instanceOf('bpmn:Activity') ? scopeOf(element) : null,
  };
}

function scopeOf(element: Moddle): Scope {
  const [scope] = extensionsOf(element, 'duty:Scope');
  const mappings = (property: string): readonly Mapping[] =>
    (scope ? list(scope, property) : []).map((one) => ({
      name: text(one, 'name'),
      value: text(one, 'value'),
    }));
  return { closed: scope?.get('closed') === true, locals: mappings('locals'), outputs: mappings('outputs') };
}

function fieldOf(field: Moddle): Field {
  return {
    key: text(field, 'key'),
    label: text(field, 'label'),
    type: text(field, 'type') || 'text',
    required: field.get('required') === true,
    evidence: field.get('evidence') === true,
    ...(field.get('below') === true ? { below: true } : {}),
    ...(field.get('unfinished') === true ? { unfinished: true } : {}),
    ...(text(field, 'list') === '' ? {} : { list: text(field, 'list') }),
    ...(text(field, 'presumed') === '' ? {} : { presumed: text(field, 'presumed') }),
    options: list(field, 'options').map((option) => ({
      value: text(option, 'value'),
      label: text(option, 'label'),
    })),
  };
}

function timerOf(timer: Moddle, event: Moddle): Timer {
  const kind = timerKinds.find((one) => timer.get(one) !== undefined) ?? 'timeDuration';
  const written = bodyOf(timer.get<Moddle | undefined>(kind));
  const reference = kind === 'timeDuration' ? limitReference(written) : undefined;
  const days =
    kind === 'timeDuration' ? /^P(\d{1,4})D$/.exec(reference?.stricter ?? written)?.[1] : undefined;
  return {
    kind,
    text: written,
    unit: text(timer, 'duty:unit') || 'natural',
    edge: text(timer, 'duty:edge') || 'end',
    policy: text(timer, 'duty:policy'),
    clock: reference?.clock ?? text(timer, 'duty:clock'),
    reference: reference ?? null,
    before: text(timer, 'duty:before'),
    after: text(timer, 'duty:after'),
    prepare:
      event.$type === 'bpmn:StartEvent' && event.$parent?.$type === 'bpmn:Process'
        ? text(timer, 'duty:prepare')
        : null,
    days: days === undefined ? null : Number(days),
  };
}

function exitsOf(element: Moddle): readonly Exit[] {
  const flows = element.$instanceOf('bpmn:FlowNode') ? list(element, 'outgoing') : [];
  const otherwise = flows.length > 1 ? element.get<Moddle | undefined>('default') : undefined;
  return flows.length < 2
    ? []
    : flows.map((flow) => ({ id: flow.id ?? '', flow, isDefault: flow === otherwise }));
}

function withinOf(definition: Moddle | undefined): string | null {
  if (definition?.$type !== 'bpmn:SignalEventDefinition') return null;
  const signal = definition.get<Moddle | undefined>('signalRef');
  return signal ? text(signal, 'duty:within') : null;
}

function conditionOf(element: Moddle, definition: Moddle | undefined): string | null {
  if (definition?.$type === 'bpmn:ConditionalEventDefinition') return bodyOf(definition.get('condition'));
  if (element.$type !== 'bpmn:SequenceFlow') return null;
  const source = element.get<Moddle | undefined>('sourceRef');
  const branches =
    source?.$instanceOf('bpmn:Activity') || /(Exclusive|Inclusive)Gateway$/.test(source?.$type ?? '');
  return branches ? bodyOf(element.get('conditionExpression')) : null;
}

function interruptionOf(element: Moddle): boolean | null {
  if (element.$type === 'bpmn:BoundaryEvent') return element.get('cancelActivity') !== false;
  const startsAside =
    element.$type === 'bpmn:StartEvent' && element.$parent?.get('triggeredByEvent') === true;
  return startsAside ? element.get('isInterrupting') !== false : null;
}

/** Type of root element per event kind. */
export const references = {
  Message: { property: 'messageRef', type: 'bpmn:Message', code: null, word: '消息' },
  Signal: { property: 'signalRef', type: 'bpmn:Signal', code: null, word: '信号' },
  Error: { property: 'errorRef', type: 'bpmn:Error', code: 'errorCode', word: '错误' },
  Escalation: { property: 'escalationRef', type: 'bpmn:Escalation', code: 'escalationCode', word: '升级' },
} as const;

export type ReferenceKind = keyof typeof references;

export function referenceKindOf(type: string, event: string): ReferenceKind | null {
  if (type === 'bpmn:ReceiveTask') return 'Message';
  return Object.hasOwn(references, event) ? (event as ReferenceKind) : null;
}

function referenceOf(element: Moddle, definition: Moddle | undefined): string | null {
  const kind = referenceKindOf(element.$type, eventOf(element));
  if (!kind) return null;
  const holder = element.$type === 'bpmn:ReceiveTask' ? element : definition;
  const referred = holder?.get<Moddle | undefined>(references[kind].property);
  return referred ? text(referred, 'name') : '';
}

function loopOf(loop: Moddle | undefined): Loop | null {
  if (!loop) return null;
  return {
    type: loop.$type === 'bpmn:StandardLoopCharacteristics' ? 'standard' : 'multi',
    isSequential: own(loop, 'isSequential') === true,
    collection: text(loop, 'duty:collection'),
    item: text(loop, 'duty:item'),
    cardinality: bodyOf(own(loop, 'loopCardinality') as Moddle | undefined),
    completion: bodyOf(own(loop, 'completionCondition') as Moddle | undefined),
    condition: bodyOf(own(loop, 'loopCondition') as Moddle | undefined),
    maximum: numberText(own(loop, 'loopMaximum')),
    collects: nameOf(own(loop, 'outputDataItem') as Moddle | undefined),
    into: nameOf(own(loop, 'loopDataOutputRef') as Moddle | undefined),
  };
}

const own = (element: Moddle, name: string): unknown =>
  element.$descriptor.properties.some((property) => property.name === `bpmn:${name}`)
    ? element.get(name)
    : undefined;

const nameOf = (data: Moddle | undefined): string => (data ? text(data, 'name') || (data.id ?? '') : '');

const numberText = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

export const bodyOf = (expression: Moddle | undefined): string =>
  expression ? text(expression, 'body').trim() : '';

function text(element: Moddle, property: string): string {
  const value = element.get<unknown>(property);
  return typeof value === 'string' ? value : '';
}

/** Rules of the element's form on its answers. */
export const rulesOf = (
  element: Moddle,
): readonly { readonly holds: string; readonly says: string; readonly provision: string | undefined }[] =>
  extensionsOf(element, 'duty:Form').flatMap((form) =>
    list(form, 'rules').map((rule) => ({
      holds: rule.get<string>('holds'),
      says: rule.get<string>('says'),
      provision: rule.get<string | undefined>('provision'),
    })),
  );

const list = (element: Moddle, property: string): readonly Moddle[] =>
  element.get<readonly Moddle[] | undefined>(property) ?? [];

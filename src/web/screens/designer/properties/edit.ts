/** Edits of the panel; each call is one command and one undo step. */
import type { Step } from '../modeler/batch.js';
import { limitReference } from '../../../../engine/model/limit-reference.js';
import { definitionOf } from '../modeler/kind.js';
import { service, type Drawing, type Drawn, type Moddle } from '../modeler/services.js';
import {
  references,
  rulesOf,
  bodyOf,
  timerKinds,
  type Deed,
  type Exit,
  type Field,
  type Link,
  type Loop,
  type ReferenceKind,
  type Scope,
  type Timer,
} from './facts.js';

export interface Edit {
  name(value: string): void;
  documentation(value: string): void;
  attribute(name: string, value: string | boolean): void;
  norms(value: readonly Link[]): void;
  deeds(value: readonly Deed[]): void;
  fields(value: readonly Field[]): void;
  timer(change: Partial<Timer>): void;
  condition(value: string): void;
  asDefault(is: boolean): void;
  refer(kind: ReferenceKind, name: string): void;
  /** Sets the order in which exits are tried. */
  exits(value: readonly Exit[]): void;
  within(value: string): void;
  loop(change: Partial<Loop>): void;
  scope(value: Scope): void;
}

export function editOf(drawing: Drawing, drawn: Drawn): Edit {
  const element = drawn.businessObject;
  const create: Create = (type, properties, parent) => {
    const made = service(drawing, 'bpmnFactory').create(type, properties);
    made.$parent = parent;
    return made;
  };
  const expression = (body: string, parent: Moddle): Moddle | undefined =>
    body.trim() === '' ? undefined : create('bpmn:FormalExpression', { body: body.trim() }, parent);
  const set = (properties: object): Step => ({
    command: 'element.updateProperties',
    context: { element: drawn, properties },
  });
  const setOn = (moddleElement: Moddle, properties: object): Step => ({
    command: 'element.updateModdleProperties',
    context: { element: drawn, moddleElement, properties },
  });
  const run = (...steps: Step[]): void =>
    service(drawing, 'commandStack').execute('designer.batch', { steps });

  /** Replaces all extensions of a type. */
  const extend = (type: string, made: (parent: Moddle) => readonly Moddle[]): void => {
    const before = element.get<Moddle | undefined>('extensionElements');
    const extensions = create('bpmn:ExtensionElements', { values: [] }, element);
    const others = (before?.get<readonly Moddle[] | undefined>('values') ?? []).filter(
      ({ $type }) => $type !== type,
    );
    const added = made(extensions);
    const values = [...others, ...added].sort((one, other) => placeOf(one) - placeOf(other));
    extensions.set('values', values);
    run(set({ extensionElements: values.length > 0 ? extensions : undefined }));
  };

  return {
    name: (value) => {
      const isProcess = drawn.type === 'bpmn:Process';
      run(
        isProcess
          ? set({ name: value })
          : { command: 'element.updateLabel', context: { element: drawn, newLabel: value } },
      );
    },
    documentation: (value) =>
      run(
        set({
          documentation: value.trim() === '' ? [] : [create('bpmn:Documentation', { text: value }, element)],
        }),
      ),
    attribute: (name, value) => run(set({ [name]: value === '' ? undefined : value })),
    norms: (links) =>
      extend('duty:Norm', (parent) =>
        links.map(({ note, ...link }) =>
          create('duty:Norm', { ...link, ...(note === '' ? {} : { note }) }, parent),
        ),
      ),
    deeds: (deeds) => extend('duty:Deed', (parent) => deeds.map((deed) => deedMade(deed, parent, create))),
    fields: (fields) =>
      extend('duty:Form', (parent) => {
        if (fields.length === 0) return [];
        const form = create('duty:Form', {}, parent);
        form.set(
          'fields',
          fields.map((field) => fieldMade(field, form, create)),
        );
        // Rules on the answers are not edited here and stay unchanged.
        form.set(
          'rules',
          rulesOf(element).map((rule) => create('duty:Rule', rule, form)),
        );
        return [form];
      }),
    timer: (change) => {
      const timer = definitionOf(element);
      if (timer) run(setOn(timer, timerProperties(timer, change, create)));
    },
    condition: (value) => {
      const definition = definitionOf(element);
      if (definition) run(setOn(definition, { condition: expression(value, definition) }));
      else run(set({ conditionExpression: expression(value, element) }));
    },
    asDefault: (is) => {
      const { source } = drawn;
      if (!source) return;
      run({
        command: 'element.updateProperties',
        context: { element: source, properties: { default: is ? element : undefined } },
      });
    },
    refer: (kind, name) => {
      const holder = element.$type === 'bpmn:ReceiveTask' ? element : definitionOf(element);
      if (!holder) return;
      const { property, type, code } = references[kind];
      const definitions = drawing.getDefinitions() as unknown as Moddle;
      const roots = definitions.get<readonly Moddle[]>('rootElements');
      const known = roots.find((root) => root.$type === type && root.get('name') === name);
      if (name === '') return run(setOn(holder, { [property]: undefined }));
      const referred =
        known ?? create(type, { name, ...(code === null ? {} : { [code]: name }) }, definitions);
      const steps = known ? [] : [setOn(definitions, { rootElements: [referred, ...roots] })];
      run(...steps, setOn(holder, { [property]: referred }));
    },
    exits: (value) => run(setOn(element, { outgoing: value.map(({ flow }) => flow) })),
    within: (value) => {
      const signal = definitionOf(element)?.get<Moddle | undefined>('signalRef');
      if (signal) run(setOn(signal, { 'duty:within': value === '' ? undefined : value }));
    },
    loop: (change) => {
      const loop = element.get<Moddle | undefined>('loopCharacteristics');
      if (!loop) return;
      const { isSequential, collection, item, cardinality, completion, condition, maximum } = change;
      const { collects, into } = change;
      const listed = into === undefined || into === '' ? undefined : listNamed(into, element, create);
      run(
        ...(listed?.isNew ? [setOn(listed.process, { properties: listed.all })] : []),
        setOn(loop, {
          ...(isSequential === undefined ? {} : { isSequential }),
          ...(collection === undefined ? {} : { 'duty:collection': collection || undefined }),
          ...(item === undefined ? {} : { 'duty:item': item || undefined }),
          ...(cardinality === undefined ? {} : { loopCardinality: expression(cardinality, loop) }),
          ...(completion === undefined ? {} : { completionCondition: expression(completion, loop) }),
          ...(condition === undefined ? {} : { loopCondition: expression(condition, loop) }),
          ...(maximum === undefined ? {} : { loopMaximum: maximum === '' ? undefined : Number(maximum) }),
          ...(collects === undefined
            ? {}
            : { outputDataItem: collects ? create('bpmn:DataOutput', { name: collects }, loop) : undefined }),
          ...(into === undefined ? {} : { loopDataOutputRef: listed?.property }),
        }),
      );
    },
    scope: ({ closed, locals, outputs }) =>
      extend('duty:Scope', (parent) => {
        if (locals.length + outputs.length === 0 && !closed) return [];
        const scope = create('duty:Scope', closed ? { closed } : {}, parent);
        const made = (type: string, mappings: Scope['locals']): readonly Moddle[] =>
          mappings.map(({ name, value }) =>
            create(type, { name, ...(value === '' ? {} : { value }) }, scope),
          );
        scope.set('locals', made('duty:Local', locals));
        scope.set('outputs', made('duty:Output', outputs));
        return [scope];
      }),
  };
}

/** A process's lists are properties of the process, as in the standard. */
function listNamed(name: string, element: Moddle, create: Create) {
  let process = element;
  while (process.$type !== 'bpmn:Process' && process.$parent) process = process.$parent;
  const before = process.get<readonly Moddle[] | undefined>('properties') ?? [];
  const known = before.find((one) => one.get('name') === name);
  const property = known ?? create('bpmn:Property', { name }, process);
  return { process, property, isNew: known === undefined, all: [...before, property] };
}

type Create = (type: string, properties: object, parent: Moddle) => Moddle;

/**
 * Keeps only one kind of timer. Natural days and end of day are defaults, which are not written. A reference to the law
 * names the clock itself; a timer that no longer refers keeps its clock.
 */
function timerProperties(timer: Moddle, change: Partial<Timer>, create: Create): object {
  const { kind, text, days, reference: _reference, ...attributes } = change;
  const isDays = days !== undefined && days !== null;
  const body = isDays ? `P${days}D` : text;
  const now = timerKinds.find((one) => timer.get(one) !== undefined) ?? 'timeDuration';
  const was = limitReference(bodyOf(timer.get('timeDuration')));
  const is = limitReference(body ?? '');
  const worded = {
    ...(isDays ? { unit: 'working-days' } : {}),
    ...(was && body !== undefined && !is ? { clock: was.clock } : {}),
    ...(is ? { clock: '', policy: '', unit: '' } : {}),
    ...attributes,
  };
  return {
    ...(body === undefined
      ? {}
      : {
          ...Object.fromEntries(timerKinds.map((one) => [one, undefined])),
          [kind ?? now]: create('bpmn:FormalExpression', { body }, timer),
        }),
    ...Object.fromEntries(
      Object.entries(worded).map(([name, value]) => [
        `duty:${name}`,
        value === null || ['', 'natural', 'end'].includes(value) ? undefined : value,
      ]),
    ),
  };
}

/** The order of the shipped diagrams: norm links, deeds, the rest. */
const placeOf = ({ $type }: Moddle): number => ['duty:Norm', 'duty:Deed'].indexOf($type) + 1 || 3;

function deedMade({ name, on, when, facts }: Deed, parent: Moddle, create: Create): Moddle {
  const made = create(
    'duty:Deed',
    { name, ...(on === 'begun' ? { on } : {}), ...(when.trim() === '' ? {} : { when: when.trim() }) },
    parent,
  );
  if (facts.length > 0)
    made.set(
      'facts',
      facts.map((fact) =>
        create(
          'duty:Fact',
          { name: fact.name, ...(fact.value.trim() === '' ? {} : { value: fact.value.trim() }) },
          made,
        ),
      ),
    );
  return made;
}

function fieldMade(field: Field, form: Moddle, create: Create): Moddle {
  const { key, label, type, required, evidence, below, unfinished, list, presumed, options } = field;
  const made = create(
    'duty:Field',
    {
      key,
      label,
      type,
      ...(required ? { required } : {}),
      ...(evidence ? { evidence } : {}),
      ...(below ? { below } : {}),
      ...(unfinished ? { unfinished } : {}),
      ...(list === undefined ? {} : { list }),
      ...(presumed === undefined ? {} : { presumed }),
    },
    form,
  );
  if (options.length > 0)
    made.set(
      'options',
      options.map((option) => create('duty:Option', option, made)),
    );
  return made;
}

/** Whether the element type may have a form. */
export const mayHaveForm = (type: string, event: string): boolean =>
  type === 'bpmn:UserTask' || event === 'Message';

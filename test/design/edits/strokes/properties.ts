/** What an officer changes in the property panel of one element. */
import { below, isElement, type XmlElement } from '../../../../src/kernel/xml-tree.js';
import {
  childOf,
  childrenOf,
  deedsOf,
  extensionsOf,
  remove,
  the,
  type Drawing,
  type Stroke,
  type Where,
} from '../drawing.js';

/** Values by attribute; null takes the attribute away. */
type Values = Readonly<Record<string, string | null>>;

function assign(element: XmlElement, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) delete element.attributes[name];
    else element.attributes[name] = value;
  }
}

const prefixed = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`duty:${name}`, value]));

function found(elements: readonly XmlElement[], what: string): XmlElement {
  const [first] = elements;
  if (!first) throw new Error(`${what} is missing`);
  return first;
}

/** Role, separation, level, handler, decision of an element. */
export const duty =
  (where: Where, values: Values): Stroke =>
  (drawing) =>
    assign(the(drawing, where), prefixed(values));

export const plain =
  (where: Where, values: Values): Stroke =>
  (drawing) =>
    assign(the(drawing, where), values);

/** Of the process itself. */
export const processDuty =
  (values: Values): Stroke =>
  ({ root }) =>
    assign(found(childrenOf(root, 'bpmn:process'), 'process'), prefixed(values));

const deedOf = (drawing: Drawing, where: Where, deed: string): XmlElement =>
  found(
    deedsOf(the(drawing, where)).filter(({ attributes }) => attributes['name'] === deed),
    deed,
  );

export const withoutDeed =
  (where: Where, deed: string): Stroke =>
  (drawing) =>
    remove(drawing, new Set([deedOf(drawing, where, deed)]));

export const deed =
  (where: Where, name: string, values: Values): Stroke =>
  (drawing) =>
    assign(deedOf(drawing, where, name), values);

export const fact =
  (where: Where, deedName: string, name: string, value: string): Stroke =>
  (drawing) =>
    assign(factOf(drawing, where, deedName, name), { value });

export const withoutFact =
  (where: Where, deedName: string, name: string): Stroke =>
  (drawing) =>
    remove(drawing, new Set([factOf(drawing, where, deedName, name)]));

const factOf = (drawing: Drawing, where: Where, deedName: string, name: string): XmlElement =>
  found(
    childrenOf(deedOf(drawing, where, deedName)).filter(({ attributes }) => attributes['name'] === name),
    name,
  );

const formOf = (drawing: Drawing, where: Where): XmlElement =>
  found(extensionsOf(the(drawing, where), 'duty:form'), 'form');

const fieldOf = (drawing: Drawing, where: Where, key: string): XmlElement =>
  found(
    childrenOf(formOf(drawing, where), 'duty:field').filter(({ attributes }) => attributes['key'] === key),
    key,
  );

export const field =
  (where: Where, key: string, values: Values): Stroke =>
  (drawing) =>
    assign(fieldOf(drawing, where, key), values);

export const withoutField =
  (where: Where, key: string): Stroke =>
  (drawing) =>
    remove(drawing, new Set([fieldOf(drawing, where, key)]));

export const newField =
  (where: Where, attributes: Readonly<Record<string, string>>): Stroke =>
  (drawing) =>
    void formOf(drawing, where).children.unshift({
      name: 'duty:field',
      attributes: { ...attributes },
      children: [],
    });

/** Moves the field to the form's beginning. */
export const fieldFirst =
  (where: Where, key: string): Stroke =>
  (drawing) => {
    const moved = fieldOf(drawing, where, key);
    remove(drawing, new Set([moved]));
    formOf(drawing, where).children.unshift(moved);
  };

export const withoutOption =
  (where: Where, key: string, value: string): Stroke =>
  (drawing) =>
    remove(
      drawing,
      new Set([
        found(
          childrenOf(fieldOf(drawing, where, key)).filter(({ attributes }) => attributes['value'] === value),
          value,
        ),
      ]),
    );

export const newOption =
  (where: Where, key: string, value: string, label: string): Stroke =>
  (drawing) =>
    void fieldOf(drawing, where, key).children.push({
      name: 'duty:option',
      attributes: { value, label },
      children: [],
    });

const formRuleOf = (drawing: Drawing, where: Where, says: string): XmlElement =>
  found(
    childrenOf(formOf(drawing, where), 'duty:rule').filter(({ attributes }) =>
      (attributes['says'] ?? '').includes(says),
    ),
    says,
  );

/** @param says part of the sentence by which the form refuses */
export const withoutFormRule =
  (where: Where, says: string): Stroke =>
  (drawing) =>
    remove(drawing, new Set([formRuleOf(drawing, where, says)]));

export const formRule =
  (where: Where, says: string, holds: string): Stroke =>
  (drawing) =>
    assign(formRuleOf(drawing, where, says), { holds });

const definitionOf = (node: XmlElement): XmlElement =>
  found(
    childrenOf(node).filter(({ name }) => name.endsWith('EventDefinition')),
    'event definition',
  );

/** `unit`, `clock`, `policy`, `after` … of a timer, and the text that it counts. */
export const timer =
  (where: Where, text: string | undefined, values: Values = {}): Stroke =>
  (drawing) => {
    const definition = definitionOf(the(drawing, where));
    assign(definition, prefixed(values));
    if (text !== undefined) found(childrenOf(definition), 'timer').children = [text];
  };

/** Nothing is thrown, caught or counted there any more. */
export const withoutDefinition =
  (where: Where): Stroke =>
  (drawing) =>
    remove(drawing, new Set([definitionOf(the(drawing, where))]));

/** The event takes another message; the message is made if the diagram does not have it. */
export const message =
  (where: Where, name: string): Stroke =>
  (drawing) => {
    const known = childrenOf(drawing.root, 'bpmn:message').find(
      ({ attributes }) => attributes['name'] === name,
    );
    const id = known?.attributes['id'] ?? 'Message_Edited';
    if (!known)
      drawing.root.children.unshift({ name: 'bpmn:message', attributes: { id, name }, children: [] });
    assign(definitionOf(the(drawing, where)), { messageRef: id });
  };

/** Once for all instead of once each. */
export const withoutRepetition =
  (where: Where): Stroke =>
  (drawing) =>
    remove(drawing, new Set([repetitionOf(the(drawing, where))]));

export const repetition =
  (where: Where, values: Values): Stroke =>
  (drawing) =>
    assign(repetitionOf(the(drawing, where)), prefixed(values));

/** So many times instead of once for each of a list. */
export const cardinality =
  (where: Where, text: string): Stroke =>
  (drawing) => {
    const loop = repetitionOf(the(drawing, where));
    assign(loop, { 'duty:collection': null, 'duty:item': null });
    loop.children = [
      {
        name: 'bpmn:loopCardinality',
        attributes: { 'xsi:type': 'bpmn:tFormalExpression' },
        children: [text],
      },
    ];
  };

const repetitionOf = (node: XmlElement): XmlElement =>
  found(
    childrenOf(node).filter(({ name }) => name.endsWith('LoopCharacteristics')),
    'repetition',
  );

/** Another kind of the same element, by the designer's menu of kinds. */
export const kind =
  (where: Where, type: string): Stroke =>
  (drawing) => {
    const was = the(drawing, where);
    const parent = [...below(drawing.root)].find(({ children }) => children.includes(was));
    const is = { ...was, name: `bpmn:${type}` };
    if (type === 'parallelGateway') delete is.attributes['default'];
    parent?.children.splice(parent.children.indexOf(was), 1, is);
  };

/** All ids get another prefix, everywhere, as after drawing the same anew. */
export const otherIds: Stroke = ({ root }) => {
  const drawn = [...below(root)].filter(({ name }) => name.startsWith('bpmn:'));
  const ids = new Set(
    drawn
      .filter(({ name }) => name !== 'bpmn:process' && name !== 'bpmn:definitions')
      .flatMap(({ attributes }) => attributes['id'] ?? []),
  );
  const other = (text: string): string =>
    text
      .split(' ')
      .map((word) => (ids.has(word) ? `X_${word}` : word))
      .join(' ');
  for (const element of below(root)) {
    for (const name of [
      'id',
      'default',
      'sourceRef',
      'targetRef',
      'attachedToRef',
      'bpmnElement',
      'messageRef',
    ])
      rename(element, name, other);
    for (const name of ['signalRef', 'errorRef', 'duty:notBy', 'duty:after', 'duty:before'])
      rename(element, name, other);
    element.children = element.children.map((child) =>
      isElement(child) || !/^bpmn:(incoming|outgoing)$/.test(element.name) ? child : other(child),
    );
  }
};

function rename(element: XmlElement, name: string, other: (text: string) => string): void {
  const value = element.attributes[name];
  if (value !== undefined) element.attributes[name] = other(value);
}

export const documentation =
  (text: string): Stroke =>
  ({ root }) => {
    const process = found(childrenOf(root, 'bpmn:process'), 'process');
    const written = childOf(process, 'bpmn:documentation');
    if (written) written.children = [text];
  };

/**
 * A diagram as a flat list of everything in it: per element each property, down to attributes and texts, independent of
 * the file's layout. Whatever the list omits cannot be reported as a difference.
 */
import {
  elementsOf,
  type BpmnElement,
  type FlowNode,
  type SequenceFlow,
} from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';

export interface PropertyValue {
  /** The element a person would point at: a node, a flow, a message, a shape. */
  readonly owner: BpmnElement;
  /** For example `timeDuration`, `duty:norm[PROVISION NORM fulfils].note`. */
  readonly property: string;
  readonly value: Json;
}

interface Property {
  readonly name: string;
  readonly ns: { readonly localName: string; readonly prefix: string };
  readonly isMany?: boolean;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
}

interface Moddle extends BpmnElement {
  readonly $descriptor?: { readonly properties: readonly Property[] };
  readonly $children?: readonly Moddle[];
  readonly $body?: string;
}

/** Owner id → property → value. */
export type Flat = ReadonlyMap<string, ReadonlyMap<string, PropertyValue>>;

export function flattened(root: BpmnElement): Flat {
  const flat = new Map<string, Map<string, PropertyValue>>();
  /** Counter per owner and property: searching the next free number would be quadratic. */
  const twins = new Map<string, number>();
  const tell = (owner: BpmnElement, property: string, value: Json): void => {
    const id = ownerKey(owner, root);
    const properties = flat.get(id) ?? new Map<string, PropertyValue>();
    const said = `${id}\n${property}`;
    const twin = (twins.get(said) ?? 0) + 1;
    twins.set(said, twin);
    const unique = twin === 1 ? property : `${property}(${twin})`;
    flat.set(id, properties.set(unique, { owner, property: unique, value }));
  };
  const walk = (element: Moddle, owner: BpmnElement, path: string): void => {
    if (element !== owner && !isWrapper(element)) tell(owner, join(path, '$type'), element.$type);
    for (const { name, value } of attributesOf(element)) tell(owner, join(path, name), value);
    for (const { name, ns, isMany, isReference, isVirtual } of element.$descriptor?.properties ?? []) {
      // `get` would create an empty list for a missing property.
      const key = Object.hasOwn(element, name) ? name : ns.localName;
      if (isVirtual === true || !Object.hasOwn(element, key)) continue;
      const value = (element as unknown as { readonly [key: string]: unknown })[key];
      const label =
        ns.prefix === 'duty' && !element.$type.startsWith('duty:') ? `duty:${ns.localName}` : ns.localName;
      if (name === 'bpmn:id' || name === 'id' || ns.localName === 'id') {
        if (element !== owner || element === root) tell(owner, join(path, 'id'), text(value));
      } else if (isReference === true) {
        tell(owner, join(path, label), isMany === true ? references(value) : referenceOf(value));
      } else if (isMany === true) {
        (value as readonly unknown[]).forEach((child, index) => {
          if (!isElement(child)) tell(owner, join(path, `${label}[${index + 1}]`), text(child));
        });
        contain((value as readonly unknown[]).filter(isElement), owner, path, label, element);
      } else if (isElement(value)) contain([value], owner, path, label, element);
      else tell(owner, label === 'body' && isExpression(element) ? path : join(path, label), text(value));
    }
    if (element.$children) contain(element.$children, owner, path, '', element);
    if (typeof element.$body === 'string') tell(owner, join(path, 'body'), element.$body.trim());
  };
  const contain = (
    children: readonly Moddle[],
    owner: BpmnElement,
    path: string,
    label: string,
    parent: Moddle,
  ): void => {
    const keys = children.map((child, index) => keyIn(child, index, children.length));
    children.forEach((child, index) => {
      if (isOwner(child)) {
        tell(child, '$type', child.$type);
        tell(child, 'parent', parent === root ? '' : (parent.id ?? parent.$type));
        walk(child, child, '');
      } else {
        walk(child, owner, join(path, nameIn(label, child, keys[index] ?? '')));
      }
    });
    // Lists whose order matters to people: fields, options, norm links.
    if (keys.length > 1 && !children.some(isOwner) && keys.every((key) => key !== '')) {
      tell(
        owner,
        join(path, join(label === 'values' || label === 'extensionElements' ? '' : label, 'order')),
        keys,
      );
    }
  };
  tell(root, '$type', root.$type);
  walk(root, root, '');
  for (const process of (root.get('rootElements') ?? []) as readonly BpmnElement[]) {
    if (process.$type === 'bpmn:Process') addFlowOrder(process, tell);
  }
  return flat;
}

/** Gateways that evaluate their flows in order: the order is significant. */
function addFlowOrder(
  process: BpmnElement,
  tell: (owner: BpmnElement, property: string, value: Json) => void,
): void {
  const { nodes, flows } = elementsOf(process);
  const leaving = new Map<FlowNode, SequenceFlow[]>();
  for (const flow of flows) {
    if (flow.sourceRef) leaving.set(flow.sourceRef, [...(leaving.get(flow.sourceRef) ?? []), flow]);
  }
  for (const node of nodes) {
    const own = leaving.get(node) ?? [];
    if (own.length < 2) continue;
    const listed = node.outgoing ?? [];
    const place = (flow: SequenceFlow): number =>
      listed.includes(flow) ? listed.indexOf(flow) : listed.length;
    tell(
      node,
      'flow-order',
      [...own].sort((a, b) => place(a) - place(b)).map(({ id }) => id ?? ''),
    );
  }
}

/** An expression's text is the value of the property that holds it. */
const isExpression = ({ $type }: Moddle): boolean => /^bpmn:(Formal)?Expression$/.test($type);

const drawn = /^(bpmndi|di|dc):/;
export const isDrawing = ({ $type }: BpmnElement): boolean => drawn.test($type);

const owning =
  /^bpmndi:(BPMNShape|BPMNEdge|BPMNDiagram|BPMNPlane)$|^bpmn:(Participant|Lane|Association|TextAnnotation|Group|MessageFlow)$/;

function isOwner(element: Moddle): boolean {
  if (element.id === undefined) return false;
  return (
    owning.test(element.$type) ||
    (typeof element.$instanceOf === 'function' &&
      (element.$instanceOf('bpmn:FlowElement') || element.$instanceOf('bpmn:RootElement')) &&
      element.$parent?.$instanceOf('bpmn:BaseElement') === true &&
      !(element.$instanceOf('bpmn:EventDefinition') && element.$parent.$type !== 'bpmn:Definitions'))
  );
}

const ownerKey = (owner: BpmnElement, root: BpmnElement): string => (owner === root ? '' : (owner.id ?? ''));

const isElement = (value: unknown): value is Moddle =>
  typeof value === 'object' && value !== null && '$type' in value;

/** Already interpreted by the reader: prefixes, and the type given by `$type`. */
const understood = /^xmlns(:|$)|^xsi:type$/;

/** Attributes of other vendors. */
function attributesOf(element: Moddle): readonly { readonly name: string; readonly value: Json }[] {
  const own = Object.entries(element.$attrs ?? {});
  // Elements without a descriptor hold their attributes directly.
  const open =
    element.$descriptor?.properties === undefined || element.$descriptor.properties.length === 0
      ? Object.entries(element).filter(
          ([name]) => !name.startsWith('$') && !own.some(([known]) => known === name),
        )
      : [];
  return [...own, ...open]
    .filter(([name]) => !understood.test(name))
    .map(([name, value]) => ({ name, value: text(value) }));
}

function text(value: unknown): Json {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return isElement(value) ? (value.id ?? value.$type) : JSON.stringify(value ?? null);
}

const referenceOf = (value: unknown): Json => (isElement(value) ? (value.id ?? value.$type) : text(value));

/** As a set: the order of flows is listed separately. */
const references = (value: unknown): Json =>
  [...(value as readonly unknown[])].map(referenceOf).map(String).sort();

/** Identifies an item without an id by its content, so that removing one does not appear to change all others. */
function keyIn(child: Moddle, index: number, count: number): string {
  const at = (name: string): string => {
    const value = (child as unknown as { readonly [key: string]: unknown })[name];
    return typeof value === 'string' ? value : '';
  };
  switch (child.$type) {
    case 'duty:Norm':
      return [at('provision'), at('norm'), at('relation')].join(' ');
    case 'duty:Field':
      return at('key') || String(index + 1);
    case 'duty:Deed':
    case 'duty:Fact':
    case 'duty:Local':
    case 'duty:Output':
    case 'duty:Scenario':
      return at('name') || String(index + 1);
    case 'duty:Option':
      return at('value') || String(index + 1);
    case 'duty:Form':
      return '';
    default:
      return child.id === undefined && count > 1 ? String(index + 1) : '';
  }
}

/** Pure containers. */
const isWrapper = ({ $type }: Moddle): boolean => $type === 'bpmn:ExtensionElements';

function nameIn(label: string, child: Moddle, key: string): string {
  if (isWrapper(child)) return '';
  const name =
    child.$type.startsWith('duty:') || label === 'values' || label === ''
      ? child.$type.replace('duty:', '').toLowerCase()
      : label;
  const plain = name === 'eventdefinitions' || label === 'eventDefinitions' ? '' : name;
  return key === '' ? plain : `${plain}[${key}]`;
}

const join = (path: string, name: string): string =>
  path === '' ? name : name === '' ? path : `${path}.${name}`;

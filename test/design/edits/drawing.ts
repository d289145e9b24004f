/** A diagram as an officer redraws it: its elements are found by name, deed or place, never by id. */
import { below, isElement, keep, printed, treeOf, type XmlElement } from '../../../src/kernel/xml-tree.js';

/** What an element is found by; a string is its name. */
export type Where =
  | string
  | {
      readonly name?: string;
      /** `userTask`, `endEvent` … */
      readonly type?: string;
      /** One of its deeds. */
      readonly does?: string;
      readonly handler?: string;
      /** What it lies in. */
      readonly in?: Where;
      /** What the boundary event is attached to. */
      readonly on?: Where;
      /** What a sequence flow comes to it from. */
      readonly after?: Where;
    };

export interface Drawing {
  readonly root: XmlElement;
}

/** One change of a drawing. */
export type Stroke = (drawing: Drawing) => void;

const flow = 'bpmn:sequenceFlow';
const nodes = /^bpmn:(\w+Task|task|\w+Event|\w+Gateway|subProcess|callActivity)$/;

export const idOf = (element: XmlElement): string => element.attributes['id'] ?? '';
export const isNode = ({ name }: XmlElement): boolean => nodes.test(name);
export const childrenOf = (element: XmlElement, name?: string): readonly XmlElement[] =>
  element.children.filter(isElement).filter((child) => name === undefined || child.name === name);
export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  childrenOf(element, name)[0];
const ofType = (type: string): string => (type.includes(':') ? type : `bpmn:${type}`);

export const elementsIn = ({ root }: Drawing): readonly XmlElement[] => [...below(root)];
const flowsIn = (drawing: Drawing): readonly XmlElement[] =>
  elementsIn(drawing).filter(({ name }) => name === flow);
export const nodesIn = (drawing: Drawing): readonly XmlElement[] => elementsIn(drawing).filter(isNode);

export const extensionsOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  childrenOf(element, 'bpmn:extensionElements').flatMap((extensions) => childrenOf(extensions, name));

export function parentOf(drawing: Drawing, element: XmlElement): XmlElement {
  const parent = elementsIn(drawing).find(({ children }) => children.includes(element));
  if (!parent) throw new Error(`${idOf(element)} has no parent`);
  return parent;
}

/** @throws {Error} unless exactly one element is meant */
export function the(drawing: Drawing, where: Where): XmlElement {
  const found = every(drawing, where);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} × ${JSON.stringify(where)}`);
  return first;
}

function every(drawing: Drawing, where: Where): readonly XmlElement[] {
  const wanted = typeof where === 'string' ? { name: where } : where;
  const { name, type, does, handler, on, after } = wanted;
  const host = on === undefined ? undefined : idOf(the(drawing, on));
  const inside = wanted.in === undefined ? undefined : [...below(the(drawing, wanted.in))];
  const reached =
    after === undefined
      ? undefined
      : flowsFrom(drawing, the(drawing, after)).map(({ attributes }) => attributes['targetRef']);
  return nodesIn(drawing).filter(
    (node) =>
      (name === undefined || node.attributes['name'] === name) &&
      (type === undefined || node.name === ofType(type)) &&
      (does === undefined || deedsOf(node).some(({ attributes }) => attributes['name'] === does)) &&
      (handler === undefined || node.attributes['duty:handler'] === handler) &&
      (host === undefined || node.attributes['attachedToRef'] === host) &&
      (inside === undefined || inside.includes(node)) &&
      (reached === undefined || reached.includes(idOf(node))),
  );
}

export const deedsOf = (node: XmlElement): readonly XmlElement[] => extensionsOf(node, 'duty:deed');

export const flowsFrom = (drawing: Drawing, node: XmlElement): readonly XmlElement[] =>
  flowsIn(drawing).filter(({ attributes }) => attributes['sourceRef'] === idOf(node));
export const flowsTo = (drawing: Drawing, node: XmlElement): readonly XmlElement[] =>
  flowsIn(drawing).filter(({ attributes }) => attributes['targetRef'] === idOf(node));

/** Which flow that leaves an element: the one with the label, the one to another element, or the only one. */
export type Which = string | { readonly to: Where } | undefined;

/** @throws {Error} unless exactly one flow is meant */
export function flowOf(drawing: Drawing, from: Where, which: Which): XmlElement {
  const target = typeof which === 'object' ? idOf(the(drawing, which.to)) : undefined;
  const found = flowsFrom(drawing, the(drawing, from)).filter(
    ({ attributes }) =>
      which === undefined ||
      (target === undefined ? attributes['name'] === which : attributes['targetRef'] === target),
  );
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} flows from ${JSON.stringify(from)}`);
  return first;
}

export function remove(drawing: Drawing, gone: ReadonlySet<XmlElement>): void {
  for (const element of elementsIn(drawing)) {
    if (element.children.some((child) => isElement(child) && gone.has(child))) {
      keep(element, (child) => !gone.has(child));
    }
  }
}

/** @throws {Error} if the strokes change nothing */
export function redrawn(xml: string, ...strokes: readonly Stroke[]): string {
  const drawing = { root: treeOf(xml) };
  const before = printed(drawing.root);
  for (const stroke of strokes) stroke(drawing);
  if (printed(drawing.root) === before) throw new Error('the strokes change nothing');
  tidy(drawing);
  return printed(drawing.root);
}

/** What the designer keeps in step by itself: ends of flows, defaults, events of deleted hosts, the drawn shapes. */
function tidy(drawing: Drawing): void {
  const ids = new Set(elementsIn(drawing).map(idOf));
  const flows = flowsIn(drawing);
  for (const node of nodesIn(drawing)) {
    const names = { 'bpmn:incoming': 'targetRef', 'bpmn:outgoing': 'sourceRef' };
    keep(node, ({ name }) => !(name in names));
    const ends = Object.entries(names).flatMap(([name, end]) =>
      flows
        .filter(({ attributes }) => attributes[end] === idOf(node))
        .map((one) => ({ name, attributes: {}, children: [idOf(one)] })),
    );
    const place = node.children.findIndex(
      (child) => isElement(child) && !/^bpmn:(documentation|extensionElements)$/.test(child.name),
    );
    node.children.splice(place === -1 ? node.children.length : place, 0, ...ends);
    if (!ids.has(node.attributes['default'] ?? '')) delete node.attributes['default'];
  }
  redrawShapes(drawing, ids);
}

function redrawShapes(drawing: Drawing, ids: ReadonlySet<string>): void {
  const drawn = (element: XmlElement): string => element.attributes['bpmnElement'] ?? '';
  const planes = elementsIn(drawing).filter(({ name }) => name === 'bpmndi:BPMNPlane');
  for (const plane of planes) keep(plane, (shape) => ids.has(drawn(shape)));
  for (const diagram of childrenOf(drawing.root, 'bpmndi:BPMNDiagram')) {
    if (!ids.has(drawn(childOf(diagram, 'bpmndi:BPMNPlane') ?? diagram))) remove(drawing, new Set([diagram]));
  }
  const shown = new Set(planes.flatMap((plane) => childrenOf(plane).map(drawn)));
  for (const element of [...nodesIn(drawing), ...flowsIn(drawing)]) {
    if (shown.has(idOf(element))) continue;
    const siblings = childrenOf(parentOf(drawing, element)).map(idOf);
    const plane = planes.find((one) => childrenOf(one).some((shape) => siblings.includes(drawn(shape))));
    plane?.children.push(shapeOf(element));
  }
}

function shapeOf(element: XmlElement): XmlElement {
  const attributes = { id: `${idOf(element)}_di`, bpmnElement: idOf(element) };
  const point = (x: string) => ({ name: 'di:waypoint', attributes: { x, y: '40' }, children: [] });
  const bounds = {
    name: 'dc:Bounds',
    attributes: { x: '0', y: '0', width: '100', height: '80' },
    children: [],
  };
  return element.name === flow
    ? { name: 'bpmndi:BPMNEdge', attributes, children: [point('100'), point('200')] }
    : { name: 'bpmndi:BPMNShape', attributes, children: [bounds] };
}

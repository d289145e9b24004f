/** What an officer does with a sequence flow: it is known by the element it leaves and its label. */
import type { XmlElement } from '../../../../src/kernel/xml-tree.js';
import {
  childOf,
  childrenOf,
  flowOf,
  idOf,
  parentOf,
  remove,
  the,
  type Drawing,
  type Stroke,
  type Where,
  type Which,
} from '../drawing.js';
import { prune } from './elements.js';

const expression = 'bpmn:conditionExpression';

const textOf = (flow: XmlElement): string => {
  const [text] = childOf(flow, expression)?.children ?? [];
  if (typeof text !== 'string') throw new Error(`${idOf(flow)} has no condition`);
  return text.replace(/^=\s*/, '');
};

const write = (flow: XmlElement, text: string): void => {
  flow.children = [
    { name: expression, attributes: { 'xsi:type': 'bpmn:tFormalExpression' }, children: [`= ${text}`] },
  ];
};

/** @param text FEEL, without its `=` */
export const condition =
  (from: Where, which: Which, text: string): Stroke =>
  (drawing) =>
    write(flowOf(drawing, from, which), text);

/** The flow is taken where it was not, and the other way round. */
export const inverted =
  (from: Where, which?: Which): Stroke =>
  (drawing) => {
    const flow = flowOf(drawing, from, which);
    write(flow, `not(${textOf(flow)})`);
  };

export const withoutCondition =
  (from: Where, which: Which): Stroke =>
  (drawing) => {
    const flow = flowOf(drawing, from, which);
    textOf(flow);
    flow.children = [];
  };

/** Each of two flows of a gateway leads to where the other led. */
export const exchanged =
  (from: Where, one: string, other: string): Stroke =>
  (drawing) => {
    const flows = [flowOf(drawing, from, one), flowOf(drawing, from, other)] as const;
    const targets = flows.map(({ attributes }) => attributes['targetRef'] ?? '');
    flows[0].attributes['targetRef'] = targets[1] ?? '';
    flows[1].attributes['targetRef'] = targets[0] ?? '';
  };

/** The end of the flow is dragged to another element; what nothing leads to any more is deleted. */
export const led =
  (from: Where, which: Which, to: Where): Stroke =>
  (drawing) => {
    flowOf(drawing, from, which).attributes['targetRef'] = idOf(the(drawing, to));
    prune(drawing);
  };

export const withoutFlow =
  (from: Where, which?: Which): Stroke =>
  (drawing) => {
    remove(drawing, new Set([flowOf(drawing, from, which)]));
    prune(drawing);
  };

export const withoutDefault =
  (from: Where): Stroke =>
  (drawing) =>
    void delete the(drawing, from).attributes['default'];

export const newFlow =
  (from: Where, to: Where, text?: string): Stroke =>
  (drawing) => {
    const [source, target] = [the(drawing, from), the(drawing, to)];
    const flow = draw(drawing, source, target);
    if (text !== undefined) write(flow, text);
  };

function draw(drawing: Drawing, source: XmlElement, target: XmlElement): XmlElement {
  const scope = parentOf(drawing, source);
  const drawn = childrenOf(scope, 'bpmn:sequenceFlow').length;
  const flow: XmlElement = {
    name: 'bpmn:sequenceFlow',
    attributes: { id: `Flow_Edited_${drawn}`, sourceRef: idOf(source), targetRef: idOf(target) },
    children: [],
  };
  scope.children.push(flow);
  return flow;
}

/** A new element is dropped on the flow. */
export const inserted =
  (from: Where, which: Which, element: XmlElement): Stroke =>
  (drawing) => {
    const flow = flowOf(drawing, from, which);
    const target = flow.attributes['targetRef'] ?? '';
    parentOf(drawing, flow).children.push(element);
    flow.attributes['targetRef'] = idOf(element);
    parentOf(drawing, flow).children.push({
      name: 'bpmn:sequenceFlow',
      attributes: { id: `${idOf(element)}_On`, sourceRef: idOf(element), targetRef: target },
      children: [],
    });
  };

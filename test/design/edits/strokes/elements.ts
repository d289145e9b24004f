/** What an officer deletes from the drawing, and what the designer deletes with it. */
import type { XmlElement } from '../../../../src/kernel/xml-tree.js';
import {
  flowsFrom,
  flowsTo,
  idOf,
  isNode,
  nodesIn,
  elementsIn,
  remove,
  the,
  type Drawing,
  type Stroke,
  type Where,
} from '../drawing.js';

/**
 * Deletes an element. What came to it goes on to where it led, along the flow with the label if it
 * led to several; what nothing leads to any more is deleted, too.
 */
export const without =
  (where: Where, label?: string): Stroke =>
  (drawing) => {
    const gone = the(drawing, where);
    const out = flowsFrom(drawing, gone);
    const [next] = out.filter(({ attributes }) => label === undefined || attributes['name'] === label);
    if (label !== undefined ? !next : out.length > 1) throw new Error(`${idOf(gone)} leads to several`);
    const target = next?.attributes['targetRef'] ?? idOf(gone);
    for (const flow of flowsTo(drawing, gone)) flow.attributes['targetRef'] = target;
    remove(drawing, new Set([gone, ...out]));
    prune(drawing);
  };

/** Deletes all that leads nowhere or is led to by nothing, and boundary events without what they were on. */
export function prune(drawing: Drawing): void {
  for (;;) {
    const elements = elementsIn(drawing);
    const ids = new Set(elements.map(idOf));
    const flows = elements.filter(({ name }) => name === 'bpmn:sequenceFlow');
    const reached = new Set(flows.map(({ attributes }) => attributes['targetRef'] ?? ''));
    const loose = flows.filter(
      ({ attributes }) => !ids.has(attributes['sourceRef'] ?? '') || !ids.has(attributes['targetRef'] ?? ''),
    );
    const stray = elements.filter((element) => isNode(element) && isStray(element, ids, reached));
    if (loose.length + stray.length === 0) return;
    remove(drawing, new Set([...loose, ...stray]));
  }
}

function isStray(node: XmlElement, ids: ReadonlySet<string>, reached: ReadonlySet<string>): boolean {
  if (node.name === 'bpmn:boundaryEvent') return !ids.has(node.attributes['attachedToRef'] ?? '');
  if (node.name === 'bpmn:startEvent' || node.attributes['triggeredByEvent'] === 'true') return false;
  return !reached.has(idOf(node));
}

/** A boundary event and all that only it leads to; the timers that count from it go with it. */
export const withoutLimit =
  (where: Where): Stroke =>
  (drawing) => {
    const limit = the(drawing, where);
    const counted = nodesIn(drawing).filter((node) =>
      node.children.some(
        (child) =>
          typeof child !== 'string' &&
          [child.attributes['duty:after'], child.attributes['duty:before']].includes(idOf(limit)),
      ),
    );
    remove(drawing, new Set([limit, ...counted]));
    prune(drawing);
  };

/** Links between elements and norms; names of paths and elements. */
import {
  label,
  type BpmnElement,
  type ElementAnnotation,
  type FlowNode,
  type FormField,
} from '../../engine/model/index.js';
import type { ProcessModel } from './subject.js';

export interface Link {
  readonly norm?: string;
  readonly provision?: string;
  readonly relation: 'fulfils' | 'triggers' | 'checks' | 'records';
}

const none: ElementAnnotation['norms'] = [];

export const normsOf = ({ annotations }: ProcessModel, node: BpmnElement): ElementAnnotation['norms'] =>
  annotations.element(node.id ?? '')?.norms ?? none;

export const isLinked = (
  model: ProcessModel,
  node: BpmnElement,
  { norm, provision, relation }: Link,
): boolean =>
  normsOf(model, node).some(
    (link) =>
      link.relation === relation &&
      (norm === undefined || link.norm === norm) &&
      (provision === undefined || link.provision === provision),
  );

export const linked = (model: ProcessModel, link: Link): readonly FlowNode[] =>
  model.elements.nodes.filter((node) => isLinked(model, node, link));

export const fieldsOf = ({ annotations }: ProcessModel, node: BpmnElement): readonly FormField[] =>
  annotations.element(node.id ?? '')?.form ?? [];

/** A path in words: `“签收工单” → “办理” → “归档”`. */
export function inWords(way: readonly BpmnElement[]): string {
  const names = way
    .filter(({ $type, name }) => $type !== 'bpmn:Process' && name !== undefined && name.trim() !== '')
    .map(label);
  const shown = names.length > 8 ? [...names.slice(0, 4), '……', ...names.slice(-3)] : names;
  return shown.join(' → ');
}

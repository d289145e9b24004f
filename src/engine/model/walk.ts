import {
  isContainer,
  isFlowNode,
  isSequenceFlow,
  type BpmnElement,
  type FlowNode,
  type SequenceFlow,
} from './bpmn-types.js';

/** All flow elements of a process at every level, in the order of the diagram. */
export interface Elements {
  readonly nodes: readonly FlowNode[];
  readonly flows: readonly SequenceFlow[];
  /** All other elements: data objects and others of the standard. */
  readonly others: readonly BpmnElement[];
}

export function elementsOf(process: BpmnElement): Elements {
  const nodes: FlowNode[] = [];
  const flows: SequenceFlow[] = [];
  const others: BpmnElement[] = [];
  const walk = (container: BpmnElement): void => {
    if (!isContainer(container)) return;
    for (const element of container.flowElements ?? []) {
      if (isSequenceFlow(element)) flows.push(element);
      else if (isFlowNode(element)) {
        nodes.push(element);
        walk(element);
      } else others.push(element);
    }
  };
  walk(process);
  return { nodes, flows, others };
}

/** An element's name in messages for people. */
export function label(element: BpmnElement): string {
  return element.name === undefined || element.name === ''
    ? (element.id ?? element.$type)
    : `“${element.name.replace(/\s+/g, ' ').trim()}”`;
}

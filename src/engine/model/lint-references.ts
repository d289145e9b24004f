import { isFlowNode, type BpmnElement } from './bpmn-types.js';
import type { Definition } from './definition.js';
import type { Report } from './finding.js';
import { label } from './walk.js';

/** What an event waits for or throws. An undeclared error is identified by its code. */
const meant: { readonly [property: string]: string } = {
  messageRef: '消息',
  signalRef: '信号',
  escalationRef: '升级',
};

export const decidesBehaviour = (property: string): boolean => Object.hasOwn(meant, property);

/** Finds events that refer to something that the diagram lacks. */
export function referenceFindings({ key, diagram }: Definition, report: Report): void {
  for (const { element, property, reference } of diagram.dangling) {
    const what = meant[property];
    const owners = chainOf(element as BpmnElement);
    if (what === undefined || !owners.some(({ $type, id }) => $type === 'bpmn:Process' && id === key))
      continue;
    const node = owners.find(isFlowNode) ?? (element as BpmnElement);
    report('reference-dangling', node, `${label(node)} 引用的${what}“${reference}”在图中不存在。`);
  }
}

function chainOf(element: BpmnElement): readonly BpmnElement[] {
  const chain: BpmnElement[] = [];
  for (let at: BpmnElement | undefined = element; at; at = at.$parent) chain.push(at);
  return chain;
}

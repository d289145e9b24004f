import { eventDefinitions, type BpmnElement, type FlowNode } from '../../model/bpmn-types.js';
import { isLink, linkName } from '../../model/lint-wiring.js';
import type { Elements } from '../../model/walk.js';
import { feel } from '../../model/feel.js';
import type { Trigger } from './program.js';

export function compileTrigger(
  node: FlowNode,
  elements: Elements,
  index: (node: FlowNode | undefined) => number,
): Trigger {
  if (node.$type === 'bpmn:ReceiveTask') {
    // Without a message, it is completed like any other task.
    return node.messageRef ? { kind: 'message', name: nameOf(node.messageRef, node) } : { kind: 'none' };
  }
  const [definition] = eventDefinitions(node);
  switch (definition?.$type) {
    case 'bpmn:MessageEventDefinition':
      return { kind: 'message', name: nameOf(definition.messageRef, node) };
    case 'bpmn:SignalEventDefinition':
      return { kind: 'signal', name: nameOf(definition.signalRef, node) };
    case 'bpmn:ErrorEventDefinition': {
      const error = definition.errorRef;
      return { kind: 'error', code: error ? (error.errorCode ?? error.name ?? error.id ?? '') : null };
    }
    case 'bpmn:EscalationEventDefinition': {
      const escalation = definition.escalationRef;
      return {
        kind: 'escalation',
        code: escalation ? (escalation.escalationCode ?? escalation.name ?? escalation.id ?? '') : null,
      };
    }
    case 'bpmn:TimerEventDefinition':
      return { kind: 'timer', definition };
    case 'bpmn:ConditionalEventDefinition':
      return { kind: 'conditional', condition: feel(definition.condition?.body ?? '', node.id) };
    case 'bpmn:CompensateEventDefinition':
      return { kind: 'compensation', activity: index(definition.activityRef) };
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    case 'bpmn:LinkEventDefinition':
      return { kind: 'link', target: index(linkTarget(node, elements)) };
    default:
      return { kind: 'none' };
  }
}

function linkTarget(node: FlowNode, { nodes }: Elements): FlowNode | undefined {
  if (node.$type !== 'bpmn:IntermediateThrowEvent') return undefined;
  return nodes.find(
    (other) =>
      other.$type === 'bpmn:IntermediateCatchEvent' &&
      other.$parent === node.$parent &&
      isLink(other) &&
      linkName(other) === linkName(node),
  );
}

/** An unnamed message or signal is identified by its id, a missing one by the event's. */
function nameOf(reference: BpmnElement | undefined, node: FlowNode): string {
  return reference?.name ?? reference?.id ?? node.id ?? '';
}

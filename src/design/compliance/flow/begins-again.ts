/** Whether one case may run a process more than once, so that one instance reads what the other writes. */
import {
  eventDefinitions,
  isActivity,
  type BpmnElement,
  type FlowNode,
} from '../../../engine/model/index.js';
import { modelsOf } from '../doing.js';
import type { Subject } from '../subject.js';
import { behind, comesTwice } from './areas.js';
import { beginKey, doneKey, pathGraphOf } from './path-graph.js';

/** Whether a case may begin the process by this event more than once. */
export function beginsAgain(subject: Subject, start: FlowNode): boolean {
  if (isCalled(subject, subject.key)) return true;
  return eventDefinitions(start).some(({ $type, messageRef }) => {
    if ($type !== 'bpmn:MessageEventDefinition') return $type === 'bpmn:SignalEventDefinition';
    const name = messageRef?.name;
    if (name === undefined || subject.context.sent.includes(name)) return true;
    const hasForm = (subject.annotations.element(start.id ?? '')?.form.length ?? 0) > 0;
    return hasForm || !isThrownOnce(subject, name);
  });
}

/** Whether only one element throws it, which a case reaches once. */
function isThrownOnce(subject: Subject, message: string): boolean {
  const throwers = modelsOf(subject).flatMap((model) =>
    model.elements.nodes
      .filter(
        (node) =>
          (/Throw|EndEvent/.test(node.$type) &&
            eventDefinitions(node).some(({ messageRef }) => messageRef?.name === message)) ||
          (node.$type === 'bpmn:SendTask' && node.messageRef?.name === message),
      )
      .map((node) => ({ node, model })),
  );
  const [only] = throwers;
  if (!only || throwers.length > 1 || only.model.key === subject.key) return false;
  const { node, model } = only;
  const graph = pathGraphOf(model);
  const key = isActivity(node) ? doneKey(node) : beginKey(node);
  const comesBack = behind(graph, graph.points.get(key)?.steps.map(({ to }) => to) ?? []).has(key);
  const starts = graph.starts.filter((start) => behind(graph, [start]).has(key));
  const [start] = starts;
  const begins = start === undefined ? undefined : (graph.points.get(start)?.node as FlowNode | undefined);
  if (
    comesBack ||
    !begins ||
    starts.length > 1 ||
    isCalled(subject, model.key) ||
    eventDefinitions(begins).some(isTold)
  )
    return false;
  return !comesTwice(graph, key);
}

const isTold = ({ $type }: BpmnElement): boolean => /Message|Signal/.test($type);

/** A called process has the instance of its caller. */
export const isCalled = (subject: Subject, key: string): boolean =>
  modelsOf(subject).some(({ elements }) => elements.nodes.some(({ calledElement }) => calledElement === key));

import { eventDefinitions, type EventDefinition, type FlowNode } from '../../engine/model/index.js';
import { isLinked } from '../links.js';
import type { Norm } from '../../regulation/model/index.js';
import type { ProcessModel, Subject } from '../subject.js';

export const timerOf = (node: FlowNode | undefined): EventDefinition | undefined =>
  node && eventDefinitions(node).find(({ $type }) => $type === 'bpmn:TimerEventDefinition');

/** A timer that checks a norm, or measures the clock on which its duty is violated. */
export const isLimit = (subject: Subject, node: FlowNode): boolean =>
  timerOf(node) !== undefined &&
  (isLinked(subject, node, { relation: 'checks' }) ||
    subject.context.norms.some((norm) => measures(subject, node, norm)));

export const measures = (model: ProcessModel, { id }: FlowNode, { duty }: Pick<Norm, 'duty'>): boolean => {
  const clock = model.annotations.element(id ?? '')?.clock ?? null;
  return clock !== null && clock === duty?.clock;
};

/** The timer is a limit of the norm. */
export const isLimitOf = (model: ProcessModel, node: FlowNode, norm: Norm): boolean =>
  timerOf(node) !== undefined &&
  (isLinked(model, node, { norm: norm.id, relation: 'checks' }) || measures(model, node, norm));

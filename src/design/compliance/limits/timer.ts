import {
  duty,
  eventDefinitions,
  type BpmnElement,
  type EventDefinition,
  type FlowNode,
} from '../../../engine/model/index.js';
import { dereferenced, type LimitRule } from '../../../kernel/limit.js';
import { doesLawful } from '../doing.js';
import { isLinked } from '../links.js';
import type { Norm } from '../../../law/regulation/model/index.js';
import type { ProcessModel, Subject } from '../subject.js';

export const timerOf = (node: FlowNode | undefined): EventDefinition | undefined =>
  node && eventDefinitions(node).find(({ $type }) => $type === 'bpmn:TimerEventDefinition');

/** Whether the timer checks a norm, or measures the clock that decides whether its duty is violated. */
export const isLimit = (subject: Subject, node: FlowNode): boolean =>
  timerOf(node) !== undefined &&
  (isLinked(subject, node, { relation: 'checks' }) ||
    subject.context.norms.some((norm) => measures(subject, node, norm)));

/**
 * Whether the timer is a limit, regardless of links: it measures a clock of the regulation for some
 * duty, or without a clock it is attached to work that is a deed of the regulation. A card before
 * or after another timer is not a limit.
 */
export function isRunningLimit(subject: Subject, node: FlowNode): boolean {
  const timer = timerOf(node);
  if (!timer) return false;
  if (isLimit(subject, node)) return true;
  const clock = subject.annotations.element(node.id ?? '')?.clock ?? null;
  if (clock !== null) {
    return subject.context.vocabulary.clocks.some(({ key, window }) => key === clock && !window);
  }
  const isCard = duty(timer, 'before') !== undefined || duty(timer, 'after') !== undefined;
  const { attachedToRef: host } = node;
  return !isCard && host !== undefined && workIn(subject, host).some((task) => doesLawful(subject, task));
}

/** The user tasks in the activity, including itself. */
const workIn = ({ elements }: Subject, host: FlowNode): readonly FlowNode[] =>
  elements.nodes.filter((node) => {
    if (node.$type !== 'bpmn:UserTask') return false;
    for (let at: BpmnElement | undefined = node; at !== undefined; at = at.$parent)
      if (at === host) return true;
    return false;
  });

export const measures = (model: ProcessModel, { id }: FlowNode, { duty }: Pick<Norm, 'duty'>): boolean => {
  const clock = model.annotations.element(id ?? '')?.clock ?? null;
  return clock !== null && clock === duty?.clock;
};

/** What the norm's limit is, with the other norm's in place of `as`. */
export const limitOfNorm = ({ context }: Subject, { limit }: Norm): LimitRule | undefined =>
  limit === null
    ? undefined
    : dereferenced(limit, (id) => context.norms.find((norm) => norm.id === id)?.limit);

export const isLimitOf = (model: ProcessModel, node: FlowNode, norm: Norm): boolean =>
  timerOf(node) !== undefined &&
  (isLinked(model, node, { norm: norm.id, relation: 'checks' }) || measures(model, node, norm));

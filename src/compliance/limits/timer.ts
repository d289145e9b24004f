import { eventDefinitions, type EventDefinition, type FlowNode } from '../../engine/model/index.js';
import { isLinked } from '../links.js';
import type { ProcessModel } from '../subject.js';

export const timerOf = (node: FlowNode | undefined): EventDefinition | undefined =>
  node && eventDefinitions(node).find(({ $type }) => $type === 'bpmn:TimerEventDefinition');

/** A timer that checks a norm. */
export const isLimit = (model: ProcessModel, node: FlowNode): boolean =>
  timerOf(node) !== undefined && isLinked(model, node, { relation: 'checks' });

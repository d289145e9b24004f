/**
 * Changes elements before the library reads them (its `extendFn`): it marks expressions, so that
 * the library passes FEEL to us and leaves names alone, and it announces calls.
 */
import { AnnouncedService } from './parts.js';
import { mark } from './expressions.js';
import type { Behaviour, Part } from './library.js';

const calling = new Set(['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask']);

export function adapt(behaviour: Behaviour): void {
  const { $type, id = '', conditionExpression, eventDefinitions, loopCharacteristics } = behaviour;
  delete behaviour.implementation;
  if (calling.has($type)) behaviour.Service = AnnouncedService;
  if (loopCharacteristics) behaviour.loopCharacteristics = markLoop(loopCharacteristics, id);
  if (eventDefinitions) behaviour.eventDefinitions = eventDefinitions.map((part) => markTrigger(part, id));
  if (!conditionExpression) return;
  delete behaviour.conditionExpression;
  const body = conditionExpression.body?.trim() ?? '';
  if (body !== '') behaviour.conditionExpression = { body: mark('condition', body, id) };
}

function markLoop(loop: Part, where: string): Part {
  const { loopCardinality, completionCondition, loopCondition, collection, item, ...rest } = loop.behaviour;
  return {
    ...loop,
    behaviour: {
      ...rest,
      ...(typeof loopCardinality === 'string'
        ? { loopCardinality: mark('count', loopCardinality, where) }
        : {}),
      ...(typeof completionCondition === 'string'
        ? { completionCondition: mark('condition', completionCondition, where) }
        : {}),
      ...(typeof loopCondition === 'string'
        ? { loopCondition: mark('condition', loopCondition, where) }
        : {}),
      ...(typeof collection === 'string' ? { collection: mark('list', collection, where) } : {}),
      elementVariable: `item:${typeof item === 'string' ? item : 'item'}`,
    },
  };
}

function markTrigger(trigger: Part, where: string): Part {
  if (typeof trigger.behaviour['expression'] !== 'string') return trigger;
  const expression = mark('trigger', trigger.behaviour['expression'], where);
  return { ...trigger, behaviour: { ...trigger.behaviour, expression } };
}

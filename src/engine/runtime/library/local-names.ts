import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.js';
import type { Activity, Content, Environment, Message } from './library.js';

/**
 * Extension of sub-processes: their run carries the local names of the enclosing scopes. Otherwise an instance of a
 * multi-instance would see only its own item.
 */
export function localNames(activity: Activity): object | undefined {
  if (activity.isSubProcess !== true && activity.type !== 'bpmn:CallActivity') return undefined;
  return {
    activate({ fields }: Message): void {
      const locals = localsIn(activity.environment);
      if (fields.redelivered === true || Object.keys(locals).length === 0) return;
      activity.broker.publish('format', 'run.locals', { locals });
    },
    deactivate: () => undefined,
  };
}

/** Local names of a scope; the library puts the message that started the scope into its variables. */
export function localsIn({ variables }: Environment): JsonObject {
  const content = variables['content'] as Content | undefined;
  if (content === undefined) return {};
  return { ...(isJsonObject(content['locals']) ? content['locals'] : {}), ...instanceLocals(content) };
}

/** Local names of one instance of a multi-instance, from the library's message. */
export function instanceLocals(content: Content): JsonObject {
  if (content.isMultiInstance !== true || content.index === undefined) return {};
  const items = Object.entries(content).filter(([key]) => key.startsWith('item:'));
  return {
    loopCounter: content.index + 1,
    ...countsOf(content),
    ...Object.fromEntries(items.map(([key, value]) => [key.slice('item:'.length), value as Json])),
  };
}

/** Every completed instance has an output (`stimuli.ts`), so completed instances are counted by outputs. */
function countsOf({ loopCardinality, loopOutput }: Content): JsonObject {
  const completed = (loopOutput ?? []).filter((output) => output !== undefined && output !== null).length;
  if (loopCardinality === undefined)
    return { numberOfCompletedInstances: completed, nrOfCompletedInstances: completed };
  const active = loopCardinality - completed;
  return {
    numberOfInstances: loopCardinality,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: 0,
    nrOfInstances: loopCardinality,
    nrOfActiveInstances: active,
    nrOfCompletedInstances: completed,
  };
}

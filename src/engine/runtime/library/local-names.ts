import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.js';
import type { Activity, Content, Environment, Message } from './library.js';

/**
 * The library's extension for sub-processes: their run carries the local names of the scopes around it. Without it
 * an instance of a multi-instance would know its own item only.
 */
export function localNames(activity: Activity): object | undefined {
  if (activity.isSubProcess !== true) return undefined;
  return {
    activate({ fields }: Message): void {
      const locals = localsIn(activity.environment);
      if (fields.redelivered === true || Object.keys(locals).length === 0) return;
      activity.broker.publish('format', 'run.locals', { locals });
    },
    deactivate: () => undefined,
  };
}

/** The local names in a scope; the library puts the message that started the scope into its variables. */
export function localsIn({ variables }: Environment): JsonObject {
  const content = variables['content'] as Content | undefined;
  if (content === undefined) return {};
  return { ...(isJsonObject(content['locals']) ? content['locals'] : {}), ...instanceLocals(content) };
}

/** The local names of one instance of a multi-instance, out of the library's message about it. */
export function instanceLocals(content: Content): JsonObject {
  if (content.isMultiInstance !== true || content.index === undefined) return {};
  const items = Object.entries(content).filter(([key]) => key.startsWith('item:'));
  return {
    loopCounter: content.index + 1,
    ...countsOf(content),
    ...Object.fromEntries(items.map(([key, value]) => [key.slice('item:'.length), value as Json])),
  };
}

/** Every completed instance leaves an output (see `stimuli.ts`), which is how they are counted. */
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

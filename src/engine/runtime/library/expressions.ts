/**
 * Hands FEEL to our evaluator. The library passes every text that might hold an expression through one function,
 * names of messages as well as conditions; ours carry a mark (set when the diagram is described to the library).
 */
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.js';
import { Refusal } from '../../../kernel/refusal.js';
import { feel } from '../feel.js';
import type { Content } from './elements.js';

type Kind = 'condition' | 'count' | 'list';

const marked = /^\u0001(\w+)\u0001([^\u0001]*)\u0001([\s\S]*)$/;

export function mark(kind: Kind, text: string, where: string): string {
  return `\u0001${kind}\u0001${where}\u0001${text}`;
}

/** What the library hands over beside the text. */
interface Scope {
  readonly content?: Content;
  readonly environment?: { readonly variables: { readonly [key: string]: unknown } };
}

/** The library's `expressions`, for one step. */
export function expressions(variables: JsonObject, now: Date, onRefusal: (refusal: Refusal) => void): object {
  return {
    resolveExpression(text: unknown, scope: Scope): unknown {
      const [, kind, where, source] = typeof text === 'string' ? (marked.exec(text) ?? []) : [];
      if (kind === undefined || source === undefined) return text;
      try {
        return evaluate(kind as Kind, source, { ...variables, ...localsOf(scope) }, now, where ?? '');
      } catch (cause) {
        if (cause instanceof Refusal) onRefusal(cause);
        throw cause;
      }
    },
  };
}

function evaluate(kind: Kind, source: string, variables: JsonObject, now: Date, where: string): Json {
  const expression = feel(source, where);
  if (kind === 'condition') return expression.holds(variables, now);
  const value = expression.value(variables, now);
  if (kind === 'count' && !(Number.isInteger(value) && Number(value) >= 0)) {
    throw new Refusal('expression.invalid', `${where} 的实例个数“${source.trim()}”不是非负整数。`, { where });
  }
  if (kind === 'list' && !Array.isArray(value)) {
    throw new Refusal('expression.invalid', `${where} 的集合“${source.trim()}”不是列表。`, { where });
  }
  return value;
}

function localsOf({ content, environment }: Scope): JsonObject {
  const outer = environment?.variables['locals'];
  return {
    ...(isJsonObject(outer) ? (outer as JsonObject) : {}),
    ...(content ? instanceLocals(content) : {}),
  };
}

/** The local names of one instance of a multi-instance, out of the library's message about it. */
export function instanceLocals(content: Content): JsonObject {
  if (content.isMultiInstance !== true || content.index === undefined) return {};
  const items = Object.entries(content).filter(([key]) => key.startsWith('item:'));
  const counts = countsOf(content);
  return {
    loopCounter: content.index + 1,
    ...counts,
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

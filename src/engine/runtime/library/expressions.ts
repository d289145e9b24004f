/**
 * Passes FEEL to our evaluator. The library resolves every text that might hold an expression
 * through one function, names of messages as well as conditions; ours are marked in `adapt.ts`.
 */
import type { Json, JsonObject } from '../../../kernel/json.js';
import { Refusal } from '../../../kernel/refusal.js';
import { feel } from '../../model/feel.js';
import type { Content, Environment } from './library.js';
import { instanceLocals } from './local-names.js';

/** `trigger`: the condition of a conditional event, unlike those of flows and loops. */
type Kind = 'condition' | 'trigger' | 'count' | 'list';

/** From Unicode's private use area: no text in a diagram begins with it. */
const sign = '\uE000';
const marked = /^\uE000(\w+)\uE000([^\uE000]*)\uE000([\s\S]*)$/;

export function mark(kind: Kind, text: string, where: string): string {
  return [sign, kind, sign, where, sign, text].join('');
}

/** The library's scope of the text. */
interface Scope {
  readonly content?: Content;
  readonly environment?: Environment;
}

export interface Evaluation {
  readonly variables: JsonObject;
  readonly now: Date;
  localsIn(environment: Environment, content?: Content): JsonObject;
  /** True while a saved run is resumed. */
  readonly resuming: boolean;
  /** The first refusal; the library would turn it into an error event. */
  refusal: Refusal | undefined;
}

/** The library's `expressions`, for one step. */
export function expressions(step: Evaluation): object {
  return {
    resolveExpression(text: unknown, scope: Scope): unknown {
      const [, kind, where, source] = typeof text === 'string' ? (marked.exec(text) ?? []) : [];
      if (kind === undefined || source === undefined) return text;
      // On resuming, the library evaluates the condition again and loses the event if it has become true meanwhile.
      if (kind === 'trigger' && step.resuming) return false;
      try {
        return evaluate(
          kind as Kind,
          source,
          { ...step.variables, ...localsOf(scope, step) },
          step.now,
          where ?? '',
        );
      } catch (cause) {
        if (cause instanceof Refusal) step.refusal ??= cause;
        throw cause;
      }
    },
  };
}

function evaluate(kind: Kind, source: string, variables: JsonObject, now: Date, where: string): Json {
  const expression = feel(source, where);
  if (kind === 'condition' || kind === 'trigger') return expression.holds(variables, now);
  const value = expression.value(variables, now);
  if (kind === 'count' && !(Number.isInteger(value) && Number(value) >= 0)) {
    throw new Refusal('expression.invalid', `${where} 的实例个数“${source.trim()}”不是非负整数。`, { where });
  }
  if (kind === 'list' && !Array.isArray(value)) {
    throw new Refusal('expression.invalid', `${where} 的集合“${source.trim()}”不是列表。`, { where });
  }
  return value;
}

function localsOf({ content, environment }: Scope, step: Evaluation): JsonObject {
  if (environment) return step.localsIn(environment, content);
  return content ? instanceLocals(content) : {};
}

/** What a handler has written, moved and read beyond its declaration. */
import { fits, type HandlerContext, type HandlerResult, type ValueType } from '../../src/engine/index.js';
import { drawnClock } from '../../src/handlers/declares.js';
import { producedByHandlers } from '../../src/handlers/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import type { Law } from '../../src/kernel/law.js';
import { shippedPolicies } from '../../src/law/policy/index.js';

const policies = shippedPolicies();

export function undeclaredIn(name: string, result: HandlerResult, law: Law): readonly string[] {
  const { writes = {}, errors = {}, moves = {} } = producedByHandlers(law).get(name) ?? {};
  if ('error' in result) return result.error in errors ? [] : [`${name} 没有声明错误 ${result.error}`];
  if ('escalation' in result) return [`${name} 没有声明升级 ${result.escalation}`];
  const moved = (result.clocks ?? []).filter(
    ({ act, limit }) => ![limit, drawnClock].includes(moves[act] ?? ''),
  );
  return [
    ...unfit(result.variables ?? {}, writes).map((said) => `${name} 写的${said}`),
    ...moved.map(({ act, limit }) => `${name} 没有声明 ${act} ${limit}`),
  ];
}

/** The context; `noted` is told each variable and policy that the handler reads, and whether it is declared. */
export function watchedReads(
  name: string,
  context: HandlerContext,
  law: Law,
  noted: (what: string, isDeclared: boolean) => void,
): HandlerContext {
  const { reads = '', policies: decide = '' } = producedByHandlers(law).get(name) ?? {};
  const [variables, keys] = [reads.split(' '), decide.split(' ')];
  const watched = (values: JsonObject): JsonObject =>
    new Proxy(values, {
      get: (target, key) => {
        if (typeof key === 'symbol') return undefined;
        noted(`${name} < ${key}`, variables.includes(key));
        return target[key];
      },
    });
  return {
    ...context,
    variables: watched(context.variables),
    locals: watched(context.locals),
    policies: {
      version: context.policies.version,
      value: (key) => {
        noted(`${name} < ${key}`, keys.includes(key));
        return context.policies.value(key);
      },
    },
  };
}

export const unfit = (
  variables: JsonObject,
  writes: { readonly [variable: string]: ValueType },
): readonly string[] =>
  Object.entries(variables).flatMap(([variable, value]) => {
    const type = writes[variable];
    if (!type) return [`变量 ${variable} 没有声明`];
    return fits(value, resolved(type)) ? [] : [`变量 ${variable} 不合声明：${JSON.stringify(value)}`];
  });

function resolved(type: ValueType): ValueType {
  if (type.kind !== 'text' || type.policy === undefined) return type;
  const policy = policies.named(type.policy);
  return policy.kind === 'choice' ? { ...type, values: Object.keys(policy.choices) } : type;
}

/** Values that a handler has written beyond its declaration. */
import { fits, type HandlerResult, type ValueType } from '../../src/engine/index.js';
import { producedByHandlers } from '../../src/handlers/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import type { Law } from '../../src/kernel/law.js';
import { shippedPolicies } from '../../src/law/policy/index.js';

const policies = shippedPolicies();

export function undeclaredIn(name: string, result: HandlerResult, law: Law): readonly string[] {
  const { writes = {}, errors = [] } = producedByHandlers(law).get(name) ?? {};
  if ('error' in result) return errors.includes(result.error) ? [] : [`${name} 没有声明错误 ${result.error}`];
  if ('escalation' in result) return [`${name} 没有声明升级 ${result.escalation}`];
  return unfit(result.variables ?? {}, writes).map((said) => `${name} 写的${said}`);
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

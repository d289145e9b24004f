/** Input and output variables of activities (`duty:scope`), each with the type of the expression behind it. */
import {
  aDate,
  anInstant,
  anything,
  aText,
  label,
  nothing,
  orNull,
  typed,
  type ValueType,
} from '../../../engine/model/index.js';
import type { ProcessModel } from '../subject.js';
import { keeperOf, scopesIn, type Origin } from './own.js';

/** Variables handed to a called process exist from its beginning. */
export function* mappedIn(
  model: ProcessModel,
  key: string,
  types: ReadonlyMap<string, ValueType>,
): Generator<readonly [string, Origin]> {
  const scopes = scopesIn(model);
  for (const { node, scope } of scopes) {
    const of = { process: model.key, element: node.id ?? '' };
    const says = `${label(node)}自己的变量`;
    for (const { name, value } of scope.locals) {
      if (node.calledElement === key)
        yield [name, { kind: 'given', says: `调用它的${label(node)}`, type: anything }];
      if (model.key !== key) continue;
      const own = { ...of, says, keeper: node };
      if (value === null) yield [name, { ...own, kind: 'unset', type: nothing }];
      else yield [name, { ...own, kind: 'local', ...reckoned(value, types) }];
    }
    for (const { name, value } of scope.outputs) {
      const keeper = keeperOf(scopes, node.$parent, name);
      if (keeper && model.key !== key) continue;
      const handed = { ...of, says: `${label(node)}带出来的`, ...(keeper ? { keeper } : {}) };
      yield [name, { ...handed, kind: 'output', ...reckoned(value ?? name, types) }];
    }
  }
}

function reckoned(value: string, types: ReadonlyMap<string, ValueType>): Pick<Origin, 'type' | 'copies'> {
  const copies = /^=?\s*([A-Za-z_]\w*)$/.exec(value.trim())?.[1];
  return { type: asJson(typed(value, types).type), ...(copies === undefined ? {} : { copies }) };
}

/** Types that only FEEL has are stored as text in a variable. */
function asJson(type: ReturnType<typeof typed>['type']): ValueType {
  switch (type.kind) {
    case 'null':
      return nothing;
    case 'day':
      return orNull(aDate);
    case 'moment':
      return orNull(anInstant);
    case 'time':
    case 'duration':
      return orNull(aText);
    default:
      return type;
  }
}

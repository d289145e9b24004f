/** Lists the variables that the expressions of a diagram may use, in words, for its author. */
import { parseDiagram, type ValueType } from '../../engine/model/index.js';
import { inForceFor } from './check-diagram.js';
import type { CheckContext } from './context.js';
import { variablesOf, type Variable } from './data/variables.js';
import { modelsOf } from './subject.js';

export interface OfferedVariable {
  readonly name: string;
  /** Possible values, in words. */
  readonly holds: string;
  /** Places where it is set, in words. */
  readonly origins: readonly string[];
}

/** @throws {Refusal} `definition.not-bpmn` */
export async function variablesOfDiagram(
  xml: string,
  context: CheckContext,
): Promise<readonly OfferedVariable[]> {
  const models = modelsOf(await parseDiagram(xml));
  const found = new Map<string, OfferedVariable>();
  for (const model of models) {
    const inForce = await inForceFor(model.key, models, context);
    for (const one of variablesOf({ ...model, context, inForce, sha256: '' }).values())
      found.set(one.name, inWords(one));
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}

const inWords = ({ name, type, origins }: Variable): OfferedVariable => ({
  name,
  holds: holdsInWords(type),
  origins: [...new Set(origins.map(({ says }) => says))],
});

const kinds: { readonly [kind in ValueType['kind']]: string } = {
  text: '文字',
  number: '数字',
  boolean: '是否',
  date: '日期',
  instant: '时刻',
  list: '一列',
  record: '记录',
  any: '不定',
};

function holdsInWords(type: ValueType): string {
  if (type.kind !== 'text' || type.values === undefined) return kinds[type.kind];
  return type.values.map((value) => `"${value}"`).join('、');
}

/** The variables whose values are followed along a case's paths (along.ts), and the values that elements write. */
import type { BpmnElement, ValueType } from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import type { Subject } from '../subject.js';
import { cellsOf } from './cells.js';
import type { Origin } from './own.js';
import { variablesOf, type Variable } from './variables.js';

/** Values of each followed variable. */
export type Values = ReadonlyMap<string, ReadonlySet<Json>>;

/** One bit per value of each followed variable: sets would take five times as long. */
export type Bits = readonly number[];

export interface Followed {
  readonly name: string;
  readonly domain: readonly Json[];
  readonly variable: Variable;
  /** True if each instance has its own copy. */
  readonly own: boolean;
}

/** Values are bits of one number. */
const mostValues = 29;

/**
 * Follows variables with few values that only this process writes.
 *
 * @param told texts by the variables in them: literals that a number or a date is compared with
 */
export function followedOf(
  subject: Subject,
  told: ReadonlyMap<string, readonly string[]>,
): readonly Followed[] {
  const variables = variablesOf(subject);
  const corrected = correctedWithSheet(subject);
  return [...told].flatMap(([name, texts]): Followed[] => {
    const variable = variables.get(name);
    if (!variable || variable.keepers.length > 0 || corrected.has(name)) return [];
    const { type, origins } = variable;
    const isOurs = ({ kind, process, element }: Origin): boolean =>
      process === subject.key && element !== undefined && !['given', 'repetition'].includes(kind);
    const values = valuesTold(type, texts);
    if (!values || values.length >= mostValues || !origins.every(isOurs)) return [];
    return [{ name, variable, domain: [...values, null], own: subject.annotations.own.includes(name) }];
  });
}

function valuesTold(type: ValueType, texts: readonly string[]): readonly Json[] | undefined {
  switch (type.kind) {
    case 'boolean':
      return [true, false];
    case 'text':
      return type.values;
    case 'number':
    case 'date':
      return cellsOf(type.kind, texts);
    default:
      return undefined;
  }
}

/**
 * Answers that a correction of the sheet may change at any time, because their form's rules relate
 * them to the sheet.
 */
function correctedWithSheet(subject: Subject): ReadonlySet<string> {
  const given = new Set(subject.context.given.flatMap(({ writes }) => Object.keys(writes)));
  const forms = subject.annotations.elements.filter(
    ({ form, rules }) => rules.length > 0 && form.some(({ key }) => given.has(key)),
  );
  return new Set(forms.flatMap(({ form }) => form.map(({ key }) => key)));
}

/** A form always writes its required answers; everything else may be written or left. */
export function written(followed: readonly Followed[], node: BpmnElement, values: Bits): Bits {
  return values.map((before, index) => {
    const one = followed[index];
    let bits = before;
    for (const { element, kind, type } of one?.variable.origins ?? []) {
      if (element !== node.id || !one) continue;
      const offered = type.kind === 'text' && type.values;
      const some = new Set(one.domain.filter((value) => !offered || offered.includes(value as string)));
      const isAsked = kind === 'form' && type.nullable !== true && node.$type === 'bpmn:UserTask';
      some[isAsked ? 'delete' : 'add'](null);
      bits = bitsOf(one, some) | (isAsked ? 0 : bits);
    }
    return bits;
  });
}

export const allOf = (values: readonly unknown[]): number => 2 ** values.length - 1;
export const joined = (one: Bits, other: Bits): Bits => one.map((bits, index) => bits | (other[index] ?? 0));

export const setOf = ({ domain }: Followed, bits: number): ReadonlySet<Json> =>
  new Set(domain.filter((_, place) => (bits & (1 << place)) !== 0));
export const bitsOf = ({ domain }: Followed, values: ReadonlySet<Json>): number =>
  domain.reduce((sum: number, value, place) => (values.has(value) ? sum | (1 << place) : sum), 0);
export const valuesOf = (followed: readonly Followed[], values: Bits): Values =>
  new Map(followed.map((one, index) => [one.name, setOf(one, values[index] ?? 0)]));

/**
 * The type of a variable. Forms, handlers and policies declare it for the variables they set, and
 * the checks of diagrams verify every expression against it. Without `nullable` the variable is
 * never set to null, but it may still be unset.
 */
import { isJsonObject, type Json } from '../../kernel/json.js';

export type ValueType = Kind & { readonly nullable?: true };

type Kind =
  /** `values` lists the only possible values; `policy` names the policy that provides them. */
  | { readonly kind: 'text'; readonly values?: readonly string[]; readonly policy?: string }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /**
   * Stored as text in JSON: `2026-03-02`, and an instant as ISO 8601. FEEL reads them with
   * `date(…)` and `date and time(…)`.
   */
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'list'; readonly of: ValueType }
  | { readonly kind: 'record'; readonly fields: { readonly [name: string]: ValueType } }
  /** Unknown type. */
  | { readonly kind: 'any' };

export const aText: ValueType = { kind: 'text' };
export const aNumber: ValueType = { kind: 'number' };
export const aTruth: ValueType = { kind: 'boolean' };
export const aDate: ValueType = { kind: 'date' };
export const anInstant: ValueType = { kind: 'instant' };
export const anything: ValueType = { kind: 'any', nullable: true };
export const oneOf = (...values: readonly string[]): ValueType => ({ kind: 'text', values });
export const aList = (of: ValueType): ValueType => ({ kind: 'list', of });
export const aRecord = (fields: { readonly [name: string]: ValueType }): ValueType => ({
  kind: 'record',
  fields,
});
/** One of the policy's possible values. */
export const policyValue = (policy: string): ValueType => ({ kind: 'text', policy });
export const orNull = (type: ValueType): ValueType => ({ ...type, nullable: true });
/** The type of a variable that is only ever cleared. */
export const nothing: ValueType = { ...oneOf(), nullable: true };

const day = /^\d{4}-\d\d-\d\d$/;

/** A missing field of a record counts as null. */
export function fits(value: Json | undefined, type: ValueType): boolean {
  if (value === null || value === undefined) return type.nullable === true;
  switch (type.kind) {
    case 'text':
      return typeof value === 'string' && (type.values?.includes(value) ?? true);
    case 'number':
    case 'boolean':
      return typeof value === type.kind;
    case 'date':
      return typeof value === 'string' && day.test(value);
    case 'instant':
      return typeof value === 'string' && !day.test(value) && !Number.isNaN(Date.parse(value));
    case 'list':
      return Array.isArray(value) && value.every((one: Json) => fits(one, type.of));
    case 'record':
      return (
        isJsonObject(value) &&
        Object.keys(value).every((name) => name in type.fields) &&
        Object.entries(type.fields).every(([name, field]) => fits(value[name], field))
      );
    case 'any':
      return true;
  }
}

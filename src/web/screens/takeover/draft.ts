/** A mapping as the form edits it; parts that the form does not show stay unchanged. */
import type { Output } from '../../api/client.js';

export type OldLog = Output<'readOldLog'>;
export type Report = NonNullable<OldLog['report']>;
export type DeedMeaning = Output<'readRegulation'>['vocabulary']['deeds'][number];

export type FactSource = { readonly value: string | number | boolean } | { readonly column: string };

export interface DraftDeed {
  deed: string;
  facts: Record<string, FactSource>;
  readonly [other: string]: unknown;
}

export interface Draft {
  case: string;
  activity: string;
  instant: { column: string; readonly [other: string]: unknown };
  unit?: string;
  person?: string;
  activities: Record<string, DraftDeed[]>;
  [other: string]: unknown;
}

/** Draft of a mapping, from the program's proposal or from a file. */
export function draftOf(mapping: { readonly [key: string]: unknown }): Draft {
  const copy = JSON.parse(JSON.stringify(mapping)) as Partial<Draft>;
  const activities: Record<string, DraftDeed[]> = {};
  for (const [activity, deeds] of Object.entries(copy.activities ?? {}))
    activities[activity] = deeds.map((one) => ({ ...one, facts: { ...one.facts } }));
  const { case: caseColumn = '', activity = '', instant = { column: '' } } = copy;
  return { ...copy, case: caseColumn, activity, instant, activities };
}

/** Parts for which the form has no fields. */
export const otherParts = (draft: Draft): string[] =>
  Object.entries(otherTitles).flatMap(([key, title]) => {
    const said = draft[key];
    const isEmpty =
      said === undefined || (typeof said === 'object' && said !== null && Object.keys(said).length === 0);
    return isEmpty ? [] : [title];
  });

const otherTitles: Readonly<Record<string, string>> = {
  role: '岗位',
  values: '值的对应',
  limits: '期限多长',
  recorded: '原系统记的期限',
  object: '区分几次督办的列',
  only: '只用哪些行',
  asOf: '日志完整到何时',
};

const truths: Readonly<Record<string, boolean>> = { 是: true, 否: false };

/** Value of a typed fact: 是 and 否 are booleans. */
export const valueOf = (typed: string): string | boolean => truths[typed] ?? typed;

export const typedOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? '是' : '否') : String(value);

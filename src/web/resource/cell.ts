/** A value as its column shows it. */
import type { Column } from '../../http/contract/column.js';
import { labelsOf } from '../components/labels.js';
import { instant, limit } from '../time/show.js';

export const valueIn = (row: object, key: string): unknown => Reflect.get(row, key);

export function textIn(row: object, key: string): string | null {
  const value = valueIn(row, key);
  return typeof value === 'string' ? value : null;
}

/** Of rows that have one. */
export function keyOf(row: object): string | undefined {
  const key = valueIn(row, 'id') ?? valueIn(row, 'key') ?? valueIn(row, 'no');
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}

export function shown({ key, kind, words, none = '—' }: Omit<Column, 'title'>, row: object): string {
  const value = valueIn(row, key);
  if (value === null || value === undefined || value === '') return none;
  const labels = labelsOf([value].flat().filter(isLabelled));
  if (labels !== '') return labels;
  if (Array.isArray(value)) return value.map((one) => words?.[String(one)] ?? String(one)).join('、') || none;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (kind === 'instant') return instant(text);
  if (kind === 'limit') return limit(text);
  return words?.[text] ?? text;
}

const isLabelled = (value: unknown): value is { readonly label: string } =>
  typeof value === 'object' && value !== null && 'label' in value && typeof value.label === 'string';

const order = new Intl.Collator('zh-CN', { numeric: true });

export const sorted = <Row extends object>(rows: readonly Row[], column: Column, down: boolean): Row[] =>
  rows.toSorted((one, other) => order.compare(shown(column, one), shown(column, other)) * (down ? -1 : 1));

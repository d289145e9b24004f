/** Formats a value for its column. */
import type { Column } from '../../http/contract/column.js';
import { labelsOf } from '../components/labels.js';
import { now } from '../time/clock.js';
import { instant, limit, short } from '../time/show.js';

export const valueIn = (row: object, key: string): unknown => Reflect.get(row, key);

export function textIn(row: object, key: string): string | null {
  const value = valueIn(row, key);
  return typeof value === 'string' ? value : null;
}

/** Key of a row, if it has one. */
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
  if (kind === 'instant' || kind === 'limit') return short(fullTime(kind, text), now.value);
  return words?.[text] ?? text;
}

const fullTime = (kind: 'instant' | 'limit', iso: string): string =>
  kind === 'limit' ? limit(iso) : instant(iso);

/** Of a time: with its year, for whoever points at it, and for paper. */
export function inFull({ key, kind }: Omit<Column, 'title'>, row: object): string | undefined {
  const iso = textIn(row, key);
  return iso && (kind === 'instant' || kind === 'limit') ? fullTime(kind, iso) : undefined;
}

const isLabelled = (value: unknown): value is { readonly label: string } =>
  typeof value === 'object' && value !== null && 'label' in value && typeof value.label === 'string';

const order = new Intl.Collator('zh-CN', { numeric: true });

export const sorted = <Row extends object>(rows: readonly Row[], column: Column, down: boolean): Row[] =>
  rows.toSorted(
    (one, other) =>
      order.compare(
        inFull(column, one) ?? shown(column, one),
        inFull(column, other) ?? shown(column, other),
      ) * (down ? -1 : 1),
  );

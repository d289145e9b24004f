/** Converts cells of register columns to and from the values they name. */
import type { RegisterName } from '../../../../engine/model/decision/table.js';

export interface ListedColumn {
  readonly kind: 'input' | 'output';
  readonly register: RegisterName;
}

const quoted = '"(?:[^"\\\\]|\\\\.)*"';
const place = `list contains\\(\\s*\\?\\s*,\\s*(${quoted})\\s*\\)`;

/** Undefined if the cell has another content, which is left unchanged. */
export function valuesIn(text: string, { kind, register }: ListedColumn): readonly string[] | undefined {
  const cell = text.trim();
  if (cell === '' || cell === (kind === 'input' ? '-' : 'null')) return [];
  const one = kind === 'input' && register === 'class' ? place : `(${quoted})`;
  const most = kind === 'input' ? '*' : '{0}';
  if (!new RegExp(`^${one}(?:\\s*,\\s*${one})${most}$`).test(cell)) return undefined;
  const values = [...cell.matchAll(new RegExp(one, 'g'))].map(
    ([, value = '""']) => JSON.parse(value) as string,
  );
  return register === 'units' ? values.flatMap((names) => names.split('、')) : values;
}

/** Text for one output value, or for several units. */
export function textOf(values: readonly string[], { kind, register }: ListedColumn): string {
  if (values.length === 0) return kind === 'input' ? '-' : 'null';
  if (kind === 'output') return JSON.stringify(values.join('、'));
  return values
    .map((value) => JSON.stringify(value))
    .map((value) => (register === 'class' ? `list contains(?, ${value})` : value))
    .join(', ');
}

/** Whether a cell may contain more than one value. */
export const isSeveral = ({ kind, register }: ListedColumn): boolean =>
  kind === 'input' || register === 'units';

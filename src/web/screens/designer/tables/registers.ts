/** Registers of the columns of a table, with Chinese names. */
import { registerOf, type CheckContext, type Registered } from '../../../../design/compliance/index.js';
import type { DecisionTable, RegisterName } from '../../../../engine/model/index.js';
import { valuesIn, type ListedColumn } from './cell-text.js';

export interface Listed extends ListedColumn {
  readonly label: string;
  readonly entries: readonly Entry[];
  /** Name of a value; undefined if the register lacks it. */
  readonly nameOf: (value: string) => string | undefined;
}

interface Entry {
  readonly value: string;
  /** Name to offer and show; for a class, its path. */
  readonly name: string;
}

/** By column id; a column whose register is unknown here is left out. */
export function listedColumns(
  { inputs, outputs }: Pick<DecisionTable, 'inputs' | 'outputs'>,
  context: CheckContext,
): ReadonlyMap<string, Listed> {
  const columns = [
    ...inputs.map((column) => ({ kind: 'input' as const, column })),
    ...outputs.map((column) => ({ kind: 'output' as const, column })),
  ];
  return new Map(
    columns.flatMap(({ kind, column: { id, label, register } }) =>
      register ? [[id, { kind, label, register, ...entriesOf(register, context) }] as const] : [],
    ),
  );
}

type Entries = Pick<Listed, 'entries' | 'nameOf'>;
const kept = new WeakMap<readonly Registered[], Entries>();

function entriesOf(register: RegisterName, context: CheckContext): Entries {
  const known = registerOf(context, register) ?? [];
  const before = kept.get(known);
  if (before) return before;
  const byValue = new Map(known.map((one) => [one.value, one]));
  const wayTo = ({ name, parent }: Registered): string => {
    const above = byValue.get(parent ?? '');
    return above ? `${wayTo(above)} / ${name}` : name;
  };
  const names = new Map(known.map((one) => [one.value, wayTo(one)]));
  const entries = {
    entries: [...names].map(([value, name]) => ({ value, name })),
    nameOf: (value: string) => names.get(value),
  };
  kept.set(known, entries);
  return entries;
}

/**
 * Names to show instead of a cell's codes; undefined if the codes are names already, or the cell
 * has another content.
 */
export function namedIn(text: string, column: Listed): string | undefined {
  const values = valuesIn(text, column);
  if (!values || values.length === 0) return undefined;
  const names = values.map((value) => column.nameOf(value));
  if (names.every((name, at) => name === undefined || name === values[at])) return undefined;
  return names.map((name, at) => name ?? `${values[at] ?? ''}（名册里没有）`).join('；');
}

/** Rows and columns of a table by id, and the side from which the merged table takes each part. */
import type { DecisionElement, DecisionTree } from '../../../engine/model/index.js';
import type { Choice } from '../difference/merged.js';

export type Three<Value> = { readonly [side in 'base' | Choice]: Value };

export interface Column {
  readonly id: string;
  readonly kind: 'input' | 'output';
  readonly label: string;
  /** The deciding content. */
  readonly facts: string;
  readonly element: DecisionElement;
}

export interface Row {
  readonly id: string;
  readonly number: number;
  readonly note: string | undefined;
  /** Texts and entries by column. */
  readonly cells: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, DecisionElement>;
  readonly element: DecisionElement;
}

export interface Parts {
  readonly columns: ReadonlyMap<string, Column>;
  readonly rows: ReadonlyMap<string, Row>;
}

const elementAt = (list: readonly DecisionElement[] | undefined, at: number): DecisionElement => {
  const element = list?.[at];
  if (!element) throw new Error(`a table without its element ${at}`);
  return element;
};

const byId = <Part extends { readonly id: string }>(parts: readonly Part[]): ReadonlyMap<string, Part> =>
  new Map(parts.map((part) => [part.id, part]));

export function partsOf({ table, logic }: DecisionTree): Parts {
  const { inputs, outputs, rules } = table;
  const elements = (name: string): readonly DecisionElement[] => logic.get<DecisionElement[]>(name);
  const columns: readonly Column[] = [
    ...inputs.map(({ id, label, expression, type, allowed, register }, at) => ({
      ...{ id, kind: 'input' as const, label, element: elementAt(elements('input'), at) },
      facts: JSON.stringify([expression, type, allowed ?? null, register ?? null]),
    })),
    ...outputs.map(({ id, label, name, type, allowed, otherwise, register }, at) => ({
      ...{ id, kind: 'output' as const, label, element: elementAt(elements('output'), at) },
      facts: JSON.stringify([name, type, allowed ?? null, otherwise ?? null, register ?? null]),
    })),
  ];
  const rows = rules.map(({ id, number, note, tests, results }, at): Row => {
    const element = elementAt(elements('rule'), at);
    const texts = [...tests, ...results];
    const entries = [
      ...(element.get<DecisionElement[] | undefined>('inputEntry') ?? []),
      ...(element.get<DecisionElement[] | undefined>('outputEntry') ?? []),
    ];
    return {
      ...{ id, number, note, element },
      cells: new Map(columns.map((column, place) => [column.id, texts[place] ?? ''])),
      entries: new Map(columns.map((column, place) => [column.id, elementAt(entries, place)])),
    };
  });
  return { columns: byId(columns), rows: byId(rows) };
}

export interface Settled {
  readonly from: Choice;
  /** True if both changed it differently. */
  readonly clashes: boolean;
}

/** @param choice for a part that both changed; default: theirs */
export function settled(ownChanged: boolean, otherChanged: boolean, same: boolean, choice?: Choice): Settled {
  if (!ownChanged || same) return { from: 'theirs', clashes: false };
  if (!otherChanged) return { from: 'mine', clashes: false };
  return { from: choice ?? 'theirs', clashes: true };
}

/** Merges single values. */
export const settledValue = <Value>(was: Value, own: Value, other: Value, choice?: Choice): Settled =>
  settled(own !== was, other !== was, own === other, choice);

/** Whether a row differs in the columns that both tables have. */
export function differs(one: Row | undefined, another: Row | undefined): boolean {
  if (!one || !another) return one !== another;
  return [...one.cells].some(([column, cell]) => (another.cells.get(column) ?? cell) !== cell);
}

/** Content of a cell that nobody has filled. */
const blank = { input: '-', output: 'null' } as const;

/** Rows in which a side has changed a column's cells. */
export const rowsTouching = (before: Parts, side: Parts, { id, kind }: Column): readonly Row[] =>
  [...side.rows.values()].filter((row) => {
    const was = before.rows.get(row.id)?.cells.get(id) ?? blank[kind];
    return (row.cells.get(id) ?? was) !== was;
  });

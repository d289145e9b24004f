/**
 * Merges two people's changes of one decision table. Rows, columns, the head and the row order that
 * only one person changed come from that person. Where both changed the same part differently,
 * somebody must choose. A row is chosen as a whole, because one person's test with the other's
 * result would be a rule that nobody wrote.
 */
import { decisionTree, type DecisionElement, type DecisionTree } from '../../../engine/model/index.js';
import type { Change } from '../difference/change.js';
import type { Choice, Choices, Conflict, Merged, Sides } from '../difference/merged.js';
import { tableDifference } from './difference.js';
import { withUniqueIds } from './merge-ids.js';
import { ordered } from './merge-order.js';
import { partsOf, type Column, type Parts, type Row, type Three } from './merge-parts.js';
import { settledColumns, settledHead, settledRows, type ColumnPart, type Part } from './merge-settle.js';

/** @throws {Refusal} `definition.not-dmn` */
export async function mergeTables(sides: Sides, choices: Choices): Promise<Merged> {
  const [base, mine, theirs] = [
    await decisionTree(sides.base),
    await decisionTree(sides.mine),
    await decisionTree(sides.theirs),
  ];
  const trees: Three<DecisionTree> = { base, mine, theirs };
  const parts: Three<Parts> = { base: partsOf(base), mine: partsOf(mine), theirs: partsOf(theirs) };
  const { key } = theirs.table;

  const head = settledHead(trees, choices[key]);
  const columns = settledColumns(parts, choices);
  const rows = settledRows(parts, choices);
  const columnOrder = ordered(idsOf(parts, 'columns'), kept(columns, parts, 'columns'));
  const orderKey = `${key} order`;
  const order = ordered(idsOf(parts, 'rows'), kept(rows, parts, 'rows'), choices[orderKey]);

  for (const { holder, name, value } of head) theirs[holder].set(name, value === '' ? undefined : value);
  const mergedColumns = columnOrder.ids.map((id) => columnOf(parts, columns, id));
  for (const kind of ['input', 'output'] as const) {
    theirs.logic.set(
      kind,
      mergedColumns.filter((column) => column.kind === kind).map(({ element }) => element),
    );
  }
  const unfilled: string[] = [];
  const mergedRows = order.ids.map((id, at) => {
    const way = rows.find((one) => one.id === id);
    const row = way && parts[way.from].rows.get(id);
    if (!row) throw new Error(`the merged table lacks its row ${id}`);
    const other = parts[way.from === 'mine' ? 'theirs' : 'mine'].rows.get(id);
    if (way.words !== way.from) row.element.set('description', other?.note);
    for (const label of fill(row, other, mergedColumns, theirs.logic)) {
      unfilled.push(`第 ${at + 1} 行的“${label}”：行和列是两个人分别加的，这一格还没有人填，请填上`);
    }
    return row.element;
  });
  theirs.logic.set('rule', mergedRows);
  withUniqueIds(theirs.decision);

  const changes = {
    mine: await tableDifference(sides.base, sides.mine),
    theirs: await tableDifference(sides.base, sides.theirs),
  };
  /** Row order decides nothing if at most one row fits. */
  const orderDecides = Object.values(trees).some(({ table }) => table.hitPolicy !== 'U');
  const numberOf = (id: string): number => order.ids.indexOf(id) + 1;
  return {
    xml: await theirs.write(),
    conflicts: [
      ...headConflict(key, head, changes),
      ...columns.filter(({ clashes }) => clashes).map((column) => columnConflict(column, changes)),
      ...rows
        .filter(({ clashes }) => clashes)
        .map(({ id, name }) =>
          conflict(id, name, changes, ({ element, property }) => element === id && property !== 'order'),
        ),
      ...(order.clashes && orderDecides
        ? [conflict(orderKey, '行的先后', changes, ({ property }) => property === 'order')]
        : []),
    ],
    notes: [
      ...columns.flatMap(({ note }) => note ?? []),
      ...unfilled,
      ...(orderDecides ? order.meeting : []).map(
        ([before, after]) =>
          `对方加的第 ${numberOf(before)} 行和我加的第 ${numberOf(after)} 行加在同一处，前面的先适用，请看过先后`,
      ),
    ],
  };
}

const idsOf = (parts: Three<Parts>, kind: 'rows' | 'columns'): Three<readonly string[]> => ({
  base: [...parts.base[kind].keys()],
  mine: [...parts.mine[kind].keys()],
  theirs: [...parts.theirs[kind].keys()],
});

const kept = (settled: readonly Part[], parts: Three<Parts>, kind: 'rows' | 'columns'): ReadonlySet<string> =>
  new Set(settled.filter(({ id, from }) => parts[from][kind].has(id)).map(({ id }) => id));

function columnOf(parts: Three<Parts>, columns: readonly ColumnPart[], id: string): Column {
  const way = columns.find((one) => one.id === id);
  const column = way && parts[way.from].columns.get(id);
  if (!column) throw new Error(`the merged table lacks its column ${id}`);
  const named = parts[way.words].columns.get(id) ?? column;
  if (way.words !== way.from) column.element.set('label', named.element.get('label'));
  return { ...column, label: named.label };
}

/**
 * Gives the row a cell for each column: its own, or else the other side's.
 *
 * @returns columns that nobody has filled
 */
function fill(
  { id: rowId, element, entries }: Row,
  other: Row | undefined,
  columns: readonly Column[],
  { $model }: DecisionElement,
): readonly string[] {
  const unfilled: string[] = [];
  const entryOf = ({ id, kind, label }: Column): DecisionElement => {
    const entry = entries.get(id) ?? other?.entries.get(id);
    if (entry) return entry;
    unfilled.push(label);
    return kind === 'input'
      ? $model.create('dmn:UnaryTests', { id: `${rowId}_${id}`, text: '-' })
      : $model.create('dmn:LiteralExpression', { id: `${rowId}_${id}`, text: '' });
  };
  for (const kind of ['input', 'output'] as const) {
    element.set(`${kind}Entry`, columns.filter((column) => column.kind === kind).map(entryOf));
  }
  return unfilled;
}

type Changes = { readonly [side in Choice]: readonly Change[] };

const conflict = (
  element: string,
  name: string,
  changes: Changes,
  concerns: (change: Change, side: Choice) => boolean,
): Conflict => {
  const said = (side: Choice): readonly string[] =>
    changes[side].filter((change) => concerns(change, side)).map(({ sentence }) => sentence);
  return { element, name, mine: said('mine'), theirs: said('theirs') };
};

function headConflict(
  key: string,
  head: ReturnType<typeof settledHead>,
  changes: Changes,
): readonly Conflict[] {
  if (!head.some(({ clashes }) => clashes)) return [];
  const { mine, theirs, ...rest } = conflict(key, '整张表', changes, ({ element }) => element === key);
  const described = head.find(({ name, clashes }) => name === 'description' && clashes);
  const also = (text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`表的说明改为“${text}”`];
  return [
    { ...rest, mine: [...mine, ...also(described?.mine)], theirs: [...theirs, ...also(described?.theirs)] },
  ];
}

/** A conflict about a column that one side removed and the other filled. */
const columnConflict = ({ id, name, label, touching }: ColumnPart, changes: Changes): Conflict =>
  conflict(
    id,
    name,
    changes,
    ({ element, property }, side) =>
      element === id ||
      (touching[side].some((row) => row.id === element) && (property === 'rule' || property === label[side])),
  );

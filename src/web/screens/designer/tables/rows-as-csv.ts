/** Rows of a table as a file for spreadsheets: one line per row, columns by heading, register values by name. */
import { parse } from 'csv-parse/browser/esm/sync';
import { decisionTree, type DecisionElement, type DecisionTable } from '../../../../engine/model/index.js';
import { textOf, valuesIn } from './cell-text.js';
import type { Listed } from './registers.js';

type Registers = ReadonlyMap<string, Listed>;

const noteHeading = '说明';
/** Separates several values of a cell, because names of classes and lists of units contain 、. */
const between = ';';

interface Column {
  readonly id: string;
  readonly label: string;
  readonly nothing: string;
}

/** @throws {Error} in Chinese if two columns have the same heading */
function columnsOf({ inputs, outputs }: DecisionTable): readonly Column[] {
  const columns = [
    ...inputs.map(({ id, label }) => ({ id, label, nothing: '-' })),
    ...outputs.map(({ id, label }) => ({ id, label, nothing: 'null' })),
  ];
  const twice = columns.find(({ label }, at) => columns.findIndex((one) => one.label === label) < at);
  if (twice) throw new Error(`两列都叫“${twice.label}”：先给其中一列改名。`);
  return columns;
}

/** With a byte order mark, which spreadsheets need to read UTF-8. */
export function rowsAsCsv(table: DecisionTable, registers: Registers): string {
  const columns = columnsOf(table);
  const rows = table.rules.map(({ tests, results, note = '' }) => [
    ...[...tests, ...results].map((text, at) => shown(text, columns[at], registers)),
    note,
  ]);
  const lines = [[...columns.map(({ label }) => label), noteHeading], ...rows];
  return `\ufeff${lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`;
}

function shown(text: string, column: Column | undefined, registers: Registers): string {
  const listed = registers.get(column?.id ?? '');
  const values = listed && valuesIn(text, listed);
  if (listed && values) return values.map((value) => entryText(value, listed)).join(between);
  return text === column?.nothing ? '' : text;
}

/** The code precedes the name if they differ, so that no spreadsheet removes its zeros. */
function entryText(value: string, { nameOf }: Listed): string {
  const name = nameOf(value);
  return name === undefined || name === value ? value : `${value} ${name}`;
}

/** No cell begins a formula. */
function quoted(text: string): string {
  const cell = /^[=+@-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * The table with the rows of such a file.
 *
 * @throws {Error} in Chinese for a file that does not belong to this table
 */
export async function withRows(xml: string, csv: string, registers: Registers): Promise<string> {
  const tree = await decisionTree(xml);
  const { table, logic } = tree;
  const columns = columnsOf(table);
  const [head = [], ...lines] = cellsOf(csv);
  const places = columns.map(({ label }) => {
    const at = head.indexOf(label);
    if (at < 0) throw new Error(`第一行没有“${label}”这一列：表头照存出来的写。`);
    return at;
  });
  const noteAt = head.indexOf(noteHeading);
  const rows = identified(
    table.rules,
    lines.map((line) => {
      const cells = columns.map((column, at) => written(line[places[at] ?? -1] ?? '', column, registers));
      const note = noteAt < 0 ? '' : (line[noteAt] ?? '').trim().replace(/^'(?=[=+@-])/, '');
      return {
        tests: cells.slice(0, table.inputs.length),
        results: cells.slice(table.inputs.length),
        note: note === '' ? undefined : note,
      };
    }),
  );
  const before = new Map(
    (logic.get<DecisionElement[] | undefined>('rule') ?? []).map((rule) => [rule.get<string>('id'), rule]),
  );
  const taken = new Set(before.keys());
  const fresh = (): string => {
    let at = taken.size + 1;
    while (taken.has(`Rule_${at}`)) at++;
    taken.add(`Rule_${at}`);
    return `Rule_${at}`;
  };
  logic.set(
    'rule',
    rows.map((row) => (row.stayed && before.get(row.id ?? '')) || ruleOf(logic, row.id ?? fresh(), row)),
  );
  return tree.write();
}

interface Row {
  readonly tests: readonly string[];
  readonly results: readonly string[];
  readonly note: string | undefined;
}

/** Unchanged rows keep their ids; a row that replaces another takes its id, so that only its cells count as changed. */
function identified(before: DecisionTable['rules'], rows: readonly Row[]) {
  const standing = new Map<string, number[]>();
  for (const [at, row] of before.entries())
    standing.set(keyOf(row), [...(standing.get(keyOf(row)) ?? []), at]);
  const stayed = rows.map((row) => standing.get(keyOf(row))?.shift());
  const used = new Set(stayed);
  let last = -1;
  return rows.map((row, at) => {
    const same = stayed[at];
    const place = same ?? (used.has(last + 1) ? undefined : last + 1);
    if (place !== undefined) last = place;
    used.add(place);
    return { ...row, stayed: same !== undefined, id: before[place ?? -1]?.id };
  });
}

const keyOf = ({ tests, results, note }: Row): string => JSON.stringify([tests, results, note ?? '']);

function ruleOf({ $model }: DecisionElement, id: string, { tests, results, note }: Row): DecisionElement {
  const cells = (type: string, of: string, texts: readonly string[]): DecisionElement[] =>
    texts.map((text, at) => $model.create(type, { id: `${of}_${id}_${at + 1}`, text }));
  return $model.create('dmn:DecisionRule', {
    id,
    ...(note === undefined ? {} : { description: note }),
    inputEntry: cells('dmn:UnaryTests', 'Test', tests),
    outputEntry: cells('dmn:LiteralExpression', 'Result', results),
  });
}

function cellsOf(csv: string): readonly (readonly string[])[] {
  try {
    return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new Error('读不懂这个文件：请另存为 CSV。', { cause });
  }
}

function written(cell: string, { id, nothing }: Column, registers: Registers): string {
  const text = cell.trim().replace(/^'(?=[=+@-])/, '');
  const listed = registers.get(id);
  if (text === '') return nothing;
  if (!listed) return text;
  const parts = text.split(/[;\uff1b]/).map((part) => part.trim());
  const values = parts.map((part) => (listed.nameOf(part) === undefined ? meant(part, listed) : part));
  if (values.every((value): value is string => value !== undefined)) return textOf(values, listed);
  // Other FEEL texts are exported and imported unchanged.
  if (/^(list contains|not)\s*\(|^"/.test(text)) return text;
  // A value missing in the register is kept, so that the check reports it.
  return textOf(
    parts.map((part, at) => values[at] ?? part),
    listed,
  );
}

const kept = new WeakMap<Listed['entries'], ReadonlyMap<string, string>>();

/** The value for a name, or for a code followed by its name. */
function meant(text: string, listed: Listed): string | undefined {
  const { entries } = listed;
  const known =
    kept.get(entries) ??
    new Map(
      entries.flatMap(({ value, name }) => [
        [name, value],
        [entryText(value, listed), value],
      ]),
    );
  kept.set(entries, known);
  return known.get(text);
}

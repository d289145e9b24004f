/**
 * Presents Camunda 7's history as rows of a log: one row per ended activity. Columns: `case` (the
 * business key, else the instance), `instance`, `definition`, `activity`, `element`, `type`,
 * `start`, `at` (the end), `person`, and `var:NAME`, the variable's value at the activity's end.
 */
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Row, RowSource } from '../log/row.js';
import { oldInstances, type OldInstance } from './old-instance.js';
import { readExport, type OldRecord } from './read-export.js';

export function camundaRows(folder: string, zone: string | undefined): RowSource {
  const columns = new Set([
    'case',
    'instance',
    'definition',
    'activity',
    'element',
    'type',
    'start',
    'at',
    'person',
  ]);
  return { columns: () => [...columns], rows: rowsOf(folder, zone, columns) };
}

async function* rowsOf(folder: string, zone: string | undefined, columns: Set<string>): AsyncGenerator<Row> {
  const found = await oldInstances(await readExport(folder, zone));
  try {
    for await (const instance of found.instances) {
      const changes = changesOf(instance);
      for (const { name } of changes) columns.add(`var:${name}`);
      for (const record of instance.records) {
        if (record.kind !== 'activity' || record.ended === null || isCancelled(record.row)) continue;
        yield rowOf(instance, record, record.ended, changes);
      }
    }
  } finally {
    await found.close();
  }
}

function rowOf(instance: OldInstance, record: OldRecord, ended: number, changes: readonly Change[]): Row {
  const { id, businessKey, definition } = instance;
  const own: Readonly<Record<string, string | null>> = {
    case: businessKey ?? id,
    instance: id,
    definition,
    activity: record.name ?? record.element,
    element: record.element,
    type: textOf(record.row['activityType'] ?? record.row['ACT_TYPE_']),
    start: record.at === null ? null : new Date(record.at).toISOString(),
    at: new Date(ended).toISOString(),
    person: record.who,
  };
  return {
    line: record.place,
    value: (column) => {
      const said = column.startsWith('var:') ? valueAt(changes, column.slice(4), ended) : own[column];
      return said === null || said === '' ? undefined : said;
    },
  };
}

interface Change {
  readonly name: string;
  readonly at: number;
  readonly value: string | null;
}

/** Changes of variables if the history level recorded them, else the last values. */
function changesOf({ records }: OldInstance): readonly Change[] {
  const of = (kind: OldRecord['kind']): Change[] =>
    records.flatMap(({ kind: one, name, at, row }) =>
      one === kind && name !== null && at !== null ? [{ name, at, value: valueIn(row) }] : [],
    );
  const details = of('detail');
  return details.length > 0 ? details : of('variable');
}

const valueAt = (changes: readonly Change[], name: string, at: number): string | null =>
  changes.findLast((change) => change.name === name && change.at <= at)?.value ?? null;

/** Tables store a value in one of several columns depending on its type; booleans are 0 and 1. */
function valueIn(row: JsonObject): string | null {
  if ('value' in row) return textOf(row.value);
  const said = textOf(row['TEXT_'] ?? row['LONG_'] ?? row['DOUBLE_']);
  return row['VAR_TYPE_'] === 'boolean' && said !== null ? String(said === '1') : said;
}

const isCancelled = (row: JsonObject): boolean => row['canceled'] === true || row['ACT_INST_STATE_'] === '2';

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

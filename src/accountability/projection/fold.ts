/**
 * Folds the entries of each stream into the rows that a projector makes of them, and compares the
 * table with those rows.
 */
import { unlikeFacts, type Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { cursor } from '../store/audit-store.js';
import { erasedBefore } from '../store/erased-before.js';
import { factOf, type Stored } from './column.js';
import type { Difference, Projection } from './projection.js';
import { changesBy, type Before, type Projector } from './projector.js';

interface Folded {
  readonly name: string;
  readonly facts: Before;
  readonly since: { readonly stream: string; readonly seq: number };
}

export interface Rows {
  readonly rows: Map<string, Folded>;
  /** Next position in a list, by the key of the list. */
  readonly places: Map<string, number>;
}

export const folded = (projector: Projector): Projection<Rows> => {
  const { table, stands, project, list, key } = projector;
  const columns = Object.entries(projector.columns);
  const only = 'stream' in stands ? { stream: stands.stream } : {};

  const nameOf = (facts: Before, place?: number): string => {
    const parts = [...key.map((name) => facts[name] ?? ''), ...(place === undefined ? [] : [String(place)])];
    return projector.called?.(...parts) ?? parts.join(' ');
  };
  /** The row's key within its stream. */
  const keyOf = (facts: Before, places: Map<string, number>): { id: string; name: string } => {
    const id = JSON.stringify(key.map((name) => facts[name] ?? null));
    if (list === undefined) return { id, name: nameOf(facts) };
    const place = (places.get(id) ?? 0) + 1;
    places.set(id, place);
    return { id: `${id} ${place}`, name: nameOf(facts, place) };
  };
  const stored = (row: Stored): Before =>
    Object.fromEntries(
      columns.map(([name, column]) => [name, readable(() => factOf(column.read(row, name)))]),
    );

  /** Compares a stored row, and removes it from the rows still expected. */
  function compareRow(row: Stored, stream: string, there: Rows, places: Map<string, number>): Difference[] {
    const is = stored(row);
    const { id, name } = keyOf(is, places);
    const should = there.rows.get(id);
    const called = rowOf(stream, name);
    if (!should) return [{ table, row: called, detail: '是多出来的' }];
    there.rows.delete(id);
    const said = columns.filter(([column]) => column in should.facts && !key.includes(column));
    const unlike = said.filter(([column]) => should.facts[column] !== is[column]);
    const salted = unlike.filter(([, { salted }]) => salted).map(([, { title }]) => title);
    const titled = (facts: Before): Facts =>
      Object.fromEntries(
        unlike.flatMap(([column, { title, salted }]) => (salted ? [] : [[title, facts[column] ?? null]])),
      );
    return [
      ...(salted.length > 0 ? [`${salted.join('、')}不是轨迹所记的`] : []),
      ...unlikeFacts(titled(is), titled(should.facts)),
    ].map((detail) => ({ table, row: called, detail, since: should.since }));
  }
  const rowOf = (stream: string, name: string): string =>
    'stream' in stands || name === stream ? name : name === '' ? stream : `${stream} ${name}`;

  /** Rows that retention has deleted are no difference. */
  async function missing(transaction: Transaction, ended: ReadonlyMap<string, Rows>): Promise<Difference[]> {
    const { expires } = projector;
    const gone = [...ended].flatMap(([stream, { rows }]) =>
      [...rows.values()].map((row) => ({ stream, row })),
    );
    if (gone.length === 0) return [];
    const before = expires && (await erasedBefore(transaction, expires.class));
    return gone
      .filter(({ row }) => !(expires && before && Number(row.facts[expires.by]) < before.getTime()))
      .map(({ stream, row: { name, since } }) => ({
        ...{ table, row: rowOf(stream, name), detail: '不见了', since },
      }));
  }

  const read = (where: string): string => {
    const names = columns.flatMap(([name, { of }]) => of ?? [name]);
    const selected = new Set([...names, ...('by' in stands ? [stands.by] : []), ...(list ? [list] : [])]);
    return `SELECT ${[...selected].map(quoted).join(', ')} FROM ${projector.source ?? table} AS r ${where}`;
  };
  const inOrder = list === undefined ? '' : `ORDER BY ${quoted(list)}`;

  return {
    tables: [table],
    ...only,
    reads: (stream) => !('stream' in stands) || stream === stands.stream,
    takes: (type) => type in project,
    begin: () => ({ rows: new Map(), places: new Map() }),
    add: (there, entry) => {
      const { rows, places } = there;
      const before = { [Symbol.iterator]: () => [...rows.values()].map(({ facts }) => facts).values() };
      for (const { does, row } of changesBy(projector, entry, before)) {
        const facts = Object.fromEntries(
          Object.entries(row).flatMap(([name, said]) => (said === undefined ? [] : [[name, factOf(said)]])),
        );
        const { id, name } = keyOf(facts, places);
        if (does === 'remove') rows.delete(id);
        else {
          const kept = does === 'change' ? rows.get(id)?.facts : {};
          const since = { stream: entry.stream, seq: entry.seq };
          rows.set(id, { name, facts: { ...kept, ...facts }, since });
        }
      }
      return there;
    },
    compare: async (transaction, ended) => {
      const found: Difference[] = [];
      if ('stream' in stands) {
        for (const [stream, there] of ended) {
          const places = new Map<string, number>();
          for await (const batch of cursor<Stored>(transaction, `rows_of_${table}`, read(inOrder)))
            for (const row of batch) found.push(...compareRow(row, stream, there, places));
        }
      } else {
        const places = new Map<string, Map<string, number>>();
        const of = await transaction.query<Stored>(
          read(`WHERE r.${quoted(stands.by)} = ANY ($1::text[]) ${inOrder}`),
          [[...ended.keys()]],
        );
        for (const row of of) {
          const stream = String(row[stands.by]);
          const there = ended.get(stream);
          if (!there) continue;
          let own = places.get(stream);
          if (!own) places.set(stream, (own = new Map<string, number>()));
          found.push(...compareRow(row, stream, there, own));
        }
      }
      return [...found, ...(await missing(transaction, ended))];
    },
    strays: async (transaction) => {
      if ('stream' in stands) return [];
      const rows = await transaction.query<Stored>(
        read(
          `WHERE NOT EXISTS (SELECT FROM recorded_entry e WHERE e.stream = r.${quoted(stands.by)} AND e.seq = 1) LIMIT 100`,
        ),
      );
      // A row of a list is known by its stream.
      const called = (row: Stored): string => (list === undefined ? nameOf(stored(row)) : '');
      return rows.map((row) => ({
        ...{ table, row: rowOf(String(row[stands.by]), called(row)), detail: '是多出来的' },
      }));
    },
  };
};

/** What nobody writes is a difference, and ends no verification. */
function readable(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return '读不出来的内容';
  }
}

const quoted = (name: string): string => `"${name}"`;

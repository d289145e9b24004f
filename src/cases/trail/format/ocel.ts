/**
 * OCEL 2.0 in JSON: one event per entry, typed by what was done. Its objects are the sheets, units,
 * persons, orders, corrections, notices and diagram versions that entries name. Events are
 * streamed; only the names of objects are held in memory.
 */
import { aboutLines, finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, type Row } from '../row.js';
import { thingTypes, type Thing } from '../things.js';

/** Attributes of an event, with their display names. */
const attributes: readonly (readonly [keyof Row, string])[] = [
  ['what', '办了什么'],
  ['deeds', '行为'],
  ['due', '期限'],
  ['levels', '升级'],
  ['provisions', '依据的条文'],
  ['note', '说明'],
  ['recorded', '记入时刻'],
  ['type', '条目的种类'],
  ['seq', '第几条'],
  ['leaf', '哈希'],
];

/** The export itself is an object as well, because the format has no other place for who made it. */
const cover = '导出';
const beginning = '1970-01-01T00:00:00Z';

export const writeOcel: WriteRows = async (rows, about, out) => {
  const write = writerTo(out);
  const types = new Set<string>();
  const objects = new Map<string, Map<string, string | undefined>>(
    thingTypes.map((type) => [type, new Map()]),
  );
  await write('{"events":[');
  let separator = '\n';
  const next = async (value: object): Promise<void> => {
    await write(`${separator}${JSON.stringify(value)}`);
    separator = ',\n';
  };
  for await (const row of rows) {
    types.add(row.activity);
    for (const { type, name, ofCase } of row.things) {
      const known = objects.get(type) ?? new Map<string, string | undefined>();
      objects.set(type, known.set(name, ofCase));
    }
    await next(event(row));
  }
  await write('\n],\n"objects":[');
  separator = '\n';
  const told = aboutLines(about).map(([name, value]) => ({ name, value, time: about.at }));
  await next({ id: cover, type: cover, attributes: told, relationships: [] });
  for (const [type, names] of objects)
    for (const [name, ofCase] of names) await next(object(type, name, ofCase));
  const described = attributes.map(([, name]) => ({ name, type: name === '第几条' ? 'integer' : 'string' }));
  const eventTypes = [...types].map((name) => ({ name, attributes: described }));
  const named = [{ name: '名称', type: 'string' }];
  const objectTypes = [
    { name: cover, attributes: told.map(({ name }) => ({ name, type: 'string' })) },
    ...[...objects.keys()].map((name) => ({ name, attributes: named })),
  ];
  await write(
    `\n],\n"eventTypes":${JSON.stringify(eventTypes)},\n"objectTypes":${JSON.stringify(objectTypes)}}\n`,
  );
  await finished(out);
};

function event(row: Row) {
  return {
    id: `e${row.index}`,
    type: row.activity,
    time: row.at,
    attributes: attributes.map(([key, name]) => ({ name, value: String(cellOf(row, key)) })),
    relationships: row.things.map(({ type, name, qualifier }) => ({
      objectId: idOf(type, name),
      qualifier,
    })),
  };
}

const object = (type: string, name: string, ofCase: string | undefined) => ({
  id: idOf(type, name),
  type,
  attributes: [{ name: '名称', value: name, time: beginning }],
  relationships: ofCase === undefined ? [] : [{ objectId: idOf('工单', ofCase), qualifier: '所属的工单' }],
});

const idOf = (type: Thing['type'], name: string): string => `${type}:${name}`;

/**
 * OCEL 2.0 in JSON: one event per entry; objects are the streams, units, persons and versions of diagrams that entries
 * name. Events are streamed; only the names of objects are held in memory.
 */
import { finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, type Row } from '../row.js';

const attributes = ['title', 'seq', 'recordedAt', 'element', 'levels', 'provisions', 'leaf'] as const;
const objectTypes = ['stream', 'unit', 'person', 'process'] as const;
type ObjectType = (typeof objectTypes)[number];

export const writeOcel: WriteRows = async (rows, _about, out) => {
  const write = writerTo(out);
  const types = new Set<string>();
  const objects = new Map<ObjectType, Set<string>>(objectTypes.map((type) => [type, new Set()]));
  await write(
    `{"objectTypes":${JSON.stringify(objectTypes.map((name) => ({ name, attributes: [] })))},\n"events":[`,
  );
  let separator = '\n';
  for await (const row of rows) {
    const related = relatedTo(row);
    types.add(row.type);
    for (const [type, name] of related) objects.get(type)?.add(name);
    await write(`${separator}${JSON.stringify(event(row, related))}`);
    separator = ',\n';
  }
  await write('\n],\n"objects":[');
  separator = '\n';
  for (const [type, names] of objects) {
    for (const name of names) {
      await write(
        `${separator}${JSON.stringify({ id: idOf(type, name), type, attributes: [], relationships: [] })}`,
      );
      separator = ',\n';
    }
  }
  const described = attributes.map((name) => ({ name, type: name === 'seq' ? 'integer' : 'string' }));
  const eventTypes = [...types].map((name) => ({ name, attributes: described }));
  await write(`\n],\n"eventTypes":${JSON.stringify(eventTypes)}}\n`);
  await finished(out);
};

function event(row: Row, related: readonly (readonly [ObjectType, string])[]) {
  return {
    id: `e${row.index}`,
    type: row.type,
    time: row.at,
    attributes: attributes.map((name) => ({ name, value: String(cellOf(row, name)) })),
    relationships: related.map(([type, name]) => ({
      objectId: idOf(type, name),
      qualifier: qualifiers[type],
    })),
  };
}

const qualifiers: Readonly<Record<ObjectType, string>> = {
  stream: '所属的链',
  unit: '承办单位',
  person: '办理人',
  process: '流程版本',
};

const idOf = (type: ObjectType, name: string): string => `${type}:${name}`;

const relatedTo = (row: Row): (readonly [ObjectType, string])[] => [
  ['stream', row.stream],
  ...row.units.map((name) => ['unit', name] as const),
  ...(row.actor === '' ? [] : [['person', row.actor] as const]),
  ...(row.process === '' ? [] : [['process', `${row.process} ${row.version}`] as const]),
];

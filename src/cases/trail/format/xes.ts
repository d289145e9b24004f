/** XES (IEEE 1849-2016): one trace per stream, one event per entry. Expects rows grouped by stream. */
import { aboutLines, finished, writerTo, type WriteRows } from '../about.js';
import { cellOf, type Row } from '../row.js';
import { xmlText } from '../../../kernel/xml-text.js';

export const writeXes: WriteRows = async (rows, about, out) => {
  const write = writerTo(out);
  await write(head);
  for (const [name, value] of aboutLines(about)) await write(attribute('string', `about:${name}`, value, 1));
  let trace: string | undefined;
  for await (const row of rows) {
    if (row.stream !== trace) {
      if (trace !== undefined) await write('\t</trace>\n');
      trace = row.stream;
      await write(`\t<trace>\n${attribute('string', 'concept:name', row.where, 2)}`);
    }
    await write(event(row));
  }
  if (trace !== undefined) await write('\t</trace>\n');
  await write('</log>\n');
  await finished(out);
};

const head = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
\t<global scope="trace">
\t\t<string key="concept:name" value=""/>
\t</global>
\t<global scope="event">
\t\t<string key="concept:name" value=""/>
\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
\t\t<string key="lifecycle:transition" value="complete"/>
\t</global>
\t<classifier name="事项" keys="concept:name"/>
`;

/** Attributes of an event, with their display names. */
const own: readonly (readonly [keyof Row, string])[] = [
  ['what', '办了什么'],
  ['deeds', '行为'],
  ['due', '期限'],
  ['levels', '升级'],
  ['provisions', '依据的条文'],
  ['note', '说明'],
  ['process', '流程'],
  ['type', '条目的种类'],
  ['seq', '第几条'],
  ['index', '全库序号'],
  ['leaf', '哈希'],
];

function event(row: Row): string {
  const attributes = [
    attribute('string', 'concept:name', row.activity),
    attribute('date', 'time:timestamp', row.at),
    attribute('string', 'lifecycle:transition', 'complete'),
    ...(row.actor === '' ? [] : [attribute('string', 'org:resource', row.actor)]),
    ...(row.unit === '' ? [] : [attribute('string', 'org:group', row.unit)]),
    ...own.flatMap(([key, name]) => {
      const value = cellOf(row, key);
      if (value === '') return [];
      return [attribute(typeof value === 'number' ? 'int' : 'string', `hotline:${name}`, String(value))];
    }),
  ];
  return `\t\t<event>\n${attributes.join('')}\t\t</event>\n`;
}

const attribute = (type: string, key: string, value: string, depth = 3): string =>
  `${'\t'.repeat(depth)}<${type} key="${xmlText(key)}" value="${xmlText(value)}"/>\n`;

/** Column titles that differ from city to city. This file has no schemas, because the console loads it. */
import { callerTitle, districtTitle, lightTitle, type Law } from '../../kernel/law.js';

export const columnNames = {
  caller: callerTitle,
  district: districtTitle,
  red: (law) => lightTitle('red', law),
  yellow: (law) => lightTitle('yellow', law),
} as const satisfies { readonly [name: string]: (law: Law) => string };

export const titleUnder = (law: Law, title: string): string =>
  title.replace(/⟦name:(\w+)⟧/g, (mark, name: string) =>
    name in columnNames ? columnNames[name as keyof typeof columnNames](law) : mark,
  );

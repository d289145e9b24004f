/** An exported CSV: the table below its description. */
import { parse } from 'csv-parse/sync';

const cells = (bytes: Buffer): string[][] => parse(bytes, { bom: true, relax_column_count: true });

/** Its rows by heading. */
export function tableIn(bytes: Buffer): Record<string, string>[] {
  const lines = cells(bytes);
  const begins = lines.findIndex(([first]) => first === '全库序号');
  const head = lines[begins] ?? [];
  return lines
    .slice(begins + 1)
    .map((line) => Object.fromEntries(line.map((cell, at) => [head[at] ?? '', cell])));
}

/** The description above the table. */
export const coverIn = (bytes: Buffer): Record<string, string> =>
  Object.fromEntries(
    cells(bytes).flatMap(([name = '', ...rest]) => (rest.length === 1 ? [[name, rest[0] ?? '']] : [])),
  );

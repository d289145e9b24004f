/** JSON as the packages write it: a record on one line where it fits, so that it reads like a table. */
import type { Json } from '../../../kernel/package-merge.js';

const widest = 110;

export const printJson = (value: Json): string => `${lines(value, 0, '')}\n`;

/** @param before the key that stands on the same line */
function lines(value: Json, depth: number, before: string): string {
  const flat = inOneLine(value);
  if (typeof value !== 'object' || value === null || depth * 2 + before.length + flat.length < widest)
    return flat;
  const inner = '  '.repeat(depth + 1);
  const rows = Array.isArray(value)
    ? packed(value as readonly Json[], depth + 1).map((row) => `${inner}${row}`)
    : Object.entries(value).map(([key, one]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${inner}${name}${lines(one, depth + 1, name)}`;
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open ?? ''}\n${rows.join(',\n')}\n${'  '.repeat(depth)}${close ?? ''}`;
}

/** A row for each item; texts stand side by side as far as they fit. */
function packed(items: readonly Json[], depth: number): readonly string[] {
  if (!items.every((one) => typeof one === 'string')) return items.map((one) => lines(one, depth, ''));
  const rows: string[] = [];
  for (const item of items.map((one) => JSON.stringify(one))) {
    const last = rows.at(-1);
    if (last === undefined || depth * 2 + last.length + item.length + 2 > widest) rows.push(item);
    else rows[rows.length - 1] = `${last}, ${item}`;
  }
  return rows;
}

function inOneLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inOneLine(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

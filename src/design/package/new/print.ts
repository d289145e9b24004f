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
    ? (value as readonly Json[]).map((one) => `${inner}${lines(one, depth + 1, '')}`)
    : Object.entries(value).map(([key, one]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${inner}${name}${lines(one, depth + 1, name)}`;
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open ?? ''}\n${rows.join(',\n')}\n${'  '.repeat(depth)}${close ?? ''}`;
}

function inOneLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(inOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${inOneLine(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

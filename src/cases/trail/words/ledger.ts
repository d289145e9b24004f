/** Display names of streams: a case by its number, any other stream by the title of its family of entries. */
import { families } from '../../../accountability/events/index.js';

const titles = new Map<string, string>(
  families.map(({ stream, title }) => [stream.split(':')[0] ?? stream, title]),
);

/** `definition:handling` → 流程的版本、草案、换版:handling. */
export function ledgerOf(stream: string): string {
  const [name = '', ...rest] = stream.split(':');
  const title = titles.get(name);
  return title === undefined ? stream : [title, ...rest].join(':');
}

/**
 * Streams that the database and the program write about themselves: nobody's act, and the bulk of a
 * new installation.
 */
const housekeeping = new Set(['schema', 'manifest']);

export const isHousekeeping = (stream: string): boolean => housekeeping.has(stream);

/**
 * Cursors of lists: the last row's position in the list's order, opaque to the client. The next
 * page begins after it, whatever was added or removed before it, so no row is lost or repeated.
 */
import { z } from 'zod';
import { Refusal } from '../kernel/index.js';
import { assertStorable } from './middleware/storable.js';

/** In PostgreSQL's notation, UTC, microseconds: a `Date` would lose rows within the same millisecond. */
const instant = z.string().refine((text) => {
  if (text === 'infinity' || text === '-infinity') return true;
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,6})?\+00$/.exec(text) ?? [];
  const read = new Date(`${day}T${time}Z`);
  return Number.isFinite(read.getTime()) && read.toISOString().startsWith(`${day}T${time}`);
});
const id = z.string().regex(/^\d{1,18}$/);
const name = z.string().max(500);

export const marks = {
  sheet: z.tuple([instant, name]),
  case: z.tuple([instant, id]),
  duty: z.tuple([instant, name, z.int().min(0).max(2_147_483_647)]),
  fact: z.tuple([z.boolean(), instant, name, z.int().min(0).max(2_147_483_647)]),
  id: z.tuple([id]),
  incident: z.tuple([instant, id, name]),
} as const;

/** Mark of a worklist in this order; the mark of another order is refused. */
export const taskMark = (sort: string) =>
  z
    .tuple([z.literal(sort), name, instant, id, z.int().min(0).max(2_147_483_647), name, name])
    .transform(([, ...mark]) => mark);

type Part = string | number | boolean;

export const cursorOf = (mark: readonly Part[]): string =>
  Buffer.from(JSON.stringify(mark), 'utf8').toString('base64url');

/** @throws {Refusal} `input.invalid` for a cursor of another list */
export function markOf<Mark extends z.ZodType>(
  schema: Mark,
  cursor: string | undefined,
): z.output<Mark> | undefined {
  if (cursor === undefined) return undefined;
  const given = schema.safeParse(parsed(cursor));
  if (!given.success) {
    throw new Refusal('input.invalid', '“cursor”不是这个列表给出的翻页标记', {
      where: 'cursor',
      remedy: '原样带上前一页的 next，或者不带 cursor 从头读起',
    });
  }
  assertStorable(given.data, 'cursor');
  return given.data;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Expects one row more than the page size; its presence means that there is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  mark: (row: Row) => readonly Part[],
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOf(mark(last)) : null };
}

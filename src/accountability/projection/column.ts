/** How an entry states the value of a column, and how the table stores it. */
import { createHash } from 'node:crypto';
import { contentDigest, type Facts } from '../../kernel/index.js';

/** A value as an entry states it. */
export type Said = string | number | boolean | Date | null | readonly string[];

/** A row of the table as it is read. */
export type Stored = Readonly<Record<string, unknown>>;

export interface Column {
  /** Shown in findings, in Chinese. */
  readonly title: string;
  /** Columns of the table that the value is read from; default: the column of the same name. */
  readonly of?: readonly string[];
  readonly read: (row: Stored, name: string) => Said;
  /** The entry states only a digest: the writer of the row supplies the value, and findings do not quote it. */
  readonly digest?: true;
  /** Findings name only the column, because two salted digests tell nobody anything. */
  readonly salted?: true;
}

/** Entries are written in Unicode normal form C. */
const plain = (value: unknown): Said => {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(String);
  if (value === null || value === undefined) return null;
  throw new TypeError(`a column of ${typeof value} is compared by its digest`);
};

/** A column that stores the value exactly as the entry states it. */
export const same = (title: string): Column => ({ title, read: (row, name) => plain(row[name]) });

/** A column computed from columns of the row. The caller knows their types, as with `query`. */
export const from = <Of extends object>(
  title: string,
  of: readonly (keyof Of & string)[],
  read: (row: Of) => Said,
): Column => ({ title, of, read: (row) => read(row as Of) });

export const salted = (column: Column): Column => ({ ...column, salted: true });

export const sha256Of = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A text, or bytes, whose SHA-256 the entry states. */
export const hashed = (title: string): Column => ({
  title,
  digest: true,
  read: (row, name) => {
    const value = row[name];
    return typeof value === 'string' || Buffer.isBuffer(value) ? sha256Of(value) : null;
  },
});

/** JSON whose content digest the entry states. */
export const content = (title: string): Column => ({
  title,
  digest: true,
  read: (row, name) => (row[name] === null || row[name] === undefined ? null : contentDigest(row[name])),
});

/** An address whose host the entry states: the rest may hold a person's name or a token. */
export const hostOf = (title: string, of: string): Column =>
  from<Readonly<Record<string, string | null>>>(title, [of], ({ [of]: address }) => {
    if (typeof address !== 'string') return null;
    return URL.canParse(address) ? new URL(address).host : (address.split('@').at(-1) ?? '');
  });

/** Compared as text; instants in milliseconds since 1970. */
export function factOf(said: Said): Facts[string] {
  if (said === null) return null;
  if (said instanceof Date) return String(said.getTime());
  if (typeof said === 'boolean') return said ? '是' : '否';
  return typeof said === 'object' ? said.join(' ') : String(said);
}

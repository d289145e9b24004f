/** The only place that parses entries from their bytes. */
import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { leafHash } from '../trail/chain.js';
import { count, instant, sha256, text } from './event.js';
import { eventOf, isEntryType, type Content, type EntryType } from './table.js';

/** A row of `trail_entry`. Only the bytes are proved; the other columns are not. */
export interface EntryRow {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  /** SHA-256(0x00 ‖ body). */
  readonly leaf: Buffer;
  readonly body: Buffer;
}

type Place = Pick<EntryRow, 'stream' | 'seq' | 'type' | 'at'>;

/** A verified entry; type and instant come from its bytes. */
export type Entry<Type extends EntryType = EntryType> = Content<Type> & {
  readonly stream: string;
  readonly seq: number;
  /** Hash of the preceding entry, hex. */
  readonly prev: string;
  /** SHA-256 of the texts stored apart, by name. */
  readonly digests: { readonly [name: string]: string };
  /** SHA-256 of the state after the transaction, hex; set only on the transaction's last entry. */
  readonly state?: string;
  readonly altered: false;
};

/** An entry that cannot be read. */
export interface Unread {
  readonly type: 'unread';
  readonly stream: string;
  readonly seq: number;
  /** The instant in the row's column, which the bytes do not prove. */
  readonly at: Date;
  readonly claimedType: string;
  /**
   * True: the bytes do not match their hash, or do not belong to this place. False: they are
   * intact, but only a later program knows their type or version.
   */
  readonly altered: boolean;
}

/** Verifies the bytes against their hash, and their content against the table of types. */
export const readEntry = (row: EntryRow): Entry | Unread =>
  parseEntry(row, leafHash(row.body).equals(row.leaf) ? parsed(row.body.toString('utf8')) : undefined);

/** Like `readEntry`, for a hash that was verified already. @param said undefined if the bytes are no JSON */
export function parseEntry(place: Place, said: JsonObject | undefined): Entry | Unread {
  const { stream, seq } = place;
  const unread = (altered: boolean): Unread => ({
    type: 'unread',
    stream,
    seq,
    at: place.at,
    claimedType: place.type,
    altered,
  });
  if (said?.stream !== stream || said.seq !== seq || typeof said.type !== 'string') return unread(true);
  const { type } = said;
  const { data: linked } = envelope.safeParse(said);
  if (!linked) return unread(true);
  if (!isEntryType(type) || said.v !== eventOf(type).v) return unread(false);
  const { data: body } = parserOf(type).read.safeParse(said);
  if (body === undefined) return unread(true);
  const { prev, at, sealed: digests = {}, state } = linked;
  const left = state === undefined ? {} : { state };
  return { type, stream, seq, prev, at: new Date(at), body, digests, ...left, altered: false } as Entry;
}

export function parsed(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Parses an entry whose bytes are missing.
 *
 * @throws {TypeError} if it is no entry
 */
export function readContent<Unproved extends { readonly type: string; readonly body: object }>(
  entry: Unproved,
): Omit<Unproved, 'type' | 'body'> & Content {
  if (!isEntryType(entry.type)) throw noSuch(entry.type);
  const { error } = parserOf(entry.type).read.safeParse(entry.body);
  if (error) throw unlike(entry.type, error);
  return entry as unknown as Omit<Unproved, 'type' | 'body'> & Content;
}

/** @throws {TypeError} if the table has no such type: a fault of the writing program */
export function assertWritable(type: string, body: object): asserts type is EntryType {
  if (!isEntryType(type)) throw noSuch(type);
  const { error } = parserOf(type).written.safeParse(body);
  if (error) throw unlike(type, error);
}

const noSuch = (type: string) => new TypeError(`there is no entry of type ${type}`);
const unlike = (type: string, error: z.ZodError) => new TypeError(`no ${type}: ${z.prettifyError(error)}`);

const isDigests = (value: unknown): value is Entry['digests'] =>
  isJsonObject(value) && Object.values(value).every((digest) => typeof digest === 'string');

/** Fields of every body. */
const envelope = z.object({
  v: count,
  stream: text,
  seq: count,
  prev: sha256,
  type: text,
  at: instant,
  sealed: z.custom<Entry['digests']>(isDigests).optional(),
  state: sha256.optional(),
});

interface Parser {
  /** Strict: a written entry must match the table exactly. */
  readonly written: z.ZodType;
  /** Lenient: later programs may have added fields. */
  readonly read: z.ZodType;
}

/** Built on first use: most programs need few of them. */
const parsers = new Map<EntryType, Parser>();

function parserOf(type: EntryType): Parser {
  const known = parsers.get(type);
  if (known) return known;
  const { shape } = eventOf(type);
  const made = { written: z.strictObject(shape), read: z.object(shape) };
  parsers.set(type, made);
  return made;
}

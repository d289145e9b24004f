/** A place outside the operator's reach that keeps checkpoints, so that a rewritten or restored database is named. */
export interface Anchor {
  readonly kind: 'witness' | 'folder' | 's3' | 'mail';
  /** The place's name in Chinese, unique and stable. It is shown, and it is the key of the place's deliveries. */
  readonly name: string;
  /** The place gets at most one delivery in this period. Null: it has its own loop (witnesses, once a minute). */
  readonly every: 'hour' | 'day' | null;
  /**
   * Returns the place's answer once the place holds the checkpoint; by mail, the address instead.
   *
   * @throws {Error} in Chinese, saying why the place did not keep it
   */
  keep(checkpoint: Kept): Promise<{ readonly words: string; readonly to?: string }>;
  /**
   * The newest checkpoint of this log that the place holds; undefined if it holds none.
   *
   * @throws {Error} in Chinese, if the place does not answer
   */
  readonly newest?: (origin: string) => Promise<Held | undefined>;
}

interface Kept {
  /** Entries of the tree. */
  readonly size: number;
  /** The signed note. */
  readonly note: string;
  /** Number of the delivery; a retry has the same number. */
  readonly number: number;
}

export interface Held {
  /** The checkpoint as a signed note. */
  readonly note: string;
  readonly size: number;
  /** When the place stored the checkpoint, by the place's own clock; undefined if it does not say. */
  readonly at: Date | undefined;
}

/** File name of a stored checkpoint: the log's name, then the size, so that names sort by size. */
export const keptName = (origin: string, size: number): string =>
  `${prefixOf(origin)}${String(size).padStart(15, '0')}.note`;

export const prefixOf = (origin: string): string => `${origin.replace(/[^A-Za-z0-9.-]/g, '_')}-`;

export const originOf = (note: string): string => note.slice(0, note.indexOf('\n'));

/** Parses an HTTP date; undefined for any other text. */
export function instantIn(header: string | null): Date | undefined {
  const at = new Date(header ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** @returns the size in the file name; undefined if the file is no checkpoint of this log */
export function keptSize(origin: string, name: string): number | undefined {
  const prefix = prefixOf(origin);
  const [, digits] = /^(\d{15})\.note$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

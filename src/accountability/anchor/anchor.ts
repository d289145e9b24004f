/** A place outside the operator's reach that keeps checkpoints, so that a rewritten or restored database is named. */
export interface Anchor {
  readonly kind: 'witness' | 'folder' | 's3' | 'mail';
  /** Unique, stable, in Chinese: shown, and the key of its deliveries. */
  readonly name: string;
  /** Delivers at most once in this time; null: by a loop of its own (witnesses, once a minute). */
  readonly every: 'hour' | 'day' | null;
  /**
   * Returns only once the place has it, with what it answered; the address, if it went by mail.
   *
   * @throws {Error} in Chinese, why it was not kept
   */
  keep(checkpoint: Kept): Promise<{ readonly words: string; readonly to?: string }>;
  /**
   * The newest checkpoint of this log that the place holds; undefined if it holds none.
   *
   * @throws {Error} in Chinese, if it does not answer
   */
  readonly newest?: (origin: string) => Promise<Held | undefined>;
}

interface Kept {
  /** Entries of the tree. */
  readonly size: number;
  /** The signed note. */
  readonly note: string;
  /** Of this delivery, the same when it is tried again. */
  readonly number: number;
}

export interface Held {
  /** The checkpoint. */
  readonly note: string;
  readonly size: number;
  /** When it was kept, by the place's clock; undefined if it does not say. */
  readonly at: Date | undefined;
}

/** Name of a kept note: by log, in the order of the sizes. */
export const keptName = (origin: string, size: number): string =>
  `${prefixOf(origin)}${String(size).padStart(15, '0')}.note`;

export const prefixOf = (origin: string): string => `${origin.replace(/[^A-Za-z0-9.-]/g, '_')}-`;

export const originOf = (note: string): string => note.slice(0, note.indexOf('\n'));

/** An HTTP date; undefined for anything else. */
export function instantIn(header: string | null): Date | undefined {
  const at = new Date(header ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** @returns undefined if it is no kept note of the log */
export function keptSize(origin: string, name: string): number | undefined {
  const prefix = prefixOf(origin);
  const [, digits] = /^(\d{15})\.note$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

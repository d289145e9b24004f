/** Entries of the trail for tests, with their bodies by key. */
import type { Trail, TrailEntry } from '../../src/accountability/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import type { Transaction } from '../../src/platform/database/index.js';
import type { Identity } from '../../src/identity/index.js';

export type PlainEntry = Omit<TrailEntry, 'type' | 'body'> & {
  readonly type: string;
  /** Empty where the entry counts for nothing. */
  readonly body: JsonObject;
};

/** As `Trail.read`. */
export async function plainTrails(
  trail: Trail,
  transaction: Transaction,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly PlainEntry[]>> {
  const trails = await trail.read(transaction, streams);
  return new Map([...trails].map(([stream, entries]) => [stream, entries.map(plain)]));
}

const plain = (entry: TrailEntry): PlainEntry => ({ ...entry, body: bodyOf(entry) });

export const bodyOf = (entry: { readonly type: string }): JsonObject =>
  'body' in entry ? (entry.body as JsonObject) : {};

/** The text of an entry, as the interface has it. */
export const said = (entry: { readonly body: string } | undefined): JsonObject =>
  JSON.parse(entry?.body ?? '{}') as JsonObject;

/** How many occurrences the entries stand for. */
export const occurrences = (entries: readonly object[]): number =>
  entries.reduce<number>((sum, entry) => sum + ('count' in entry ? Number(entry.count) : 0), 0);

/** Also writes the entries of the current minute, which a program writes only after it. */
export const settled = ({ identity }: { readonly identity: Pick<Identity, 'counted'> }): Promise<void> =>
  identity.counted.settle(new Date(8.64e15));

/**
 * The daily manifest: an entry with the root of a tree over (stream, length, head) of every stream,
 * sorted by the bytes of the stream's name. It proves that a chain is complete up to that point.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { lockLog, logState, tileReader, withoutLimits } from '../store/log-store.js';
import {
  findWithNeighbours,
  clearManifest,
  isManifestStale,
  latestManifest,
  manifestLength,
  saveManifestStreams,
  saveManifestTiles,
  streamsAt,
  type ManifestStream,
  type StreamAt,
} from '../store/manifest-store.js';
import type { Trail } from '../store/trail-store.js';
import { leafHash } from '../trail/chain.js';
import { growingTiles } from './growing-tiles.js';
import { sha256Tree } from './tree-hash.js';
import { inclusionProof, rootOf, type KnownRanges } from './tree.js';
import { unaccountedIn } from './unaccounted.js';

export interface ManifestDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Trail;
}

/**
 * - `written`
 * - `busy`: another program is writing to the tree, or the tree is empty
 * - `contradicted`: a chain no longer matches the latest manifest, which is kept as evidence
 */
export type ManifestOutcome = 'written' | 'busy' | 'contradicted';

/** Writes a manifest over the present tree. */
export async function writeManifest({ database, clock, trail }: ManifestDeps): Promise<ManifestOutcome> {
  try {
    return await database.transaction(async (transaction) => {
      if (!(await lockLog(transaction))) return 'busy';
      await withoutLimits(transaction);
      const state = await logState(transaction);
      const { size } = state;
      if (size === 0) return 'busy';
      if (await isContradicted(transaction)) throw new Contradicted();
      await clearManifest(transaction);
      const tiles = growingTiles(0, []);
      let streams = 0;
      for await (const rows of streamsAt(transaction, size)) {
        const known = rows.map(intact);
        for (const { stream, length, head } of known) tiles.add(manifestLeaf(stream, length, head));
        saveManifestStreams(
          transaction,
          known.map((row, number) => ({ ...row, position: streams + number })),
        );
        saveManifestTiles(transaction, tiles.takeChanged());
        streams += rows.length;
      }
      const root = await rootOf(tileReader(transaction, 'manifest_tile'), streams);
      const body = {
        size,
        streams,
        root: root.toString('hex'),
        ...(await unaccountedIn(transaction, state)),
      };
      await trail.append(transaction, [
        { stream: 'manifest', type: 'trail.manifest', at: clock.now(), body },
      ]);
      return 'written';
    });
  } catch (error) {
    // The rollback restores the rows that the transaction had cleared.
    if (error instanceof Contradicted) return 'contradicted';
    throw error;
  }
}

class Contradicted extends Error {}

/** Whether the latest manifest was altered, or a chain's last entry that it names was replaced. */
async function isContradicted(transaction: Transaction): Promise<boolean> {
  const manifest = await latestManifest(transaction, Number.MAX_SAFE_INTEGER);
  if (!manifest) return false;
  return !leafHash(manifest.body).equals(manifest.leaf) || (await isManifestStale(transaction));
}

/** @throws {Contradicted} if the place is taken but the entry is missing */
function intact({ head, ...row }: StreamAt): Omit<ManifestStream, 'position'> {
  if (head === null) throw new Contradicted();
  return { ...row, head };
}

/** Root over all streams as of the tree of `size` leaves, hexadecimal. */
export async function manifestRoot(transaction: Transaction, size: number): Promise<string> {
  const tiles = growingTiles(0, []);
  let streams = 0;
  const made = new Map<string, Buffer>();
  for await (const rows of streamsAt(transaction, size)) {
    // No root can be computed for a chain whose last entry is missing.
    for (const { stream, length, head } of rows)
      tiles.add(manifestLeaf(stream, length, head ?? Buffer.alloc(0)));
    for (const { level, tile, hashes } of tiles.takeChanged()) made.set(`${level}/${tile}`, hashes);
    streams += rows.length;
  }
  const read = (level: number, tile: number, count: number): Promise<Buffer> =>
    Promise.resolve((made.get(`${level}/${tile}`) ?? Buffer.alloc(0)).subarray(0, count * 32));
  return (await rootOf(read, streams)).toString('hex');
}

/** Verifiers hash the same bytes: never change them. */
function manifestLeaf(stream: string, length: number, head: Buffer): Buffer {
  return leafHash(Buffer.from(JSON.stringify([stream, length, head.toString('hex')]), 'utf8'));
}

export interface Completeness {
  /** The manifest's entry and its place in the tree. */
  readonly index: number;
  readonly body: Buffer;
  /** One JSON line per stream, sorted: its place in the manifest, or the statement that it has none. */
  readonly streams: ReadonlyMap<string, string>;
}

/** Streams in the latest manifest below a checkpoint of this size; undefined if there is none. */
export async function completenessOf(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<Completeness | undefined> {
  const manifest = await latestManifest(transaction, size);
  if (!manifest) return undefined;
  // The count does not come from the entry: if the entry was altered, the verifier reports it.
  const count = await manifestLength(transaction);
  const read = tileReader(transaction, 'manifest_tile');
  const known: KnownRanges = new Map();
  const placed = async ({ position, stream, length, head }: ManifestStream) => {
    const proof = await inclusionProof(read, position, count, sha256Tree, known);
    return {
      stream,
      length,
      head: head.toString('hex'),
      position,
      proof: proof.map((hash) => hash.toString('base64')),
    };
  };
  const lines = new Map<string, string>();
  for (const stream of [...streams].sort()) {
    const { at, before, after } = await findWithNeighbours(transaction, stream);
    const claim = at
      ? await placed(at)
      : {
          stream,
          length: 0,
          before: before && (await placed(before)),
          after: after && (await placed(after)),
        };
    lines.set(stream, JSON.stringify(claim));
  }
  return { ...manifest, streams: lines };
}

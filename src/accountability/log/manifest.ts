/**
 * The daily manifest: an entry with the root of a tree over (stream, length, head) of every stream, sorted by the bytes
 * of the stream's name. Proves that a chain is complete up to that point.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { lockLog, logState, tileReader, withoutLimits } from '../store/log-store.js';
import {
  findWithNeighbours,
  clearManifest,
  hasManifest,
  latestManifest,
  manifestLength,
  saveManifestStreams,
  saveManifestTiles,
  streamsAt,
  type ManifestStream,
} from '../store/manifest-store.js';
import type { Trail } from '../store/trail-store.js';
import { leafHash } from '../trail/chain.js';
import { growingTiles } from './growing-tiles.js';
import { sha256Tree } from './tree-hash.js';
import { inclusionProof, rootOf, type KnownRanges } from './tree.js';

export interface ManifestDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Trail;
}

/** Over the present tree. @returns false if the tree is empty or another program is writing to it */
export function writeManifest({ database, clock, trail }: ManifestDeps): Promise<boolean> {
  return database.transaction(async (transaction) => {
    if (!(await lockLog(transaction))) return false;
    await withoutLimits(transaction);
    const { size } = await logState(transaction);
    if (size === 0) return false;
    await clearManifest(transaction);
    const tiles = growingTiles(0, []);
    let streams = 0;
    for await (const rows of streamsAt(transaction, size)) {
      for (const { stream, length, head } of rows) tiles.add(manifestLeaf(stream, length, head));
      saveManifestStreams(
        transaction,
        rows.map((row, number) => ({ ...row, position: streams + number })),
      );
      saveManifestTiles(transaction, tiles.takeChanged());
      streams += rows.length;
    }
    const root = await rootOf(tileReader(transaction, 'manifest_tile'), streams);
    const body = { size, streams, root: root.toString('hex') };
    await trail.append(transaction, [{ stream: 'manifest', type: 'trail.manifest', at: clock.now(), body }]);
    return true;
  });
}

/** The first manifest is not delayed to the next day. @returns whether it was written now */
export async function firstManifest(deps: ManifestDeps): Promise<boolean> {
  return !(await deps.database.transaction(hasManifest)) && writeManifest(deps);
}

/** Root over all streams as of the tree of `size` leaves, hexadecimal. */
export async function manifestRoot(transaction: Transaction, size: number): Promise<string> {
  const tiles = growingTiles(0, []);
  let streams = 0;
  const made = new Map<string, Buffer>();
  for await (const rows of streamsAt(transaction, size)) {
    for (const { stream, length, head } of rows) tiles.add(manifestLeaf(stream, length, head));
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
  /** One JSON line per stream: its place in the manifest, or that it has none. */
  readonly streams: readonly string[];
}

/** Streams in the latest manifest below a checkpoint of this size; undefined if there is none. */
export async function completenessOf(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<Completeness | undefined> {
  const manifest = await latestManifest(transaction, size);
  if (!manifest) return undefined;
  // Not from the entry: if it was altered, the verifier reports it.
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
  const lines: string[] = [];
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
    lines.push(JSON.stringify(claim));
  }
  return { ...manifest, streams: lines };
}

/** Proofs of entries: the signed checkpoint, and each entry's path to the tree's root. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { rootIn, signCheckpoint } from '../log/checkpoint.js';
import { completenessOf, writeManifest, type Completeness, type ManifestOutcome } from '../log/manifest.js';
import { sequence } from '../log/sequencer.js';
import type { LogSigner } from '../log/signer.js';
import { sha256Tree, sm3Tree } from '../log/tree-hash.js';
import { inclusionProof, rootOfPath, type KnownRanges, type ReadTile } from '../log/tree.js';
import { latestCheckpoint, type Checkpoint } from '../store/checkpoint-store.js';
import { witnessed, witnessedBefore, type Witnessed } from '../store/cosignature-store.js';
import { leafReader, leavesAt, tileReader } from '../store/log-store.js';
import { latestManifest } from '../store/manifest-store.js';
import type { Trail } from '../store/trail-store.js';

export interface EvidenceDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  readonly trail: Trail;
  readonly signer: LogSigner;
  /** Asks the witnesses to co-sign the checkpoint before it is issued. */
  readonly witness?: () => Promise<unknown>;
}

/** A checkpoint; entries below it never change. */
export interface Signed {
  readonly checkpoint: Checkpoint;
  /** The note with the witnesses' signatures. */
  readonly note: string;
  /** Public keys of the witnesses that co-signed it. */
  readonly witnesses: readonly string[];
  /** Checkpoint of the second tree at the same size; undefined if there is none or the second tree lags behind. */
  readonly second: Checkpoint | undefined;
}

/**
 * Writes a manifest, signs the present tree with the manifest in it, and asks the witnesses. The
 * manifest proves that the export is complete.
 *
 * @throws {Refusal} `trail.key`; `trail.behind` if no entry has a place yet
 */
export async function signPresentTree(deps: EvidenceDeps): Promise<Signed> {
  // Damage does not prevent an export: the export then ends at the last signed size.
  await unlessDamaged(async () => {
    await sequence(deps.database);
    await signFreshManifest(deps);
    await deps.witness?.();
  });
  return deps.database.transaction(async (transaction) => {
    const checkpoint = await latestCheckpoint(transaction);
    if (!checkpoint) throw new Refusal('trail.behind', '轨迹还没有条目进入全库的树', { remedy: '稍后再试' });
    const { note, witnesses } = (await witnessed(transaction, checkpoint.size)) ?? {
      note: checkpoint.note,
      witnesses: [],
    };
    const second =
      deps.signer.second && (await latestCheckpoint(transaction, undefined, 'trail_sm_checkpoint'));
    return {
      checkpoint,
      note,
      witnesses,
      second: second && second.size >= checkpoint.size ? second : undefined,
    };
  });
}

async function unlessDamaged(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'trail.broken') throw error;
  }
}

/**
 * Tries for five seconds to get the manifest below a checkpoint; otherwise the bundle states that
 * it has no manifest.
 */
async function signFreshManifest(deps: EvidenceDeps): Promise<void> {
  let outcome: ManifestOutcome = 'busy';
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(250);
    if (outcome === 'busy') outcome = await writeManifest(deps);
    await sequence(deps.database);
    const checkpoint = await signCheckpoint(deps);
    const isSigned = await deps.database.transaction(
      async (transaction) =>
        checkpoint !== undefined && (await latestManifest(transaction, checkpoint.size)) !== undefined,
    );
    if (isSigned && outcome !== 'busy') return;
  }
}

/** Proofs per transaction, which bounds the tiles in memory. */
const proofsAtOnce = 500;

/** C2SP tlog-proof for each place in the tree, in batches. @param indexes ascending */
export const proofsOf = (
  database: Database,
  { checkpoint: { size }, note }: Signed,
  indexes: readonly number[],
): AsyncGenerator<readonly Proof[]> => proofsIn(database, { ...firstTree, size, note }, indexes);

/** The same proofs from the second tree. */
export const secondProofsOf = (
  database: Database,
  { size, note }: Checkpoint,
  indexes: readonly number[],
): AsyncGenerator<readonly Proof[]> => proofsIn(database, { ...secondTree, size, note }, indexes);

interface Proof {
  readonly index: number;
  readonly proof: string;
}

const firstTree = { hash: sha256Tree, tiles: 'trail_tile' } as const;
const secondTree = { hash: sm3Tree, tiles: 'trail_sm_tile' } as const;

async function* proofsIn(
  database: Database,
  tree: (typeof firstTree | typeof secondTree) & { readonly size: number; readonly note: string },
  indexes: readonly number[],
): AsyncGenerator<readonly Proof[]> {
  const { tiles, note } = tree;
  let now: Transaction | undefined;
  const anew = { read: leafReader(() => now ?? fail()), known: new Map() as KnownRanges };
  for (let first = 0; first < indexes.length; first += proofsAtOnce) {
    const some = indexes.slice(first, first + proofsAtOnce);
    yield await database.transaction(async (transaction) => {
      now = transaction;
      const read = tileReader(transaction, tiles);
      const known: KnownRanges = new Map();
      const leaves = await leavesAt(transaction, some);
      const proofs = [];
      for (const index of some) {
        const leaf = leaves.get(index);
        const path = await soundPath(tree, { index, leaf }, { read, known }, anew);
        const hashes = path.map((one) => `${one.toString('base64')}\n`).join('');
        proofs.push({ index, proof: `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${note}` });
      }
      return proofs;
    });
  }
}

const fail = (): never => {
  throw new Error('read outside a transaction');
};

interface Source {
  readonly read: ReadTile;
  readonly known: KnownRanges;
}

/**
 * Reads the path from the tiles. If those are damaged, it computes the path from the entries,
 * provided they lead to the signed root; otherwise it returns the tiles' path, so that the verifier
 * names the fault. The second tree has only tiles.
 */
async function soundPath(
  {
    hash,
    size,
    note,
    tiles,
  }: (typeof firstTree | typeof secondTree) & { readonly size: number; readonly note: string },
  { index, leaf }: { readonly index: number; readonly leaf: Buffer | undefined },
  ofTiles: Source,
  ofEntries: Source,
): Promise<readonly Buffer[]> {
  const pathOf = ({ read, known }: Source): Promise<Buffer[] | undefined> =>
    inclusionProof(read, index, size, hash, known).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'trail.broken') return undefined;
      throw error;
    });
  const leads = (path: readonly Buffer[] | undefined): path is readonly Buffer[] =>
    path !== undefined &&
    leaf !== undefined &&
    rootOfPath(leaf, { index, size, path }, hash)?.equals(rootIn(note)) === true;
  const stored = await pathOf(ofTiles);
  if (tiles !== firstTree.tiles || leads(stored)) return stored ?? [];
  const made = await pathOf(ofEntries);
  return leads(made) ? made : (stored ?? []);
}

/** Streams in the latest manifest; undefined if the manifest is younger than the checkpoint. */
export async function manifestOf(
  database: Database,
  signed: Signed,
  streams: readonly string[],
): Promise<(Completeness & { readonly proof: string }) | undefined> {
  const manifest = await database.transaction((transaction) =>
    completenessOf(transaction, streams, signed.checkpoint.size),
  );
  if (!manifest) return undefined;
  for await (const [one] of proofsOf(database, signed, [manifest.index]))
    if (one) return { ...manifest, proof: one.proof };
  return undefined;
}

/** Checkpoints that were witnessed before one of the entries got its place: the entry cannot claim an earlier time. */
export const seenBefore = (database: Database, indexes: readonly number[]): Promise<readonly Witnessed[]> =>
  database.transaction((transaction) => witnessedBefore(transaction, indexes));

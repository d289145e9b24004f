/** Entries with what proves them: their exact bytes, and the path of each to the root that a checkpoint signs. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { signCheckpoint } from '../log/checkpoint.js';
import type { Trail } from '../store/trail-store.js';
import { completenessOf, firstManifest, type Completeness } from '../log/manifest.js';
import { sequence } from '../log/sequencer.js';
import type { LogSigner } from '../log/signer.js';
import { sm3Tree } from '../log/tree-hash.js';
import { inclusionProof } from '../log/tree.js';
import { latestCheckpoint, type Checkpoint } from '../store/checkpoint-store.js';
import { witnessed, witnessedBefore, type Witnessed } from '../store/cosignature-store.js';
import { placedEntries, unplaced, type PlacedEntry } from '../store/evidence-store.js';
import { tileReader } from '../store/log-store.js';

export interface Evidence {
  readonly checkpoint: Checkpoint;
  /** With what witnesses have added to it. */
  readonly note: string;
  /** Public keys of the witnesses who have co-signed it. */
  readonly witnesses: readonly string[];
  /** By their place in the tree. */
  readonly entries: readonly (PlacedEntry & { readonly proof: string })[];
  /** What the latest manifest says of the streams; undefined before the first. */
  readonly manifest: (Completeness & { readonly proof: string }) | undefined;
  /** Checkpoints that were witnessed before one of the entries had its place: none can claim an earlier time. */
  readonly earlier: readonly Witnessed[];
  /** The same entries in the second tree; undefined where there is none, or it has not come so far yet. */
  readonly second: SecondEvidence | undefined;
}

interface SecondEvidence {
  readonly checkpoint: Checkpoint;
  /** One an entry, in their order. */
  readonly proofs: readonly string[];
}

export interface EvidenceDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Trail;
  readonly signer: LogSigner;
  /** Asked for the checkpoint before it is handed out; nobody without it. */
  readonly witness?: () => Promise<unknown>;
}

/**
 * All that the streams hold, and how signing keys have followed each other, once it has its place in the tree and a
 * checkpoint above it.
 *
 * @throws {Refusal} `trail.behind` where that does not come about within five seconds; `trail.key`
 */
export async function evidenceOf(deps: EvidenceDeps, streams: readonly string[]): Promise<Evidence> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(250);
    await sequence(deps.database);
    if (await firstManifest(deps)) await sequence(deps.database);
    await signCheckpoint(deps);
    await deps.witness?.();
    const evidence = await collect(deps, [...streams, 'keys']);
    if (evidence) return evidence;
  }
  throw new Refusal('trail.behind', '轨迹还有条目没有进入全库的树', {
    remedy: '有事务长时间没有结束;稍后再试',
  });
}

function collect(
  { database, signer }: EvidenceDeps,
  streams: readonly string[],
): Promise<Evidence | undefined> {
  return database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const checkpoint = await latestCheckpoint(transaction);
    if (!checkpoint || (await unplaced(transaction, streams, checkpoint.size))) return undefined;
    const { note, witnesses } = (await witnessed(transaction, checkpoint.size)) ?? {
      note: checkpoint.note,
      witnesses: [],
    };
    const read = tileReader(transaction);
    const proofOf = async (index: number): Promise<string> =>
      proofText(index, await inclusionProof(read, index, checkpoint.size), note);
    const entries = [];
    for (const entry of await placedEntries(transaction, streams))
      entries.push({ ...entry, proof: await proofOf(entry.index) });
    const present = [...new Set(entries.map(({ stream }) => stream))];
    const manifest = await completenessOf(transaction, present, checkpoint.size);
    return {
      checkpoint,
      note,
      witnesses,
      entries,
      manifest: manifest && { ...manifest, proof: await proofOf(manifest.index) },
      earlier: await witnessedBefore(
        transaction,
        entries.map(({ index }) => index),
      ),
      second: signer.second && (await secondOf(transaction, entries)),
    };
  });
}

async function secondOf(
  transaction: Transaction,
  entries: readonly PlacedEntry[],
): Promise<SecondEvidence | undefined> {
  const checkpoint = await latestCheckpoint(transaction, undefined, 'trail_sm_checkpoint');
  if (!checkpoint || entries.some(({ index }) => index >= checkpoint.size)) return undefined;
  const read = tileReader(transaction, 'trail_sm_tile');
  const proofs = [];
  for (const { index } of entries)
    proofs.push(
      proofText(index, await inclusionProof(read, index, checkpoint.size, sm3Tree), checkpoint.note),
    );
  return { checkpoint, proofs };
}

/** C2SP tlog-proof. */
function proofText(index: number, path: readonly Buffer[], note: string): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${note}`;
}

/** Entries with what proves them: their exact bytes, and the path of each to the root that a checkpoint signs. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';
import { signCheckpoint } from '../log/checkpoint.js';
import { sequence } from '../log/sequencer.js';
import type { Signer } from '../log/signer.js';
import { inclusionProof } from '../log/tree.js';
import { latestCheckpoint, type Checkpoint } from '../store/checkpoint-store.js';
import { placedEntries, unplaced, type PlacedEntry } from '../store/evidence-store.js';
import { tileReader } from '../store/log-store.js';

export interface Evidence {
  readonly checkpoint: Checkpoint;
  /** By their place in the tree. */
  readonly entries: readonly (PlacedEntry & { readonly proof: string })[];
}

export interface EvidenceDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signer: Signer;
}

/**
 * All that the streams hold, once it has its place in the tree and a checkpoint above it.
 *
 * @throws {Refusal} `trail.behind` where that does not come about within five seconds; `trail.key`
 */
export async function evidenceOf(deps: EvidenceDeps, streams: readonly string[]): Promise<Evidence> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(250);
    await sequence(deps.database);
    await signCheckpoint(deps);
    const evidence = await collect(deps.database, streams);
    if (evidence) return evidence;
  }
  throw new Refusal('trail.behind', '轨迹还有条目没有进入全库的树', {
    remedy: '有事务长时间没有结束;稍后再试',
  });
}

function collect(database: Database, streams: readonly string[]): Promise<Evidence | undefined> {
  return database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const checkpoint = await latestCheckpoint(transaction);
    if (!checkpoint || (await unplaced(transaction, streams, checkpoint.size))) return undefined;
    const placed = await placedEntries(transaction, streams);
    const read = tileReader(transaction);
    const entries = [];
    for (const entry of placed) {
      const path = await inclusionProof(read, entry.index, checkpoint.size);
      entries.push({ ...entry, proof: proofText(entry.index, path, checkpoint) });
    }
    return { checkpoint, entries };
  });
}

/** C2SP tlog-proof. */
function proofText(index: number, path: readonly Buffer[], { note }: Checkpoint): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${note}`;
}

/** Signed heads of a tree: C2SP checkpoints (three lines: origin, size, root) as signed notes. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import {
  latestCheckpoint,
  saveCheckpoint,
  type Checkpoint,
  type CheckpointTable,
} from '../store/checkpoint-store.js';
import { damagedTree, leafReader, lockLog, logState, tileReader, type LogTiles } from '../store/log-store.js';
import { secondSize } from '../store/second-tree-store.js';
import { isSucceededBy } from './rotation.js';
import { growSecondTree } from './second-tree.js';
import type { LogSigner, Signer } from './signer.js';
import { sha256Tree, sm3Tree, type TreeHash } from './tree-hash.js';
import { rootOf, type ReadTile } from './tree.js';

export interface CheckpointDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  readonly signer: LogSigner;
}

/** A tree over all entries, with access to its tiles. */
interface Tree {
  readonly hash: TreeHash;
  readonly tiles: LogTiles;
  readonly checkpoints: CheckpointTable;
  readonly size: (transaction: Transaction) => Promise<number>;
}

const first: Tree = {
  hash: sha256Tree,
  tiles: 'trail_tile',
  checkpoints: 'trail_checkpoint',
  size: async (transaction) => (await logState(transaction)).size,
};

const second: Tree = {
  hash: sm3Tree,
  tiles: 'trail_sm_tile',
  checkpoints: 'trail_sm_checkpoint',
  size: secondSize,
};

/**
 * Signs the tree if it has grown, then the second tree up to its present size, if it has a signer.
 *
 * @returns the latest checkpoint; undefined before the first
 * @throws {Refusal} `trail.key` if the log was signed with another key and no rotation leads from
 * that key to this one
 */
export async function signCheckpoint({
  database,
  clock,
  laws,
  signer,
}: CheckpointDeps): Promise<Checkpoint | undefined> {
  const latest = await signTree({ database, clock, laws, signer }, first);
  if (signer.second) {
    await growSecondTree(database);
    await signTree({ database, clock, laws, signer: signer.second }, second);
  }
  return latest;
}

/** True for a tree without checkpoints: its first signer determines the key. */
export const isUnsigned =
  (database: Database) =>
  (checkpoints: CheckpointTable): Promise<boolean> =>
    database.transaction(
      async (transaction) => (await latestCheckpoint(transaction, undefined, checkpoints)) === undefined,
    );

interface SigningDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  readonly signer: Signer;
}

function signTree(deps: SigningDeps, tree: Tree): Promise<Checkpoint | undefined> {
  return deps.database.transaction(async (transaction) => {
    const mine = await lockLog(transaction);
    const latest = await latestCheckpoint(transaction, undefined, tree.checkpoints);
    const { vkey } = deps.signer;
    if (
      latest &&
      latest.vkey !== vkey &&
      !(await isSucceededBy(transaction, latest.vkey, vkey, deps.laws.today()))
    )
      throw otherKey(latest, deps.signer);
    const size = await tree.size(transaction);
    if (!mine || size === (latest?.size ?? 0)) return latest;
    return signed(transaction, deps, tree, { size, latest });
  });
}

async function signed(
  transaction: Transaction,
  { clock, signer }: SigningDeps,
  { hash, tiles, checkpoints }: Tree,
  { size, latest }: { readonly size: number; readonly latest: Checkpoint | undefined },
): Promise<Checkpoint> {
  const read = tileReader(transaction, tiles);
  if (latest && size > latest.size && (await isDamaged(transaction, { read, hash, tiles }, latest))) {
    throw damagedTree(`与第 ${latest.size} 条的检查点不符，条目却相符：不再签名`);
  }
  const root = await rootOf(read, size, hash);
  const text = `${signer.name}\n${size}\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([signer.keyId, await signer.sign(Buffer.from(text, 'utf8'))]);
  const note = `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
  const checkpoint = { size, note, vkey: signer.vkey, signedAt: clock.now() };
  await saveCheckpoint(transaction, checkpoint, checkpoints);
  return checkpoint;
}

/**
 * True if the tiles no longer lead to the signed root but the entries do. Signing such tiles would
 * make damage look like a rewritten log. If the entries do not lead there either, the log was
 * rewritten: that is for those to detect who compare checkpoints.
 */
async function isDamaged(
  transaction: Transaction,
  { read, hash, tiles }: { readonly read: ReadTile; readonly hash: TreeHash; readonly tiles: LogTiles },
  { size, note }: Checkpoint,
): Promise<boolean> {
  const signed = rootIn(note);
  if ((await rootOf(read, size, hash)).equals(signed)) return false;
  if (tiles !== first.tiles) return true;
  const ofEntries = await rootOf(
    leafReader(() => transaction),
    size,
    hash,
  ).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'trail.broken') return undefined;
    throw error;
  });
  return ofEntries?.equals(signed) === true;
}

/** The third line of a checkpoint. */
export const rootIn = (note: string): Buffer => Buffer.from(note.split('\n')[2] ?? '', 'base64');

const otherKey = ({ vkey }: Checkpoint, signer: Signer): Refusal =>
  new Refusal('trail.key', `轨迹此前由 ${vkey} 签名，现在的密钥是 ${signer.vkey}`, {
    remedy:
      '用原来的密钥文件（HOTLINE_LOG_KEY_FILE，国密的是 HOTLINE_LOG_SM2_KEY_FILE）；要换密钥，执行 hotline trail rotate-key；各台机器上的程序须用同一把密钥',
  });

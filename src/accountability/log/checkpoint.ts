/** Signed heads of the tree: C2SP checkpoints (three lines: origin, size, root) as signed notes. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { latestCheckpoint, saveCheckpoint, type Checkpoint } from '../store/checkpoint-store.js';
import { lockLog, logState, tileReader } from '../store/log-store.js';
import { isSucceededBy } from './rotation.js';
import type { Signer } from './signer.js';
import { rootOf } from './tree.js';

export interface CheckpointDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signer: Signer;
}

/**
 * Signs the tree as it is, where it has grown since the last time.
 *
 * @returns the latest checkpoint; undefined while nothing has been signed
 * @throws {Refusal} `trail.key` where the log has been signed with another key, and no rotation leads to this one
 */
export function signCheckpoint(deps: CheckpointDeps): Promise<Checkpoint | undefined> {
  return deps.database.transaction(async (transaction) => {
    const mine = await lockLog(transaction);
    const latest = await latestCheckpoint(transaction);
    const { vkey } = deps.signer;
    if (latest && latest.vkey !== vkey && !(await isSucceededBy(transaction, latest.vkey, vkey)))
      throw otherKey(latest, deps.signer);
    const { size } = await logState(transaction);
    if (!mine || size === (latest?.size ?? 0)) return latest;
    return signed(transaction, deps, size);
  });
}

async function signed(
  transaction: Transaction,
  { clock, signer }: CheckpointDeps,
  size: number,
): Promise<Checkpoint> {
  const root = await rootOf(tileReader(transaction), size);
  const text = `${signer.name}\n${size}\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([signer.keyId, await signer.sign(Buffer.from(text, 'utf8'))]);
  const note = `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
  const checkpoint = { size, note, vkey: signer.vkey, signedAt: clock.now() };
  await saveCheckpoint(transaction, checkpoint);
  return checkpoint;
}

const otherKey = ({ vkey }: Checkpoint, signer: Signer): Refusal =>
  new Refusal('trail.key', `轨迹此前由 ${vkey} 签名,现在的密钥是 ${signer.vkey}`, {
    remedy:
      '用原来的密钥文件(HOTLINE_LOG_KEY_FILE);要换密钥,执行 hotline trail rotate-key;各台机器上的程序须用同一把密钥',
  });

/**
 * Builds a request to a witness: the checkpoint, and the proof that it continues the one the
 * witness has seen (C2SP tlog-witness).
 */
import type { Transaction } from '../../platform/database/index.js';
import { consistencyProof } from '../log/tree.js';
import type { Checkpoint } from '../store/checkpoint-store.js';
import { tileReader } from '../store/log-store.js';

/** The body of `add-checkpoint`. @param old size that the witness last co-signed; 0 for none */
export async function witnessRequest(
  transaction: Transaction,
  { size, note }: Checkpoint,
  old: number,
): Promise<string> {
  const proof = old === 0 || old === size ? [] : await consistencyProof(tileReader(transaction), old, size);
  return [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n');
}

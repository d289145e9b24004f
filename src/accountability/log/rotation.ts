/** Replaces the signing key: an entry of the stream `keys`, signed with the old key and the new one. */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { Body } from '../events/index.js';
import { history, type Trail } from '../store/trail-store.js';
import type { Signer } from './signer.js';
import { isSignedBy, parseKey } from './vkey.js';

const stream = 'keys';

/** The text that both keys sign. Verifiers build the same text: never change it. */
const rotationText = (from: string, to: string): string => `12345 trail key rotation v1\n${from}\n${to}\n`;

/** Makes the new key sign from the next checkpoint on. @throws {Refusal} `trail.key` for a key of another log */
export async function rotate(
  { database, clock, trail }: { readonly database: Database; readonly clock: Clock; readonly trail: Trail },
  old: Signer,
  next: Signer,
): Promise<void> {
  if (next.name !== old.name || next.algorithm !== old.algorithm || next.vkey === old.vkey) {
    throw new Refusal('trail.key', `新密钥须是 ${old.name} 的另一把，所给的是 ${next.vkey}`, {
      remedy: '新密钥与旧密钥同名、同一种算法、不同钥',
    });
  }
  const text = Buffer.from(rotationText(old.vkey, next.vkey), 'utf8');
  const [signedByOld, signedByNew] = await Promise.all([old.sign(text), next.sign(text)]);
  const body = {
    from: old.vkey,
    to: next.vkey,
    signedByOld: signedByOld.toString('base64'),
    signedByNew: signedByNew.toString('base64'),
  };
  await database.transaction((transaction) =>
    trail.append(transaction, [{ stream, type: 'key.rotated', at: clock.now(), body }]),
  );
}

/** Whether rotations, each signed with both keys, lead from one key to the other. */
export async function isSucceededBy(
  transaction: Transaction,
  from: string,
  to: string,
  law: Law,
): Promise<boolean> {
  const reached = new Set([from]);
  for (const entry of await history(transaction, stream, law)) {
    if (entry.type !== 'key.rotated' || !isValid(entry.body)) continue;
    if (reached.has(entry.body.from)) reached.add(entry.body.to);
  }
  return reached.has(to);
}

function isValid({ from, to, signedByOld, signedByNew }: Body<'key.rotated'>): boolean {
  const [old, next] = [parseKey(from, 'ed25519', 'sm2'), parseKey(to, 'ed25519', 'sm2')];
  if (!old || old.name !== next?.name || old.algorithm !== next.algorithm) return false;
  const text = rotationText(from, to);
  return (
    isSignedBy(old, text, Buffer.from(signedByOld, 'base64')) &&
    isSignedBy(next, text, Buffer.from(signedByNew, 'base64'))
  );
}

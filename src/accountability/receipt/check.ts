/** Checks a receipt against today's log. Every holder of a receipt is a witness. */
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { continuedFrom } from '../log/continued.js';
import { isSucceededBy } from '../log/rotation.js';
import { isSignedBy, parseKey } from '../log/vkey.js';
import { checkpointKeys } from '../store/checkpoint-store.js';
import { witnessKeys } from '../store/cosignature-store.js';
import { entryAt } from '../store/evidence-store.js';
import { leafHash } from '../trail/chain.js';
import { CborError } from './cbor.js';
import { rootFromPath } from './path.js';
import { decodeReceipt, entryOf, matterDigest, signedBytes, type Receipt } from './receipt.js';

/** Why a receipt is refused: it is not ours, or is not as we issued it. */
export type Flaw = 'truncated' | 'no-receipt' | 'altered' | 'foreign';

/** How today's log contradicts a genuine receipt. */
type Contradiction = 'rolled-back' | 'rewritten' | 'entry-gone';

export interface Genuine {
  readonly receipt: Receipt;
  readonly root: Buffer;
  /** The key that signed the receipt. */
  readonly vkey: string;
  readonly witnesses: readonly { readonly name: string; readonly at: Date }[];
  readonly now: { readonly size: number; readonly signedAt: Date | null; readonly root: Buffer | undefined };
  readonly contradiction: Contradiction | undefined;
}

/** @param vkey key of the present signer */
export async function checkReceipt(
  transaction: Transaction,
  vkey: string,
  bytes: Buffer,
  law: Law,
): Promise<Genuine | Flaw> {
  const receipt = decoded(bytes);
  if (typeof receipt === 'string') return receipt;
  const entry = entryOf(receipt);
  const root = rootFromPath(leafHash(entry), receipt);
  if (!root) return 'altered';
  const key = await keyOf(transaction, vkey, receipt, law);
  if (key === undefined) return 'foreign';
  const signed = signedBytes(receipt.origin, receipt.keyId, root);
  if (!isSignedBy(key, signed, receipt.signature)) return 'altered';
  const witnesses = await witnessesOf(transaction, receipt, root);
  if (!witnesses) return 'altered';
  return { receipt, root, vkey: key.vkey, witnesses, ...(await today(transaction, receipt, root, entry)) };
}

/** Whether the receipt commits to this number and these words. */
export const fits = ({ salt, digest }: Receipt, no: string, words: string): boolean =>
  matterDigest(salt, no, words) === digest;

function decoded(bytes: Buffer): Receipt | Flaw {
  try {
    return decodeReceipt(bytes);
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    // A file of version 1 begins with a map of seven members, the first of which is 0 → 1.
    if (!bytes.subarray(0, 3).equals(Buffer.from([0xa7, 0, 1]))) return 'no-receipt';
    return error.flaw === 'truncated' ? 'truncated' : 'altered';
  }
}

/** A key of this log from which rotations lead to the present key. */
async function keyOf(transaction: Transaction, vkey: string, { origin, keyId }: Receipt, law: Law) {
  for (const one of new Set([vkey, ...(await checkpointKeys(transaction))])) {
    const key = parseKey(one, 'ed25519');
    if (key?.name !== origin || !key.id.equals(keyId)) continue;
    if (await isSucceededBy(transaction, one, vkey, law)) return key;
  }
  return undefined;
}

/** Undefined if the signature of a known witness is false. Signatures of unknown witnesses are ignored. */
async function witnessesOf(transaction: Transaction, { witnesses, origin, size }: Receipt, root: Buffer) {
  const keys = (await witnessKeys(transaction)).flatMap((vkey) => parseKey(vkey, 'cosignature') ?? []);
  const found = [];
  for (const { name, keyId, time, signature } of witnesses) {
    const key = keys.find((one) => one.name === name && one.id.equals(keyId));
    if (!key) continue;
    const text = `cosignature/v1\ntime ${time}\n${origin}\n${size}\n${root.toString('base64')}\n`;
    if (!isSignedBy(key, text, signature)) return undefined;
    found.push({ name, at: new Date(time * 1000) });
  }
  return found;
}

async function today(
  transaction: Transaction,
  { size, index }: Receipt,
  root: Buffer,
  entry: Buffer,
): Promise<Pick<Genuine, 'now' | 'contradiction'>> {
  const { now, then, contradiction } = await continuedFrom(transaction, { size, root });
  if (contradiction) return { now: { ...now, root: then }, contradiction };
  const kept = await entryAt(transaction, index);
  return {
    now: { ...now, root: then },
    contradiction: kept?.equals(entry) === true ? undefined : 'entry-gone',
  };
}

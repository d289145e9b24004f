/** Issues receipts. The words of a matter get one entry, however often and by whomever a receipt is requested. */
import type { Database, Transaction } from '../../platform/database/index.js';
import { inclusionProof, rootOf } from '../log/tree.js';
import type { LogSigner } from '../log/signer.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import { lastWitnessed, type Witnessed } from '../store/cosignature-store.js';
import { numbersIn } from '../store/evidence-store.js';
import { tileReader } from '../store/log-store.js';
import type { Trail } from '../store/trail-store.js';
import { cosignatureIn } from '../witness/cosignature.js';
import { parseKey } from '../log/vkey.js';
import {
  encodeReceipt,
  matterDigest,
  receiptSalt,
  receiptStream,
  signedBytes,
  type Committed,
  type WitnessSaid,
} from './receipt.js';

interface Matter {
  readonly no: string;
  /** The caller's own words, or the agent's note of them. */
  readonly words: string;
  /** Salt of the digest of the words in the sheet's trail. */
  readonly wordsSalt: string;
  readonly acceptedAt: Date;
}

/** The caller must have locked the sheet. @returns the commitment in the log, an existing or a new one */
export async function commitReceipt(
  trail: Trail,
  transaction: Transaction,
  { no, words, wordsSalt, acceptedAt }: Matter,
  now: Date,
): Promise<Committed> {
  const salt = receiptSalt(wordsSalt);
  const digest = matterDigest(salt, no, words);
  const stream = receiptStream(digest);
  const [kept] = (await trail.read(transaction, [stream])).get(stream) ?? [];
  if (kept?.type === 'receipt.issued') {
    const { body, at } = kept;
    return { salt, digest, issuedAt: at, acceptedAt: new Date(body.acceptedAt) };
  }
  const body = { acceptedAt: acceptedAt.toISOString(), digest };
  await trail.append(transaction, [{ stream, type: 'receipt.issued', at: now, body }]);
  return { salt, digest, acceptedAt, issuedAt: now };
}

/** Size limit of the receipt's file, in bytes. */
const receiptLimit = 1200;

/**
 * Composes the receipt's file for the last co-signed checkpoint, else for the last one.
 *
 * @returns undefined while no signed checkpoint contains the entry
 */
export async function composeReceipt(
  database: Database,
  signer: LogSigner,
  committed: Committed,
): Promise<{ readonly bytes: Buffer; readonly index: number } | undefined> {
  const found = await database.transaction(async (transaction) => {
    const [place] = await numbersIn(transaction, receiptStream(committed.digest));
    const index = place?.index ?? null;
    if (index === null) return undefined;
    const witnessed = await lastWitnessed(transaction, index);
    const size = witnessed?.size ?? (await latestCheckpoint(transaction))?.size ?? 0;
    if (size <= index) return undefined;
    const read = tileReader(transaction);
    const root = await rootOf(read, size);
    return { index, size, root, path: await inclusionProof(read, index, size), witnessed };
  });
  if (!found) return undefined;
  const { index, size, root, path, witnessed } = found;
  const { name: origin, keyId } = signer;
  const signature = await signer.sign(signedBytes(origin, keyId, root));
  const encoded = (witnesses: readonly WitnessSaid[]): Buffer =>
    encodeReceipt({ ...committed, ...{ origin, keyId, size, index, path, signature }, witnesses });
  // Adds as many co-signatures as fit.
  let bytes = encoded([]);
  const fitting: WitnessSaid[] = [];
  for (const said of witnessed ? saidIn(witnessed) : []) {
    const longer = encoded([...fitting, said]);
    if (longer.length > receiptLimit) continue;
    fitting.push(said);
    bytes = longer;
  }
  return { bytes, index };
}

function saidIn({ note, witnesses }: Witnessed): readonly WitnessSaid[] {
  return witnesses.flatMap((vkey) => {
    const key = parseKey(vkey, 'cosignature');
    const found = key && cosignatureIn(note, key, note);
    if (!key || !found) return [];
    const line = Buffer.from(found.line.trim().split(' ')[2] ?? '', 'base64');
    return {
      name: key.name,
      keyId: key.id,
      time: Number(line.readBigUInt64BE(4)),
      signature: line.subarray(12),
    };
  });
}

/** Issues receipts: one entry for the words of a matter, whoever asks and however often. */
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
  /** As the caller has said or the agent has noted it. */
  readonly words: string;
  /** Of the sheet's own digests. */
  readonly wordsSalt: string;
  readonly acceptedAt: Date;
}

/** The sheet must be locked. @returns what the log has recorded, now or before */
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

/** Its file holds at most this many bytes. */
const receiptLimit = 1200;

/**
 * The receipt's file, by the last checkpoint that a witness has co-signed, else by the last one.
 *
 * @returns undefined while the entry is in no signed checkpoint
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
  // As many as fit.
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

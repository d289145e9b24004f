/**
 * What a caller takes away: an entry of the log that commits to their matter and words by a salted digest, its inclusion
 * under a root that the log signed (RFC 9942 COSE receipt), and a witness's co-signature of that checkpoint. No
 * personal data, at most 1,200 bytes: docs/trail.md, 回执.
 */
import { createHash } from 'node:crypto';
import { sealDigest } from '../../kernel/index.js';
import { canonicalJson } from '../trail/canonical.js';
import { CborError, decodeCbor, encodeCbor, Tagged, type Cbor, type CborMap } from './cbor.js';

const receiptType = 'receipt.issued';

/** What the log commits to about the matter. */
export interface Committed {
  /** 16 bytes, hex. */
  readonly salt: string;
  readonly acceptedAt: Date;
  readonly issuedAt: Date;
  /** Digest of the number and the words, hex. */
  readonly digest: string;
}

export interface WitnessSaid {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Buffer;
  /** Seconds since 1970 by the witness's clock. */
  readonly time: number;
  readonly signature: Buffer;
}

export interface Receipt extends Committed {
  /** The log's name and the first four bytes of its key's hash. */
  readonly origin: string;
  readonly keyId: Buffer;
  readonly size: number;
  readonly index: number;
  readonly path: readonly Buffer[];
  readonly signature: Buffer;
  readonly witnesses: readonly WitnessSaid[];
}

/** Makes equal words compare equal, however they were typed. */
const asCompared = (text: string): string => text.normalize('NFC').replaceAll('\r\n', '\n').trim();

/** Digest of the sheet's number and the caller's words, hex. */
export const matterDigest = (salt: string, no: string, words: string): string =>
  sealDigest(salt, `${no.trim()}\n${asCompared(words)}`);

/**
 * Derived one-way from the sheet's own salt, so that a lost receipt reveals nothing about the
 * sheet's other digests.
 */
export const receiptSalt = (wordsSalt: string): string =>
  createHash('sha256').update(`12345 receipt salt v1\n${wordsSalt}`).digest('hex').slice(0, 32);

/** Each receipt is the only entry of its stream. */
export const receiptStream = (digest: string): string => `receipt:${digest.slice(0, 16)}`;

/** The bytes of the entry in the log. */
export const entryOf = ({ acceptedAt, issuedAt, digest }: Committed): Buffer =>
  canonicalJson({
    v: 1,
    stream: receiptStream(digest),
    seq: 1,
    prev: '0'.repeat(64),
    type: receiptType,
    at: issuedAt.toISOString(),
    acceptedAt: acceptedAt.toISOString(),
    digest,
  });

const label = { algorithm: 1, keyId: 4, claims: 15, tree: 395, proofs: 396 } as const;
const eddsa = -8;
const rfc9162Sha256 = 1;
const sign1 = 18;
/** Version of the file format. */
const version = 1;

const protectedOf = (origin: string, keyId: Buffer): Buffer =>
  encodeCbor(
    new Map<number, Cbor>([
      [label.algorithm, eddsa],
      [label.keyId, keyId],
      [label.claims, new Map([[1, origin]])],
      [label.tree, rfc9162Sha256],
    ]),
  );

/** What the log signs: COSE's Sig_structure over the tree's root. */
export const signedBytes = (origin: string, keyId: Buffer, root: Buffer): Buffer =>
  encodeCbor(['Signature1', protectedOf(origin, keyId), Buffer.alloc(0), root]);

/** The COSE receipt alone, for libraries of RFC 9942; its payload, the root, is detached. */
const coseOf = ({ origin, keyId, size, index, path, signature }: Receipt): Buffer =>
  encodeCbor(
    new Tagged(sign1, [
      protectedOf(origin, keyId),
      new Map([[label.proofs, new Map([[-1, [encodeCbor([size, index, path])]]])]]),
      null,
      signature,
    ]),
  );

export const encodeReceipt = (receipt: Receipt): Buffer =>
  encodeCbor(
    new Map<number, Cbor>([
      [0, version],
      [1, Buffer.from(receipt.salt, 'hex')],
      [2, receipt.acceptedAt.getTime()],
      [3, receipt.issuedAt.getTime()],
      [4, Buffer.from(receipt.digest, 'hex')],
      [5, coseOf(receipt)],
      [6, receipt.witnesses.map(({ name, keyId, time, signature }) => [name, keyId, time, signature])],
    ]),
  );

/** @throws {CborError} */
export function decodeReceipt(bytes: Buffer): Receipt {
  const file = mapIn(decodeCbor(bytes));
  if (file.get(0) !== version || file.size !== 7) throw malformed();
  const { keyId, origin, ...signed } = decodeCose(bytesIn(file.get(5)));
  const receipt: Receipt = {
    salt: bytesIn(file.get(1), 16).toString('hex'),
    acceptedAt: instantIn(file.get(2)),
    issuedAt: instantIn(file.get(3)),
    digest: bytesIn(file.get(4), 32).toString('hex'),
    ...{ keyId, origin },
    ...signed,
    witnesses: listIn(file.get(6)).map((one) => {
      const [name, id, time, signature, ...rest] = listIn(one);
      if (rest.length > 0) throw malformed();
      return {
        name: nameIn(name),
        keyId: bytesIn(id, 4),
        time: countIn(time),
        signature: bytesIn(signature, 64),
      };
    }),
  };
  if (!encodeReceipt(receipt).equals(bytes)) throw malformed();
  return receipt;
}

function decodeCose(bytes: Buffer) {
  const cose = decodeCbor(bytes);
  if (!(cose instanceof Tagged) || cose.tag !== sign1) throw malformed();
  const [signedHeader, unsigned, , signature] = listIn(cose.value);
  const header = mapIn(decodeCbor(bytesIn(signedHeader)));
  const proofs = listIn(mapIn(mapIn(unsigned).get(label.proofs)).get(-1));
  const [size, index, path] = listIn(decodeCbor(bytesIn(proofs[0])));
  return {
    keyId: bytesIn(header.get(label.keyId), 4),
    origin: nameIn(mapIn(header.get(label.claims)).get(1)),
    size: countIn(size),
    index: countIn(index),
    path: listIn(path).map((hash) => bytesIn(hash, 32)),
    signature: bytesIn(signature, 64),
  };
}

const malformed = (): CborError => new CborError('malformed');

function mapIn(value: Cbor | undefined): CborMap {
  if (!(value instanceof Map)) throw malformed();
  return value as CborMap;
}
function listIn(value: Cbor | undefined): readonly Cbor[] {
  if (!Array.isArray(value)) throw malformed();
  return value as readonly Cbor[];
}
function bytesIn(value: Cbor | undefined, length?: number): Buffer {
  if (!Buffer.isBuffer(value) || (length !== undefined && value.length !== length)) throw malformed();
  return value;
}
function countIn(value: Cbor | undefined): number {
  if (typeof value !== 'number' || value < 0) throw malformed();
  return value;
}
function nameIn(value: Cbor | undefined): string {
  if (typeof value !== 'string' || !/^[^\s+]+$/.test(value)) throw malformed();
  return value;
}
/** Parses ISO 8601; accepts only four-digit years. */
function instantIn(value: Cbor | undefined): Date {
  const at = countIn(value);
  if (at > 253_402_300_799_999) throw malformed();
  return new Date(at);
}

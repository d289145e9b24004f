/**
 * Encryption of database fields: AES-256-GCM under a key outside the database. Each box names its key, so that keys can
 * be rotated, and is bound to its place, so that a box moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Refusal, type Vault } from '../kernel/index.js';

export type { Vault } from '../kernel/index.js';

/** Keys by name, base64 of 32 bytes each. New boxes use `current`; `matching` never changes. */
export interface KeyRing {
  readonly current: string;
  readonly matching: string;
  readonly keys: { readonly [name: string]: string };
}

export function newKeyRing(): KeyRing {
  const name = 'k1';
  return { current: name, matching: name, keys: { [name]: randomBytes(32).toString('base64') } };
}

/** Equal for equal keys; reveals nothing else. */
export function checkValue(ring: KeyRing, name: string, purpose: 'seal' | 'match'): string {
  const secret = Buffer.from(ring.keys[name] ?? '', 'base64');
  return Buffer.from(hkdfSync('sha256', secret, '', `hotline check ${purpose}`, 32)).toString('base64');
}

const format = 1;
const nonceLength = 12;
const tagLength = 16;

export function createVault(ring: KeyRing): Vault {
  const derived = new Map<string, Buffer>();
  const key = (name: string, purpose: 'seal' | 'match'): Buffer => {
    const known = derived.get(`${purpose} ${name}`);
    if (known) return known;
    const secret = ring.keys[name];
    if (secret === undefined) throw locked(`没有名为“${name}”的密钥`);
    const made = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `hotline ${purpose}`, 32));
    derived.set(`${purpose} ${name}`, made);
    return made;
  };
  const name = Buffer.from(ring.current, 'utf8');
  const current = Buffer.concat([Buffer.from([format, name.length]), name]);
  return {
    current,
    seal: (text, belongsTo) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key(ring.current, 'seal'), nonce);
      cipher.setAAD(Buffer.from(belongsTo, 'utf8'));
      const sealed = cipher.update(plainOf(text));
      // GCM is a stream cipher mode: its end adds only the tag.
      cipher.final();
      return Buffer.concat([current, nonce, cipher.getAuthTag(), sealed]);
    },
    open: (box, belongsTo) => {
      const nameEnd = 2 + (box[1] ?? 0);
      const tagStart = nameEnd + nonceLength;
      if (box[0] !== format || box.length < tagStart + tagLength) throw locked('密文的格式不对');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        key(box.toString('utf8', 2, nameEnd), 'seal'),
        box.subarray(nameEnd, tagStart),
        { authTagLength: tagLength },
      );
      decipher.setAAD(Buffer.from(belongsTo, 'utf8'));
      decipher.setAuthTag(box.subarray(tagStart, tagStart + tagLength));
      try {
        const opened = decipher.update(box.subarray(tagStart + tagLength));
        return textOf(Buffer.concat([opened, decipher.final()]));
      } catch (cause) {
        throw locked('密文损坏，或者不属于这一条记录', cause);
      }
    },
    match: (text) => createHmac('sha256', key(ring.matching, 'match')).update(text, 'utf8').digest(),
  };
}

const [written, deflated] = [0, 1];
/** Bytes; compressing shorter texts gains nothing. */
const worthDeflating = 200;

/** The first byte says whether the rest is compressed: a reply of a thousand bytes then takes six hundred. */
function plainOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const packed = bytes.length < worthDeflating ? bytes : deflateRawSync(bytes);
  const isPacked = packed.length < bytes.length;
  return Buffer.concat([Buffer.from([isPacked ? deflated : written]), isPacked ? packed : bytes]);
}

function textOf(plain: Buffer): string {
  const rest = plain.subarray(1);
  return (plain[0] === deflated ? inflateRawSync(rest) : rest).toString('utf8');
}

const locked = (detail: string, cause?: unknown): Refusal =>
  new Refusal('vault.locked', detail, {
    remedy: '恢复与数据库配套的密钥文件（docs/identity.md）',
    ...(cause === undefined ? {} : { cause }),
  });

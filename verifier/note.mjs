/** C2SP signed notes: checkpoints signed by a log and co-signed by witnesses. */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';
import { equal } from './merkle.mjs';
import { verifyEd25519 } from './platform.mjs';
import { verifySm2 } from './sm2.mjs';

/**
 * @param {string} note @param {ReturnType<typeof import('./policy.mjs').readPolicy>} policy trusted keys
 * @param {{ strict?: boolean, algorithm?: 'ed25519' | 'sm2' }} options strict: a signature unknown to the policy is a
 * finding, too; algorithm: of the log's signature of this tree
 * @returns {Checkpoint} @throws {Finding} `damaged`, `key-swapped`, `forged`, `unwitnessed`
 *
 * @typedef {{ origin: string, size: number, root: Buffer, vkey: string, text: string,
 *   cosignatures: { name: string, vkey: string, time: number }[] }} Checkpoint times are seconds since 1970
 */
export function openCheckpoint(note, policy, { strict = false, algorithm = 'ed25519' } = {}) {
  const { text, origin, size, root, signatures } = readNote(note);
  const signers = new Set();
  const cosignatures = [];
  let forged = false;
  for (const { name, id, signature } of signatures) {
    const isOf = (key) => key.name === name && equal(key.id, id);
    const log = policy.logs.find((key) => key.algorithm === algorithm && name === origin && isOf(key));
    const witness = policy.witnesses.find(isOf);
    const time = witness ? cosignatureTime(text, witness, signature) : undefined;
    if (log && isSigned(text, log, signature)) signers.add(log.vkey);
    else if (witness && time !== undefined) cosignatures.push({ name, vkey: witness.vkey, time });
    else if (log || witness || strict) forged = true;
  }
  const [vkey] = signers;
  if (forged) throw new Finding('forged', '检查点的签名与内容不符：内容被改，或签名是假的');
  if (vkey === undefined)
    throw new Finding(
      'key-swapped',
      `检查点不是由所认的密钥签名的（${origin}，${size} 条）：公钥文件里没有签它的那一把。系统说换过密钥的，把旧的、新的公钥都写进公钥文件再核；没有换过的，就是有人换了密钥`,
    );
  const cosigned = new Set(cosignatures.map((one) => one.vkey));
  if (policy.quorum !== 'none' && !policy.quorum(cosigned))
    throw new Finding('unwitnessed', `见证人的联署不够：公钥文件要求的没有达到（有 ${cosigned.size} 人）`);
  return { origin, size, root, vkey, text, cosignatures };
}

/** Parses a checkpoint without verifying signatures. @param {string} note @throws {Finding} `damaged` */
export function readNote(note) {
  const [, text, origin, digits, encoded, lines] =
    /^(([^\n]+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n)\n((?:— [^ \n]+ [A-Za-z0-9+/=]+\n)+)$/.exec(note) ?? [];
  const root = Buffer.from(encoded ?? '', 'base64');
  if (text === undefined || root.toString('base64') !== encoded || !Number.isSafeInteger(Number(digits)))
    throw new Finding('damaged', '检查点的格式不对');
  const signatures = lines
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, name, signature] = line.split(' ');
      const bytes = Buffer.from(signature, 'base64');
      if (bytes.toString('base64') !== signature)
        throw new Finding('damaged', '检查点的签名不是规范的 base64');
      return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
    });
  return { text, origin, size: Number(digits), root, signatures };
}

/** The text a witness signs; time in seconds since 1970. @param {string} text @param {number} time */
export const cosignedText = (text, time) => `cosignature/v1\ntime ${time}\n${text}`;

function cosignatureTime(text, witness, bytes) {
  if (bytes.length !== 72) return undefined;
  const time = Number(bytes.readBigUInt64BE());
  return isSigned(cosignedText(text, time), witness, bytes.subarray(8)) ? time : undefined;
}

/** @param {string} text @param {import('./policy.mjs').Key} by @param {Buffer} signature */
export function isSigned(text, { algorithm, key }, signature) {
  const check = algorithm === 'sm2' ? verifySm2 : verifyEd25519;
  return check(Buffer.from(text, 'utf8'), key, signature);
}

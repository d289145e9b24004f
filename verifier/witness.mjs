/**
 * A witness (C2SP tlog-witness): co-signs a checkpoint only if it continues the last one it co-signed itself, as kept
 * in its own folder.
 */
import { Buffer } from 'node:buffer';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, verifyConsistency } from './merkle.mjs';
import { cosignedText, openCheckpoint, readNote } from './note.mjs';
import { keyIdOf, readPolicy } from './policy.mjs';
import { heads } from './witness-heads.mjs';

/** @typedef {{ status: number, body: string, type?: string, at?: Date }} Answer */

/**
 * @param {string} folder holds `witness.key`, `policy` (one `log` line per watched log), and the checkpoints seen
 * @param {() => number} now milliseconds since 1970
 */
export function openWitness(folder, now) {
  const key = readWitnessKey(readFileSync(join(folder, 'witness.key'), 'utf8'));
  const policy = () => ({ ...readPolicy(readFileSync(join(folder, 'policy'), 'utf8')), quorum: 'none' });
  return {
    vkey: key.vkey,
    /** @param {string} request the body of `add-checkpoint` @returns {Answer} */
    addCheckpoint: (request) => addCheckpoint(request, { key, policy: policy(), folder, now }),
    /** @param {string} log SHA-256 of a watched log's name, in hexadecimal @returns {Answer} the last checkpoint seen */
    lastSeen: (log) => lastSeen(log, { policy: policy(), folder }),
  };
}

function addCheckpoint(request, { key, policy, folder, now }) {
  const read = readRequest(request);
  if (!read) return refusal(400, '请求的格式不对（C2SP tlog-witness add-checkpoint）');
  const { old, proof, note } = read;
  const { origin, text } = readNote(note);
  if (!policy.logs.some(({ name }) => name === origin)) return refusal(404, `没有见证 ${origin}`);
  const checkpoint = opened(note, policy);
  if (!checkpoint) return refusal(403, '检查点不是由所认的密钥签名的');
  if (old > checkpoint.size) return refusal(400, 'old 大于检查点的大小');
  const seen = heads(folder, origin);
  const last = seen.last();
  const before = last ? readNote(last.note) : { size: 0, root: Buffer.alloc(0) };
  const conflict = { status: 409, type: 'text/x.tlog.size', body: `${before.size}\n` };
  if (old !== before.size) return conflict;
  if (old === checkpoint.size && last && !equal(before.root, checkpoint.root)) {
    seen.keepEvidence(note);
    return conflict;
  }
  const isContinued =
    old === 0
      ? proof.length === 0
      : verifyConsistency({
          size1: old,
          size2: checkpoint.size,
          root1: before.root,
          root2: checkpoint.root,
          proof,
        });
  if (!isContinued) {
    seen.keepEvidence(note);
    return refusal(422, '一致性证明不成立：新的检查点不是旧的继续');
  }
  if (old < checkpoint.size && !seen.advance(last, note))
    return { ...conflict, body: `${readNote(seen.last().note).size}\n` };
  const answer = { status: 200, body: cosignature(text, key, Math.floor(now() / 1000)) };
  // Must still be the newest: another program on this folder may have advanced meanwhile.
  return old === checkpoint.size && seen.last()?.number !== last?.number ? conflict : answer;
}

function lastSeen(log, { policy, folder }) {
  const watched = policy.logs.find(({ name }) => createHash('sha256').update(name).digest('hex') === log);
  if (!watched) return refusal(404, '没有见证这个轨迹');
  const last = heads(folder, watched.name).last();
  return last ? { status: 200, body: last.note, at: last.at } : { status: 204, body: '' };
}

/** Requires the signature of a watched log; other signatures are ignored. */
function opened(note, policy) {
  try {
    return openCheckpoint(note, { ...policy, witnesses: [] });
  } catch {
    return undefined;
  }
}

function readRequest(request) {
  const [, digits, lines, note] =
    /^old (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n([^]+)$/.exec(request) ?? [];
  if (digits === undefined) return undefined;
  try {
    readNote(note);
  } catch {
    return undefined;
  }
  const proof = lines.split('\n').slice(0, -1);
  return { old: Number(digits), proof: proof.map((line) => Buffer.from(line, 'base64')), note };
}

const refusal = (status, what) => ({ status, body: `${what}\n` });

/** @param {string} text one line: the witness's name and the base64 of 32 secret bytes */
export function readWitnessKey(text) {
  const [, name, secret] = /^(\S+) ([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
  if (!name || name.includes('+')) throw new Error('witness.key 的内容不是密钥');
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(secret, 'base64'),
  ]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const { x } = key.export({ format: 'jwk' });
  const typed = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url')]);
  const id = Buffer.from(keyIdOf(name, typed));
  return { name, key, id, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}` };
}

function cosignature(text, { name, key, id }, time) {
  const timestamp = Buffer.alloc(8);
  timestamp.writeBigUInt64BE(BigInt(time));
  const signed = sign(null, Buffer.from(cosignedText(text, time), 'utf8'), key);
  return `— ${name} ${Buffer.concat([id, timestamp, signed]).toString('base64')}\n`;
}

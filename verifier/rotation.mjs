/** Rotation of signing keys: an entry of the stream `keys`, signed by the old and the new key. */
import { Buffer } from 'node:buffer';
import { isSigned } from './note.mjs';
import { readKey } from './policy.mjs';

/** The text both keys sign. @param {string} from @param {string} to public keys in C2SP notation */
const rotationText = (from, to) => `12345 trail key rotation v1\n${from}\n${to}\n`;

/**
 * The policy, extended by the keys that follow from its own by rotations. A rotation needs no inclusion proof: the old
 * key's signature names the successor.
 *
 * @template {{ logs: import('./policy.mjs').Key[] }} Policy
 * @param {Policy} policy @param {{ body: Record<string, unknown> }[]} entries
 * @returns {Policy}
 */
export function withRotatedKeys(policy, entries) {
  const logs = [...policy.logs];
  for (const { body } of entries) {
    if (body.stream !== 'keys' || body.type !== 'key.rotated') continue;
    const old = logs.find(({ vkey }) => vkey === body.from);
    const next = old && successor(old, body);
    if (next) logs.push(next);
  }
  return { ...policy, logs };
}

/**
 * The policy, extended by the keys that were rotated into its own: for older checkpoints of an
 * auditor who has only the present key. Both keys have signed the rotation.
 *
 * @template {{ logs: import('./policy.mjs').Key[] }} Policy
 * @param {Policy} policy @param {{ body: Record<string, unknown> }[]} entries
 * @returns {Policy}
 */
export function withPredecessors(policy, entries) {
  const logs = [...policy.logs];
  for (const { body } of [...entries].reverse()) {
    if (body.stream !== 'keys' || body.type !== 'key.rotated') continue;
    const next = logs.find(({ vkey }) => vkey === body.to);
    const old = next && predecessor(next, body);
    if (old) logs.push(old);
  }
  return { ...policy, logs };
}

function predecessor(next, body) {
  try {
    const old = readKey(body.from, next.algorithm);
    return successor(old, body) ? old : undefined;
  } catch {
    return undefined;
  }
}

function successor(old, { from, to, signedByOld, signedByNew }) {
  try {
    const next = readKey(to, old.algorithm);
    const text = rotationText(from, to);
    const isBoth =
      next.name === old.name &&
      isSigned(text, old, Buffer.from(signedByOld, 'base64')) &&
      isSigned(text, next, Buffer.from(signedByNew, 'base64'));
    return isBoth ? next : undefined;
  } catch {
    return undefined;
  }
}

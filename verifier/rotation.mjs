/** How trust passes from one signing key to the next: an entry of the stream `keys` that both of them have signed. */
import { Buffer } from 'node:buffer';
import { isSigned } from './note.mjs';
import { readKey } from './policy.mjs';

/** What both keys sign. @param {string} from @param {string} to public keys as C2SP writes them */
const rotationText = (from, to) => `12345 trail key rotation v1\n${from}\n${to}\n`;

/**
 * The policy, and the keys that follow from its own by rotations. A rotation needs no proof of its place: whom the old
 * key names as its successor is so.
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

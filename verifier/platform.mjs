/** Functions of Node.js; in a browser `page/platform.mjs` replaces this file. */
import { Buffer } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { crc32 } from 'node:zlib';

export { crc32 };

/** @param {...Uint8Array} parts @returns {Uint8Array} 32 bytes */
export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** @param {Uint8Array} message @param {Uint8Array} key 32 bytes @param {Uint8Array} signature @returns {boolean} */
export function verifyEd25519(message, key, signature) {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}

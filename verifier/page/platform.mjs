/** Functions that a browser lacks, in place of `../platform.mjs`: docs/decisions/trail.md. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 as hashOf } from '@noble/hashes/sha2.js';

/** @param {...Uint8Array} parts @returns {Uint8Array} 32 bytes */
export function sha256(...parts) {
  const hash = hashOf.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Never throws. @param {Uint8Array} message @param {Uint8Array} key @param {Uint8Array} signature @returns {boolean} */
export function verifyEd25519(message, key, signature) {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of ZIP files. @param {Uint8Array} bytes @returns {number} */
export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The hash SM3 (GB/T 32905-2016, GM/T 0004-2012), implemented from the standard. */

const start = Uint32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600,
  0xa96f30bc,
  0x163138aa,
  0xe38dee4d,
  0xb0fb0e4e,
);
const rotl = (word, by) => (word << by) | (word >>> (32 - by));
/** T_j, rotated by j. */
const constants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32));

/** @param {...Uint8Array} parts @returns {Uint8Array} 32 bytes */
export function sm3(...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // Padding: one bit 1, zeros, the length in bits as 64 bits; blocks of 64 bytes.
  const padded = new Uint8Array(64 * Math.ceil((length + 9) / 64));
  let offset = 0;
  for (const part of parts) {
    padded.set(part, offset);
    offset += part.length;
  }
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(length) * 8n);
  const state = Int32Array.from(start);
  for (let block = 0; block < padded.length; block += 64) compress(state, view, block);
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => hash.setInt32(at * 4, word));
  return new Uint8Array(hash.buffer);
}

const w = new Int32Array(68);

function compress(state, view, block) {
  for (let j = 0; j < 16; j += 1) w[j] = view.getInt32(block + j * 4);
  for (let j = 16; j < 68; j += 1) {
    const x = w[j - 16] ^ w[j - 9] ^ rotl(w[j - 3], 15);
    w[j] = x ^ rotl(x, 15) ^ rotl(x, 23) ^ rotl(w[j - 13], 7) ^ w[j - 6];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let j = 0; j < 64; j += 1) {
    const a12 = rotl(a, 12);
    const ss1 = rotl((a12 + e + constants[j]) | 0, 7);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4])) | 0;
    const tt2 = (gg + h + ss1 + w[j]) | 0;
    [d, c, b, a] = [c, rotl(b, 9), a, tt1];
    [h, g, f, e] = [g, rotl(f, 19), e, tt2 ^ rotl(tt2, 9) ^ rotl(tt2, 17)];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] ^= word));
}

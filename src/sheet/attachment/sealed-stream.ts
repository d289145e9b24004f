/**
 * Encrypts a stream of any length with AES-256-GCM, using memory for one piece: pieces of 64 KiB,
 * each with its own tag, numbered in the nonce, the last one marked. A truncated, reordered or
 * changed stream cannot be decrypted. Each key encrypts one stream.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const pieceLength = 64 * 1024;
const tagLength = 16;

/** The stored content is not what was encrypted. */
export class Unopenable extends Error {}

export async function* sealed(key: Buffer, plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, isLast } of inPieces(plain, pieceLength)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, isLast));
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws {Unopenable} */
export async function* opened(key: Buffer, box: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let number = 0;
  for await (const { piece, isLast } of inPieces(box, pieceLength + tagLength)) {
    if (piece.length < tagLength) throw new Unopenable('cut off');
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number++, isLast), {
      authTagLength: tagLength,
    });
    decipher.setAuthTag(piece.subarray(piece.length - tagLength));
    const text = decipher.update(piece.subarray(0, piece.length - tagLength));
    try {
      decipher.final();
    } catch (cause) {
      throw new Unopenable('not what was sealed', { cause });
    }
    yield text;
  }
}

export const sealedLength = (bytes: number): number =>
  bytes + tagLength * Math.max(1, Math.ceil(bytes / pieceLength));

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 4);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/**
 * Pieces of the given length. There always is a last piece; it may be shorter, and empty only if
 * the stream is empty.
 */
async function* inPieces(
  source: AsyncIterable<Buffer>,
  length: number,
): AsyncGenerator<{ readonly piece: Buffer; readonly isLast: boolean }> {
  let waiting: Buffer[] = [];
  let held = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    held += chunk.length;
    if (held <= length) continue;
    const all = Buffer.concat(waiting);
    let at = 0;
    for (; all.length - at > length; at += length)
      yield { piece: all.subarray(at, at + length), isLast: false };
    waiting = [all.subarray(at)];
    held = all.length - at;
  }
  yield { piece: Buffer.concat(waiting), isLast: true };
}

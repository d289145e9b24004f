import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { opened, sealed, sealedLength, Unopenable } from '../../../src/sheet/attachment/sealed-stream.js';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function all(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('附件的密文：分段的 AES-256-GCM', () => {
  const key = randomBytes(32);
  const piece = 64 * 1024;

  for (const length of [0, 1, piece - 1, piece, piece + 1, 3 * piece, 200_001]) {
    for (const size of [1000, piece, 10 * piece]) {
      it(`${length} 字节，每次 ${size}：打得开，长度算得出`, async () => {
        const plain = randomBytes(length);
        const box = await all(sealed(key, inChunks(plain, size)));
        expect(box.length).to.equal(sealedLength(length));
        expect((await all(opened(key, inChunks(box, size + 7)))).equals(plain)).to.equal(true);
        if (length > 100) expect(box.includes(plain.subarray(0, 32))).to.equal(false);
      });
    }
  }

  it('截短、截在段的边上、换段、改一位、用别的密钥，都打不开', async () => {
    const plain = randomBytes(3 * piece + 5);
    const box = await all(sealed(key, inChunks(plain, piece)));
    const step = piece + 16;
    const swapped = Buffer.concat([
      box.subarray(step, 2 * step),
      box.subarray(0, step),
      box.subarray(2 * step),
    ]);
    const flipped = Buffer.from(box);
    flipped.writeUInt8(flipped.readUInt8(step + 100) ^ 1, step + 100);
    for (const [what, wrong] of [
      ['截短', box.subarray(0, box.length - 3)],
      ['截在段的边上', box.subarray(0, 3 * step)],
      ['空的', Buffer.alloc(0)],
      ['后面加了一段', Buffer.concat([box, box.subarray(0, step)])],
      ['换段', swapped],
      ['改一位', flipped],
    ] as const) {
      const error = await all(opened(key, inChunks(wrong, piece))).catch((one: unknown) => one);
      expect(error, what).to.be.instanceOf(Unopenable);
    }
    const other = await all(opened(randomBytes(32), inChunks(box, piece))).catch((one: unknown) => one);
    expect(other).to.be.instanceOf(Unopenable);
  });
});

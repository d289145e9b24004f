/** A whole bundle of one chain, made without a database: as many entries as one wants. */
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { growingTiles, type Tile } from '../../src/accountability/log/growing-tiles.js';
import {
  inclusionProof,
  rootOf,
  type KnownRanges,
  type ReadTile,
} from '../../src/accountability/log/tree.js';
import { link, origin, type Head } from '../../src/accountability/trail/chain.js';
import { zip } from '../../verifier/verify.mjs';

export async function largeBundle(count: number): Promise<Buffer> {
  const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
  const tiles = growingTiles(0, []);
  const kept = new Map<string, Tile>();
  const bodies: Buffer[] = [];
  let head: Head = origin;
  for (let at = 0; at < count; at += 1) {
    const time = new Date(Date.UTC(2026, 2, 2) + at * 1000);
    const linked = link(head, '2026-0001', 'note.added', time, { actor: '受理员甲（slj）', provisions: [] });
    head = linked;
    bodies.push(linked.body);
    tiles.add(linked.leaf);
    for (const tile of tiles.takeChanged()) kept.set(`${tile.level}/${tile.tile}`, tile);
  }
  const read: ReadTile = (level, tile, most) =>
    Promise.resolve((kept.get(`${level}/${tile}`)?.hashes ?? Buffer.alloc(0)).subarray(0, most * 32));
  const root = await rootOf(read, count);
  const text = `${signer.name}\n${count}\n${root.toString('base64')}\n`;
  const signature = Buffer.concat([signer.keyId, await signer.sign(Buffer.from(text))]);
  const note = `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
  const files = new Map([
    ['entries.jsonl', Buffer.concat(bodies.flatMap((body) => [body, Buffer.from('\n')]))],
  ]);
  const known: KnownRanges = new Map();
  for (let index = 0; index < count; index += 1) {
    const path = await inclusionProof(read, index, count, undefined, known);
    const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
    files.set(
      `proofs/${index}.tlog-proof`,
      Buffer.from(`c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${note}`),
    );
  }
  files.set('policy', Buffer.from(`log ${signer.vkey}\nquorum none\n`));
  files.set('checkpoint', Buffer.from(note));
  return zip(files);
}

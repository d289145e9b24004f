/** The single steps of the format: canonical form, leaf, tree, proofs, keys, signatures, sealed words. */
import { sha256Tree, sm3Tree, type TreeHash } from '../../../src/accountability/log/tree-hash.js';
import {
  consistencyProof,
  inclusionProof,
  rootOf,
  type ReadTile,
} from '../../../src/accountability/log/tree.js';
import { link, origin, type Head } from '../../../src/accountability/trail/chain.js';
import { sealDigest } from '../../../src/kernel/seal.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { signers, witnessKey, witnessVkey } from './log.js';
import { words } from './story.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Contents as a program has them, before the common members are added. */
const contents: readonly JsonObject[] = [
  {},
  { 'e\u0301': 'e\u0301', levels: [{ level: 'yellow', at: null }, true, -0, 9007199254740991] },
  {
    二: '\ud83d\ude00',
    一: '"\\/\b\f\n\r\t\u0007\u007f\u2028',
    '\ufb33': 1,
    '\ud83d\ude00': 2,
    1: [],
    10: {},
    2: false,
  },
];

function entries() {
  let head: Head = origin;
  return contents.map((content) => {
    const linked = link(head, '例', 'task.completed', new Date('2026-03-02T10:00:00+08:00'), content);
    head = linked;
    return {
      content,
      body: linked.body.toString(),
      bytes: hex(linked.body),
      leaf: hex(linked.leaf),
    };
  });
}

/** Leaves 0x00, 0x01 … of one byte each. */
async function tree(hash: TreeHash) {
  const leaves = Array.from({ length: 9 }, (_, index) => hash.leaf(Uint8Array.of(index)));
  const read: ReadTile = (_, __, count) => Promise.resolve(Buffer.concat(leaves).subarray(0, count * 32));
  const sizes = [1, 2, 3, 7, 8, 9];
  return {
    empty: hex(hash.empty()),
    roots: await Promise.all(
      sizes.map(async (size) => ({ size, root: hex(await rootOf(read, size, hash)) })),
    ),
    inclusion: await Promise.all(
      [
        [0, 1],
        [0, 7],
        [6, 7],
        [3, 8],
        [8, 9],
      ].map(async ([index = 0, size = 0]) => ({
        index,
        size,
        leaf: hex(leaves[index] ?? Buffer.alloc(0)),
        proof: (await inclusionProof(read, index, size, hash)).map(hex),
        root: hex(await rootOf(read, size, hash)),
      })),
    ),
    ...(hash === sha256Tree
      ? {
          consistency: await Promise.all(
            [
              [1, 9],
              [3, 7],
              [4, 8],
              [7, 9],
            ].map(async ([size1 = 0, size2 = 0]) => ({
              size1,
              size2,
              proof: (await consistencyProof(read, size1, size2)).map(hex),
            })),
          ),
        }
      : {}),
  };
}

/** The tree of a manifest over three streams. */
async function manifest() {
  const streams = ['2026-0001', 'keys', '例'].map((stream, at) => {
    const [length, head] = [at + 1, hex(Buffer.alloc(32, at))];
    const text = JSON.stringify([stream, length, head]);
    return { stream, length, head, text, leaf: hex(sha256Tree.leaf(Buffer.from(text))) };
  });
  const leaves = Buffer.concat(streams.map(({ leaf }) => Buffer.from(leaf, 'hex')));
  const read: ReadTile = (_, __, count) => Promise.resolve(leaves.subarray(0, count * 32));
  return { streams, root: hex(await rootOf(read, streams.length)) };
}

async function keys() {
  const text = 'example.com/any\n3\n' + `${Buffer.alloc(32, 1).toString('base64')}\n`;
  const rotation = `12345 trail key rotation v1\n${signers.first.vkey}\n${signers.next.vkey}\n`;
  const signed = async (signer: typeof signers.first, message: string) =>
    (await signer.sign(Buffer.from(message))).toString('base64');
  return {
    logs: [
      { seed: hex(Buffer.alloc(32, 7)), vkey: signers.first.vkey },
      { seed: hex(Buffer.alloc(32, 9)), vkey: signers.next.vkey },
      { seed: hex(Buffer.alloc(32, 8)), vkey: signers.thief.vkey },
    ],
    sm: { secret: hex(Buffer.alloc(32, 9)), vkey: signers.sm.vkey },
    witness: { keyFile: witnessKey, vkey: await witnessVkey() },
    signature: { message: text, by: signers.first.vkey, signature: await signed(signers.first, text) },
    rotation: {
      text: rotation,
      signedByOld: await signed(signers.first, rotation),
      signedByNew: await signed(signers.next, rotation),
    },
  };
}

const sealed = () => ({
  salt: words.salt,
  values: (['title', 'content', 'particulars'] as const).map((name) => ({
    name,
    text: words[name],
    digest: sealDigest(words.salt, words[name].normalize('NFC')),
  })),
});

/** Files by name. */
export async function parts(): Promise<ReadonlyMap<string, string>> {
  const files = {
    'entries.json': entries(),
    'trees.json': { sha256: await tree(sha256Tree), sm3: await tree(sm3Tree) },
    'manifest.json': await manifest(),
    'keys.json': await keys(),
    'sealed.json': sealed(),
  };
  return new Map(
    Object.entries(files).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
  );
}

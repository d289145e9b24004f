/** The optional second tree over the same entries: SM3 hashes, checkpoint signed with SM2. */
import { Finding } from './finding.mjs';
import { equal, growingTree, leafHashOf, verifyInclusion } from './merkle.mjs';
import { openCheckpoint } from './note.mjs';
import { readProof } from './proof.mjs';
import { sm3 } from './sm3.mjs';
import { textOf } from './zip.mjs';

/** @typedef {ReturnType<typeof import('./policy.mjs').readPolicy>} Policy */

const knows = (policy) => policy.logs.some(({ algorithm }) => algorithm === 'sm2');
const unchecked = (trusted) => (knows(trusted) ? '' : '；国密的公钥没有与自己保存的核对');
const open = (note, policy, options) =>
  openCheckpoint(note, { ...policy, witnesses: [], quorum: 'none' }, { ...options, algorithm: 'sm2' });

/**
 * Checks a bundle's entries against the second tree.
 *
 * @param {Map<string, Buffer>} files @param {{ bytes: Buffer, name: string, index: number }[]} entries
 * @param {{ inside: Policy, trusted: Policy }} policies the bundle's, and the trusted one
 * @returns {{ facts: string[], findings: Finding[] }}
 */
export function secondTreeFindings(files, entries, { inside, trusted }) {
  const note = files.get('sm/checkpoint')?.toString('utf8');
  const names = [...files.keys()].filter((name) => name.startsWith('sm/proofs/'));
  if (note === undefined) {
    if (names.length > 0 || knows(inside)) throw new Finding('damaged', '国密的文件不全：没有 sm/checkpoint');
    return knows(trusted)
      ? { facts: [], findings: [new Finding('unproved', '公钥文件里有国密的公钥，包里没有国密的证明')] }
      : { facts: [], findings: [] };
  }
  const { size, root } = open(note, inside, { strict: true });
  if (knows(trusted)) open(note, trusted);
  const proofs = names.map((name) => readProof(name, textOf(files.get(name)), note));
  if (proofs.length !== entries.length)
    throw new Finding('damaged', `条目 ${entries.length} 条，国密的证明 ${proofs.length} 份`);
  const findings = entries
    .filter(({ bytes, index }, at) => {
      const leafHash = leafHashOf(bytes, sm3);
      const { index: place, proof } = proofs[at];
      return place !== index || !verifyInclusion({ index, size, leafHash, proof, root }, sm3);
    })
    .map(({ name }) => new Finding('edited', `${name}与国密的树所签的不符`));
  const fact = `国密：SM2 签名、SM3 的树，全库 ${size} 条，条目都在其中`;
  return { facts: findings.length === 0 ? [`${fact}${unchecked(trusted)}`] : [], findings };
}

/**
 * Checks a whole log against the second checkpoint, as a stream.
 *
 * @param {string | undefined} note @param {{ inside: Policy, trusted: Policy }} policies the folder's, and the trusted one
 */
export function secondLog(note, { inside, trusted }) {
  if (note === undefined) {
    const findings = knows(trusted)
      ? [new Finding('unproved', '公钥文件里有国密的公钥，没有 sm/checkpoint')]
      : [];
    return { add: () => undefined, end: () => ({ facts: [], findings }) };
  }
  const { size, root } = open(note, knows(trusted) ? trusted : inside);
  const tree = growingTree(sm3);
  const verdict = (count) => {
    if (count < size) return new Finding('log-cut', `国密的检查点签了 ${size} 条，只有 ${count} 条`);
    if (!equal(tree.root(), root)) return new Finding('rewritten', `前 ${size} 条已不是国密的检查点所签的`);
    return undefined;
  };
  return {
    /** @param {Buffer} bytes */
    add: (bytes) => {
      if (tree.size < size) tree.add(leafHashOf(bytes, sm3));
    },
    /** @param {number} count of all entries @returns {{ facts: string[], findings: Finding[] }} */
    end: (count) => {
      const finding = verdict(count);
      return finding
        ? { facts: [], findings: [finding] }
        : { facts: [`国密：SM2 签名、SM3 的树，全库 ${size} 条${unchecked(trusted)}`], findings: [] };
    },
  };
}

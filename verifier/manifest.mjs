/**
 * The daily manifest: an entry with the root of a tree over (stream, length, head) of every stream, sorted by the bytes
 * of the stream's name. Proves that a chain is complete up to that point.
 */
import { Buffer } from 'node:buffer';
import { Finding } from './finding.mjs';
import { growingTree, leafHashOf, verifyInclusion } from './merkle.mjs';

/** @param {string} stream @param {number} length @param {string} head hexadecimal, as it is written */
const manifestLeaf = (stream, length, head) =>
  leafHashOf(Buffer.from(JSON.stringify([stream, length, head]), 'utf8'));

const compare = (one, other) => Buffer.compare(Buffer.from(one, 'utf8'), Buffer.from(other, 'utf8'));

/** The root over all streams. @param {Map<string, { seq: number, leaf: Uint8Array }>} heads */
export function manifestRoot(heads) {
  const tree = growingTree();
  for (const stream of [...heads.keys()].sort(compare)) {
    const { seq, leaf } = heads.get(stream);
    tree.add(manifestLeaf(stream, seq, Buffer.from(leaf).toString('hex')));
  }
  return Buffer.from(tree.root());
}

/** @param {{ body: Record<string, unknown> }} entry */
export function readManifest({ body }) {
  const { size, streams, root, at, forked, unaccounted = [] } = body;
  const isOne =
    body.type === 'trail.manifest' &&
    body.stream === 'manifest' &&
    Number.isSafeInteger(size) &&
    Number.isSafeInteger(streams) &&
    /^[0-9a-f]{64}$/.test(root) &&
    (forked === undefined || Number.isSafeInteger(forked)) &&
    Array.isArray(unaccounted) &&
    unaccounted.every(isUnaccounted);
  if (!isOne) throw new Finding('damaged', '清单的条目不是一份清单');
  return { size, streams, root: Buffer.from(root, 'hex'), at, forked, unaccounted };
}

const whys = ['case-cut', 'edited', 'inserted', 'head-moved', 'passed-over'];
const isUnaccounted = (one) =>
  one !== null &&
  typeof one === 'object' &&
  typeof one.stream === 'string' &&
  Number.isSafeInteger(one.seq) &&
  whys.includes(one.why);

/**
 * Inconsistencies found when the manifest was written: missing entries cannot report themselves.
 *
 * @param {ReturnType<typeof readManifest>} manifest @param {Set<string>} streams in the bundle
 * @returns {Finding[]}
 */
export function unaccountedFindings({ forked, at, unaccounted }, streams) {
  const cut =
    forked === undefined
      ? []
      : [
          new Finding(
            'rewritten',
            `写清单时（${at}）全库已不是接着第 ${forked} 条的检查点：尾部被截去，或者被重写`,
          ),
        ];
  const ofChains = unaccounted
    .filter(({ stream }) => streams.has(stream))
    .map(
      ({ stream, seq, why }) =>
        new Finding(why, `写清单时（${at}）${stream} 已经对不上：系统记到第 ${seq} 条，${saidOf[why]}`),
    );
  return [...cut, ...ofChains];
}

const saidOf = {
  'case-cut': '条目没有那么多',
  edited: '那一条不是现在这一条',
  inserted: '其后多出来的不是办理写下的',
  'head-moved': '链头退到了这里，其后还有条目',
  'passed-over': '这一条没有入树而被越过',
};

/**
 * Checks the chains of a bundle against the manifest.
 *
 * @param {ReturnType<typeof readManifest>} manifest
 * @param {string} lines of `manifest-streams.jsonl`, one per chain
 * @param {Map<string, { index: number, leaf: Uint8Array, seq: number }[]>} chains by stream, in order
 * @returns {{ findings: Finding[], after: number }} `after`: entries younger than the manifest
 */
export function manifestFindings(manifest, lines, chains) {
  const claims = new Map();
  for (const line of lines.split('\n').slice(0, -1)) {
    const claim = claimIn(line);
    if (claims.has(claim.stream)) throw malformed();
    claims.set(claim.stream, claim);
  }
  if (claims.size !== chains.size || (lines !== '' && !lines.endsWith('\n'))) throw malformed();
  const findings = [];
  let after = 0;
  for (const [stream, entries] of chains) {
    const claim = claims.get(stream);
    if (claim === undefined) throw malformed();
    const length = claim.length === 0 ? absent(claim, manifest) : present(claim, manifest);
    findings.push(...chainAgainst(stream, entries, length, claim.head, manifest));
    after += entries.filter(({ seq }) => seq > length).length;
  }
  return { findings, after };
}

/** One line: a JSON object in its canonical form. */
function claimIn(line) {
  try {
    const claim = JSON.parse(line);
    if (typeof claim.stream === 'string' && JSON.stringify(claim) === line) return claim;
  } catch {
    // Not JSON, or no object: reported below.
  }
  throw malformed();
}

function chainAgainst(stream, entries, length, head, { size }) {
  const last = entries.find(({ seq }) => seq === length);
  // An entry missing in the middle is a gap of the chain, which is reported there.
  if (length > 0 && last === undefined)
    return [
      new Finding(
        'case-cut',
        `清单记着 ${stream} 有 ${length} 条，这里只有 ${entries.length} 条：链尾被截去`,
      ),
    ];
  if (last !== undefined && Buffer.from(last.leaf).toString('hex') !== head)
    return [new Finding('rechained', `${stream} 第 ${length} 条不是清单所记的那一条`)];
  return entries.some(({ index, seq }) => index < size !== seq <= length)
    ? [new Finding('inserted', `${stream} 的条目在清单之前已入树，清单却没有记它`)]
    : [];
}

function present({ stream, length, head, position, proof }, { root, streams }) {
  if (typeof stream !== 'string' || typeof head !== 'string' || !Number.isSafeInteger(length))
    throw malformed();
  // Another name would be another way to write the line.
  if (position === undefined) throw malformed();
  const path = hashes(proof);
  const leafHash = manifestLeaf(stream, length, head);
  if (
    !Number.isSafeInteger(position) ||
    !verifyInclusion({ index: position, size: streams, leafHash, proof: path, root })
  )
    throw new Finding('unproved', `清单里没有所称的 ${stream} 共 ${length} 条`);
  return length;
}

/** Proves absence: the stream's neighbours are adjacent in the manifest. */
function absent({ stream, before, after }, manifest) {
  if (before) present(before, manifest);
  if (after) present(after, manifest);
  const [left, right] = [before?.position ?? -1, after?.position ?? manifest.streams];
  const isBetween =
    right === left + 1 &&
    (!before || compare(before.stream, stream) < 0) &&
    (!after || compare(stream, after.stream) < 0);
  if (!isBetween) throw new Finding('unproved', `没有证明清单里没有 ${stream}`);
  return 0;
}

function hashes(proof) {
  if (!Array.isArray(proof) || proof.some((text) => typeof text !== 'string')) throw malformed();
  const bytes = proof.map((text) => Buffer.from(text, 'base64'));
  if (bytes.some((hash, at) => hash.toString('base64') !== proof[at])) throw malformed();
  return bytes;
}

const malformed = () => new Finding('damaged', 'manifest-streams.jsonl 的格式不对');

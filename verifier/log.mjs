/**
 * Verifies a whole log in a folder: `checkpoint`, `policy`, `entries.jsonl` with every entry in the order of the tree,
 * and optionally `witnessed/*.note` (co-signed checkpoints) and `sm/checkpoint` (second tree). Entries are streamed
 * twice: a log may exceed memory.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedBy, vouchersOf } from './bundle.mjs';
import { chainWatch, readEntry } from './entries.mjs';
import { Finding } from './finding.mjs';
import { lateWatch } from './late.mjs';
import { linesOf } from './lines.mjs';
import { manifestRoot, readManifest } from './manifest.mjs';
import { equal, growingTree } from './merkle.mjs';
import { openCheckpoint } from './note.mjs';
import { readPolicy } from './policy.mjs';
import { withPredecessors, withRotatedKeys } from './rotation.mjs';
import { secondLog } from './second-tree.mjs';

/** Findings kept per kind. */
const most = 100;

/** @param {string} folder @param {string | undefined} ownPolicy the auditor's own, instead of the folder's */
export function verifyLog(folder, ownPolicy) {
  const file = join(folder, 'entries.jsonl');
  const signs = signposts(file);
  const inside = withRotatedKeys(readPolicy(readFileSync(join(folder, 'policy'), 'utf8')), signs);
  const policy = ownPolicy === undefined ? inside : withRotatedKeys(readPolicy(ownPolicy), signs);
  const note = readFileSync(join(folder, 'checkpoint'), 'utf8');
  const { origin, size, root, cosignatures } = openCheckpoint(note, policy);
  const earlier = notesIn(join(folder, 'witnessed')).map((text) =>
    openCheckpoint(text, { ...withPredecessors(policy, signs), quorum: 'none' }),
  );
  const last = signs.findLast(({ body }) => body.type === 'trail.manifest');
  const manifest = last && readManifest(last);
  const chains = chainWatch(most);
  const late = lateWatch(earlier, most);
  const second = secondLog(smNote(folder), { inside, trusted: policy });
  const roots = growingRoots([size, ...earlier.map((one) => one.size)]);
  let count = 0;
  let listed;
  const listedAt = () => {
    if (manifest?.size === count) listed = manifestRoot(chains.heads);
  };
  for (const line of linesOf(file)) {
    listedAt();
    const entry = readEntry(line, count + 1);
    chains.add(entry);
    late.add({ ...entry, index: count });
    roots.add(entry.leaf);
    second.add(line);
    count += 1;
  }
  listedAt();
  const isListed = manifest === undefined || (listed !== undefined && equal(listed, manifest.root));
  const ofSecond = second.end(count);
  const findings = [...chains.findings.values(), ...late.findings];
  if (findings.length === 0)
    findings.push(...wholeFindings({ count, size, root, earlier, roots, isListed }, last));
  findings.push(...ofSecond.findings);
  const facts = [
    `检查点：${origin}，全库 ${size} 条，${signedBy(cosignatures)}`,
    `条目 ${count} 条，链 ${chains.heads.size} 条`,
    ...ofSecond.facts,
    ...(late.late > 0 ? [`补记 ${late.late} 条`] : []),
  ];
  const seen = {
    what: `全库的 ${count} 条`,
    // The manifest's own entry follows it.
    listed: manifest && {
      at: manifest.at,
      size: manifest.size,
      after: Math.max(0, count - manifest.size - 1),
    },
    vouchers: ownPolicy === undefined ? [] : vouchersOf([...earlier, { size, cosignatures }]),
    ownKeys: ownPolicy !== undefined,
    size,
  };
  return { facts, findings, seen };
}

/** For intact chains: whether this is everything that was signed, unchanged. */
function wholeFindings({ count, size, root, earlier, roots, isListed }, manifest) {
  if (count < size)
    return [
      isListed
        ? new Finding('log-cut', `检查点签了 ${size} 条，只有 ${count} 条`)
        : new Finding(
            'case-cut',
            `清单（${manifest.body.at}）记着的链尾不见了；检查点签了 ${size} 条，只有 ${count} 条`,
          ),
    ];
  if (!equal(roots.at(size), root))
    return [new Finding('rewritten', '各链都完好，全库的根却与所签的不符：条目被改写、挪动或插入后重算')];
  const other = earlier.find((one) => one.size <= size && !equal(roots.at(one.size), one.root));
  if (other) return [new Finding('rewritten', rewritten(other))];
  return isListed
    ? []
    : [new Finding('case-cut', `各链的长度与清单（${manifest.body.at}）所记的不符：有链被截去或改写`)];
}

const rewritten = ({ size }) =>
  `前 ${size} 条已不是见证人联署过的：历史被重写后再签了名（签名的密钥可能已被盗用）`;

const smNote = (folder) => {
  const file = join(folder, 'sm', 'checkpoint');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

const notesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.note'))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
    : [];

/** Manifests and key rotations, needed to read the other entries. @param {string} file */
export function signposts(file) {
  const found = [];
  for (const line of linesOf(file))
    if (line.includes('"type":"trail.manifest"') || line.includes('"type":"key.rotated"')) {
      const entry = readEntry(line, found.length + 1);
      if (['manifest', 'keys'].includes(entry.body.stream)) found.push(entry);
    }
  return found;
}

/** Roots of the trees of the first n leaves, for each n. @param {number[]} sizes */
export function growingRoots(sizes) {
  const wanted = new Set(sizes);
  const roots = new Map();
  const tree = growingTree();
  const keep = () => {
    if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
  };
  keep();
  return {
    add: (leaf) => {
      tree.add(leaf);
      keep();
    },
    at: (size) => roots.get(size),
  };
}

/**
 * A whole log in a folder: `checkpoint`, `policy`, `entries.jsonl` with every entry in the order of the tree, and, where
 * there are any, `witnessed/*.note`: checkpoints that witnesses have co-signed; `sm/checkpoint`: that of the second tree.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signedBy } from './bundle.mjs';
import { chainFindings, readEntries } from './entries.mjs';
import { Finding } from './finding.mjs';
import { lateFindings } from './late.mjs';
import { manifestRoot, readManifest } from './manifest.mjs';
import { equal, growingTree } from './merkle.mjs';
import { openCheckpoint } from './note.mjs';
import { readPolicy } from './policy.mjs';
import { withRotatedKeys } from './rotation.mjs';
import { secondLogFindings } from './second-tree.mjs';

/** @param {string} folder @param {string | undefined} ownPolicy the auditor's own, in place of the folder's */
export function verifyLog(folder, ownPolicy) {
  const entries = readEntries(readFileSync(join(folder, 'entries.jsonl')));
  const given = readPolicy(ownPolicy ?? readFileSync(join(folder, 'policy'), 'utf8'));
  const policy = withRotatedKeys(given, entries);
  const note = readFileSync(join(folder, 'checkpoint'), 'utf8');
  const { origin, size, root, cosignatures } = openCheckpoint(note, policy);
  const earlier = notesIn(join(folder, 'witnessed')).map((text) =>
    openCheckpoint(text, { ...policy, quorum: 'none' }),
  );
  const late = lateFindings(
    entries.map((entry, index) => ({ ...entry, index })),
    earlier,
  );
  const findings = [...chainFindings(entries).values(), ...manifestsIn(entries), ...late.findings];
  const roots = rootsAt(entries, [size, ...earlier.map((one) => one.size)]);
  if (entries.length < size)
    findings.push(new Finding('log-cut', `检查点签了 ${size} 条,只有 ${entries.length} 条`));
  else if (!equal(roots.get(size), root) && findings.length === 0)
    findings.push(new Finding('rewritten', '各链都完好,全库的根却与所签的不符:条目被改写、挪动或插入后重算'));
  if (findings.length === 0) {
    const other = earlier.find((one) => one.size <= size && !equal(roots.get(one.size), one.root));
    if (other) findings.push(new Finding('rewritten', rewritten(other)));
  }
  const second = secondLogFindings(smNote(folder), entries, policy);
  findings.push(...second.findings);
  const facts = [
    `检查点:${origin},全库 ${size} 条,${signedBy(cosignatures)}`,
    `条目 ${entries.length} 条`,
    ...second.facts,
    ...(late.late > 0 ? [`补记 ${late.late} 条`] : []),
  ];
  return { facts, findings };
}

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

/** Whether the last manifest says what the entries before it say. */
function manifestsIn(entries) {
  const last = entries.findLast(({ body }) => body.type === 'trail.manifest');
  if (!last) return [];
  const { size, root } = readManifest(last);
  const heads = new Map();
  for (const { body, leaf } of entries.slice(0, size)) heads.set(body.stream, { seq: body.seq, leaf });
  return equal(manifestRoot(heads), root)
    ? []
    : [new Finding('case-cut', `各链的长度与清单(${last.body.at})所记的不符:有链被截去或改写`)];
}

const rewritten = ({ size }) =>
  `前 ${size} 条已不是见证人联署过的:历史被重写后再签了名(签名的密钥可能已被盗用)`;

/**
 * The roots of the trees of the first so many entries, by their sizes.
 *
 * @param {ReturnType<typeof readEntries>} entries @param {number[]} sizes
 * @returns {Map<number, Uint8Array>}
 */
export function rootsAt(entries, sizes) {
  const wanted = new Set(sizes);
  const roots = new Map();
  const tree = growingTree();
  for (let size = 0; ; size += 1) {
    if (wanted.has(size)) roots.set(size, tree.root());
    if (size === entries.length) return roots;
    tree.add(entries[size].leaf);
  }
}

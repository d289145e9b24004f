/** A whole log in a folder: `checkpoint`, `policy`, and `entries.jsonl` with every entry in the order of the tree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainFindings, readEntries } from './entries.mjs';
import { Finding } from './finding.mjs';
import { equal, growingTree } from './merkle.mjs';
import { openCheckpoint, readPolicy } from './note.mjs';

/** @param {string} folder @param {string | undefined} ownPolicy the auditor's own, in place of the folder's */
export function verifyLog(folder, ownPolicy) {
  const keys = readPolicy(ownPolicy ?? readFileSync(join(folder, 'policy'), 'utf8'));
  const { origin, size, root } = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), keys);
  const entries = readEntries(readFileSync(join(folder, 'entries.jsonl')));
  const findings = [...chainFindings(entries).values()];
  if (entries.length < size)
    findings.push(new Finding('log-cut', `检查点签了 ${size} 条,只有 ${entries.length} 条`));
  else if (!equal(rootAt(entries, size), root) && findings.length === 0)
    findings.push(new Finding('rewritten', '各链都完好,全库的根却与所签的不符:条目被改写、挪动或插入后重算'));
  const facts = [`检查点:${origin},全库 ${size} 条,已签名`, `条目 ${entries.length} 条`];
  return { facts, findings };
}

/** @param {ReturnType<typeof readEntries>} entries @param {number} size */
export function rootAt(entries, size) {
  const tree = growingTree();
  for (const { leaf } of entries.slice(0, size)) tree.add(leaf);
  return tree.root();
}

/** Verifies the second tree against the stored bodies, and its SM2 signatures. */
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { sm3Tree } from '../log/tree-hash.js';
import { bodyRows, secondSignedRows } from '../store/audit-store.js';
import { tileOf } from '../store/log-store.js';
import { secondSize } from '../store/second-tree-store.js';
import type { ChainCheck } from './chains.js';
import type { Findings } from './finding.js';
import { checkSignatures, readNote } from './signatures.js';
import { checkTree } from './tree.js';

/** @returns what was examined, in Chinese; empty without a second tree */
export async function checkSecondTree(
  findings: Findings,
  transaction: Transaction,
  chains: ChainCheck,
  law: Law,
): Promise<readonly string[]> {
  const size = await secondSize(transaction);
  const sizes = new Map<number, Buffer | undefined>();
  for await (const batch of secondSignedRows(transaction))
    for (const { size: signed, note } of batch) sizes.set(signed, readNote(note, [])?.root);
  if (size === 0 && sizes.size === 0) return [];
  const read = (level: number, tile: number): Promise<Buffer> =>
    tileOf(transaction, level, tile, 'trail_sm_tile');
  const tree = checkTree(findings, chains, sizes, read, sm3Tree);
  for await (const batch of bodyRows(transaction, size)) {
    for (const { body, ...place } of batch) await tree.add({ ...place, leaf: body && sm3Tree.leaf(body) });
  }
  await tree.end(size);
  const signed = secondSignedRows(transaction);
  const { checkpoints, last } = await checkSignatures(
    findings,
    transaction,
    signed,
    tree.roots,
    size,
    new Set(),
    law,
  );
  return [
    `国密的树（SM3）${size} 条，检查点 ${checkpoints} 个${last === undefined ? '' : `，现由 ${last} 签名（SM2）`}`,
  ];
}

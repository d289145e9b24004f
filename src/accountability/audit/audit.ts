/** Verifies the trail in the live database: all chains, the tree, signatures, co-signatures and the last manifest. */
import type { Clock } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import { schemaDifferences, type Database, type Transaction } from '../../platform/database/index.js';
import { originOf, type Anchor } from '../anchor/anchor.js';
import { askAnchors, type Answer } from '../anchor/ask.js';
import { paperSaid } from '../anchor/paper.js';
import { noAnchor } from '../anchor/state.js';
import { readEntry } from '../events/read-entry.js';
import { manifestRoot } from '../log/manifest.js';
import { sha256Tree } from '../log/tree-hash.js';
import {
  chainRows,
  unsearchable,
  watchOf,
  mismatchedHeads,
  signedRows,
  treeRows,
} from '../store/audit-store.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import { isRestored, logState, tileOf, withoutLimits } from '../store/log-store.js';
import { latestManifest } from '../store/manifest-store.js';
import type { Projection, Difference } from '../projection/projection.js';
import { verifyRows } from '../projection/verify-rows.js';
import { leafHash } from '../trail/chain.js';
import { saveVerification, type Verification } from '../store/verification-store.js';
import { checkChains, type Seen } from './chains.js';
import { sayWrongEnd } from './ends.js';
import { keepFindings, saveRound } from './round.js';
import { Findings, type Attack } from './finding.js';
import { sayDifference } from './say-difference.js';
import { checkSecondTree } from './second-tree.js';
import { checkAnchor } from './anchors.js';
import { checkKept, checkSignatures, readNote } from './signatures.js';
import { checkTree } from './tree.js';
import { newestOf, verdictOf, type Looked } from './verdict.js';

export interface AuditOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  /** Checkpoints kept outside the program. */
  readonly kept?: readonly string[];
  /** Outside places, which are asked for the checkpoint they hold. */
  readonly anchors?: () => Promise<readonly Anchor[]>;
  /** Public keys of the witnesses that the installation has configured. */
  readonly witnesses?: readonly string[];
  /** All projections of the program (`projectionsOf`): tables that are folded from the trail. */
  readonly projections: readonly Projection[];
  /** Called with the number of rows read. */
  readonly onProgress?: (rows: number) => void;
}

/** Reads one snapshot and stores the verdict, also if it is bad. */
export async function verifyTrail({
  database,
  clock,
  laws,
  kept = [],
  anchors = () => Promise.resolve([]),
  witnesses = [],
  projections,
  onProgress = () => undefined,
}: AuditOptions): Promise<Verification> {
  const startedAt = clock.now();
  // This is read before the snapshot, so that the snapshot contains everything that was signed.
  const latest = await database.transaction((transaction) => latestCheckpoint(transaction));
  const answers = latest ? await askAnchors(await anchors(), originOf(latest.note)) : [];
  const seen = await database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await withoutLimits(transaction);
    const law = laws.today();
    return look(transaction, database.schema, { kept, answers, witnesses, projections, onProgress, law });
  });
  const verification = { ...seen, startedAt, endedAt: clock.now() };
  await database.transaction(async (transaction) => {
    await saveVerification(transaction, verification);
    await keepFindings(transaction, verification.findings, undefined, verification.endedAt);
    await saveRound(transaction, { after: '', size: verification.size, startedAt });
  });
  return verification;
}

async function look(
  transaction: Transaction,
  schema: string,
  {
    kept,
    answers,
    witnesses,
    projections,
    onProgress,
    law,
  }: Required<Omit<AuditOptions, 'database' | 'clock' | 'laws' | 'anchors'>> & {
    readonly answers: readonly Answer[];
    readonly law: Law;
  },
): Promise<Omit<Verification, 'startedAt' | 'endedAt'>> {
  const findings = new Findings();
  const state = await logState(transaction);
  const { size } = state;
  // If the database was restored from another server, the horizon means nothing until a first round
  // has examined everything.
  const horizon = isRestored(state) ? 0n : BigInt(state.horizon);
  let rows = 0;
  let unused = true;

  const { sizes, seen, vkeys } = await signedBefore(transaction);
  const given = [...kept, ...answers.flatMap(({ held }) => (held ? [held.note] : []))];
  for (const note of given) {
    const { size: keptSize = 0 } = readNote(note, []) ?? {};
    if (!sizes.has(keptSize)) sizes.set(keptSize, undefined);
  }
  const chains = checkChains(findings, seen);
  const compared = verifyRows(projections);
  for await (const batch of chainRows(transaction, horizon)) {
    for (const row of batch) {
      chains.add(row);
      compared.add(row);
      unused &&= isOwn(row.stream);
    }
    addDifferences(findings, await compared.settle(transaction));
    onProgress((rows += batch.length));
  }
  addDifferences(findings, await compared.end(transaction));
  for (const { stream, seq } of await unsearchable(transaction))
    findings.add('unlike', `表 trail_search:${stream} 第 ${seq} 条查找不到，或者时刻不对`, {
      row: { table: 'trail_search', row: `${stream} ${seq}` },
      stream,
    });
  for (const end of await mismatchedHeads(transaction))
    findings.add(...sayWrongEnd(end), { stream: end.stream });

  const tree = checkTree(
    findings,
    chains,
    sizes,
    (level, tile) => tileOf(transaction, level, tile),
    sha256Tree,
  );
  for await (const batch of treeRows(transaction)) {
    for (const row of batch) await tree.add(row);
    onProgress((rows += batch.length));
  }
  await tree.end(size);
  const { checkpoints, witnessed, last, vouchers } = await checkSignatures(
    findings,
    transaction,
    signedRows(transaction),
    tree.roots,
    size,
    new Set(witnesses),
    law,
  );
  for (const note of kept) checkKept(findings, note, vkeys, { roots: tree.roots, size });
  const outside = answers.flatMap((answer) =>
    checkAnchor(findings, answer, vkeys, { roots: tree.roots, size }),
  );
  const second = await checkSecondTree(findings, transaction, chains, law);
  const listed = await checkManifest(findings, transaction, size);
  for (const difference of await schemaDifferences(transaction, schema))
    findings.add('unguarded', sayDifference(difference));
  const watched = await watchOf(transaction);
  if (watched === 'off') findings.add('unguarded', unwatched);
  const paper = await paperSaid(transaction);

  const tables = [...new Set(projections.flatMap((one) => one.tables))].sort();
  const facts = [
    `条目 ${chains.entries} 条，链 ${chains.streams} 条，已入树 ${size} 条，未入树 ${chains.pending} 条`,
    `检查点 ${checkpoints} 个，见证人联署 ${witnessed} 次${last === undefined ? '' : `，现由 ${last} 签名`}`,
    ...second,
    listed
      ? `最近的清单 ${listed.at.toISOString()}，全库前 ${listed.size} 条`
      : '没有可以据以核对的清单：还没有写过，或者被改动过',
    `对照了 ${tables.length} 张表：${tables.join('、')}`,
    ...(chains.late > 0 ? [`补记 ${chains.late} 条：自称的时刻早于此前的见证，写明了何时记下`] : []),
    ...answers.flatMap(({ silent }) => silent ?? []),
    ...(paper ? [paper] : []),
    ...(answers.length === 0 && !paper && last !== undefined ? [noAnchor] : []),
    ...(watched !== 'never' ? [] : ['改表没有自动记入轨迹：事件触发器没有建（见 docs/operations.md）']),
    ...(findings.count > findings.kept.length
      ? [`另有 ${findings.count - findings.kept.length} 处未列`]
      : []),
  ];
  const { entries, streams } = chains;
  const verdict = verdictOf({
    entries,
    size,
    unused,
    findings: findings.kept,
    listed,
    vouchers: newestOf([...vouchers, ...outside]),
  });
  const holds = findings.count === 0;
  return { holds, verdict, facts, findings: findings.kept, entries, streams, size };
}

/** Chains that the program itself writes before there is an account or a case. */
const isOwn = (stream: string): boolean =>
  ['schema', 'policies', 'regulation', 'manifest', 'keys'].includes(stream) ||
  stream.startsWith('definition:');

export const unwatched = '改表不再自动记入轨迹：事件触发器被停用、去掉或者换过（重建见 docs/operations.md）';

export function addDifferences(findings: Findings, differences: readonly Difference[]): void {
  for (const { table, row, detail, since, stream } of differences) {
    const entry = since === undefined ? '轨迹里没有这一行' : `据轨迹 ${since.stream} 第 ${since.seq} 条`;
    findings.add('unlike', `表 ${table}，${row}：${detail}（${entry}）`, {
      row: { table, row },
      ...(stream === undefined ? {} : { stream }),
    });
  }
}

/** Sizes at which the tree was signed, with the time when witnesses saw it and their keys. */
async function signedBefore(transaction: Transaction) {
  const sizes = new Map<number, Buffer | undefined>();
  const vkeys = new Set<string>();
  const seen: Seen[] = [];
  for await (const batch of signedRows(transaction)) {
    for (const { size, note, vkey, cosignatures } of batch) {
      sizes.set(size, readNote(note, [])?.root);
      vkeys.add(vkey);
      const times = cosignatures.map(({ at }) => Date.parse(at));
      if (times.length > 0) seen.push({ size, time: new Date(Math.max(...times)) });
    }
  }
  return { sizes, seen, vkeys: [...vkeys] };
}

/** Attacks on chains. Each of them makes the manifest differ as well, which is not reported again. */
const ofChains: ReadonlySet<Attack> = new Set<Attack>([
  'edited',
  'rechained',
  'deleted',
  'case-cut',
  'reordered',
]);

/** @returns the latest manifest, if the chains match it */
export async function checkManifest(
  findings: Findings,
  transaction: Transaction,
  size: number,
): Promise<Looked['listed']> {
  const manifest = await latestManifest(transaction, size);
  // An altered manifest entry is reported as a finding of its own chain.
  if (!manifest || !leafHash(manifest.body).equals(manifest.leaf)) return undefined;
  const entry = readEntry(manifest);
  if (entry.type !== 'trail.manifest') {
    findings.add(
      'damaged',
      `最近的清单（全库第 ${manifest.index} 号）没有写明大小和根，各链的长度没有据以核对`,
    );
    return undefined;
  }
  const { size: covered, root } = entry.body;
  if ((await manifestRoot(transaction, covered)) === root) return { at: entry.at, size: covered };
  if (!findings.kept.some(({ attack }) => ofChains.has(attack)))
    findings.add('case-cut', `各链的长度与清单（${entry.at.toISOString()}）所记的不符：有链被截去或改写`);
  return undefined;
}

/**
 * Verifies a bounded number of entries each night: the chains that changed since the last night,
 * then as many others as fit, starting where the last night stopped. It compares all tables folded
 * from these chains. Every night it also checks the day's checkpoints, the manifest, the schema and
 * the outside places.
 */
import { schemaDifferences, type Transaction } from '../../platform/database/index.js';
import { originOf } from '../anchor/anchor.js';
import { askAnchors } from '../anchor/ask.js';
import { paperSaid } from '../anchor/paper.js';
import { noAnchor } from '../anchor/state.js';
import { verifyRows } from '../projection/verify-rows.js';
import { inclusionProof, rootOf, rootOfPath, tileWidth, type ReadTile } from '../log/tree.js';
import {
  chainsAfter,
  chainsMissing,
  chainsTouched,
  countPlaces,
  mismatchedHeads,
  placesWithoutEntry,
  rowsOfChains,
  signedRows,
  unsearchable,
  watchOf,
  type ChainRow,
  type CountedChain,
} from '../store/audit-store.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import { isRestored, logState, tileOf, tileReader, withoutLimits } from '../store/log-store.js';
import { saveVerification, type Verification } from '../store/verification-store.js';
import { addDifferences, checkManifest, unwatched, verifyTrail, type AuditOptions } from './audit.js';
import { checkChains } from './chains.js';
import { sayWrongEnd } from './ends.js';
import { Findings } from './finding.js';
import { checkAnchor } from './anchors.js';
import { keepFindings, readRound, saveRound, standingFindings, type Round } from './round.js';
import { sayDifference } from './say-difference.js';
import { checkSignatures, readNote } from './signatures.js';
import { newestOf, verdictOf } from './verdict.js';

/** Entries per night, which take some minutes. The day's chains come first; the round always includes some others. */
const nightlyEntries = 400_000;
/** Chains per query. */
const atOnce = 500;

/** Verifies the whole trail while one night is enough for it, otherwise one slice of it. */
export async function verifyNightly(
  options: AuditOptions & { readonly most?: number },
): Promise<Verification> {
  const { size } = await options.database.transaction(logState);
  return size > (options.most ?? nightlyEntries) ? verifySlice(options) : verifyTrail(options);
}

async function verifySlice(options: AuditOptions & { readonly most?: number }): Promise<Verification> {
  const { database, clock, laws, anchors = () => Promise.resolve([]), witnesses = [], projections } = options;
  const startedAt = clock.now();
  const latest = await database.transaction((transaction) => latestCheckpoint(transaction));
  const answers = latest ? await askAnchors(await anchors(), originOf(latest.note)) : [];
  const looked = await database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await withoutLimits(transaction);
    const findings = new Findings();
    const state = await logState(transaction);
    const horizon = isRestored(state) ? 0n : BigInt(state.horizon);
    const round = (await readRound(transaction)) ?? { after: '', size: 0, startedAt };
    const { touched, others, next } = await chosen(transaction, round, {
      ...{ size: state.size, horizon, startedAt },
      most: options.most ?? nightlyEntries,
    });
    const streams = [...new Set([...touched, ...others].map(({ stream }) => stream))].sort();

    const chains = checkChains(findings, []);
    const alone = projections.flatMap(({ stream }) => stream ?? []);
    const missing = await chainsMissing(transaction, alone);
    const compared = verifyRows(projections, missing);
    const checkpoint = await latestCheckpoint(transaction);
    const proved = new Set<number>();
    for (let at = 0; at < streams.length; at += atOnce) {
      const some = streams.slice(at, at + atOnce);
      // Reading tiles anew for each batch keeps memory bounded.
      const tree = placesInTree(findings, transaction, proved, checkpoint);
      for await (const batch of rowsOfChains(transaction, horizon, some))
        for (const row of batch) {
          chains.add(row);
          compared.add(row);
          await tree.add(row);
        }
      addDifferences(findings, await compared.settle(transaction));
      for (const { stream, seq } of await placesWithoutEntry(transaction, some))
        findings.add('case-cut', `${stream} 第 ${seq} 条已入树，条目却不见了`, { stream });
      for (const end of await mismatchedHeads(transaction, some))
        findings.add(...sayWrongEnd(end), { stream: end.stream });
      for (const { stream, seq } of await unsearchable(transaction, some))
        findings.add('unlike', `表 trail_search:${stream} 第 ${seq} 条查找不到，或者时刻不对`, {
          row: { table: 'trail_search', row: `${stream} ${seq}` },
          stream,
        });
      options.onProgress?.(chains.entries);
    }
    addDifferences(findings, await compared.end(transaction));
    const read = tileReader(transaction);
    const places = await countPlaces(transaction);
    if (places !== state.size)
      findings.add('log-cut', `全库的大小写着 ${state.size} 条，有位置的是 ${places} 条`);

    const roots = new Map<number, Buffer>();
    const vkeys = new Set<string>();
    const wanted = answers.flatMap(({ held: kept }) => (kept ? [readNote(kept.note, [])?.size ?? 0] : []));
    for await (const batch of signedRows(transaction, Math.min(round.size, state.size)))
      for (const { size, vkey } of batch) {
        wanted.push(size);
        vkeys.add(vkey);
      }
    for (const size of wanted) {
      const root = size <= state.size ? await rootOf(read, size).catch(() => undefined) : undefined;
      if (root) roots.set(size, root);
    }
    const signed = await checkSignatures(
      findings,
      transaction,
      signedRows(transaction, Math.min(round.size, state.size)),
      roots,
      state.size,
      new Set(witnesses),
      laws.today(),
    );
    const outside = answers.flatMap((answer) =>
      checkAnchor(findings, answer, [...vkeys], { roots, size: state.size }),
    );
    const listed = await checkManifest(findings, transaction, state.size);
    for (const difference of await schemaDifferences(transaction, database.schema))
      findings.add('unguarded', sayDifference(difference));
    if ((await watchOf(transaction)) === 'off') findings.add('unguarded', unwatched);
    const part = `这一夜读了 ${streams.length} 条链、${chains.entries} 条：上次以后动过的 ${touched.length} 条链，接着上次的 ${others.length} 条链`;
    const paper = await paperSaid(transaction);
    const facts = [
      part,
      next.after === ''
        ? `这一轮（自 ${next.startedAt.toISOString()} 起）已核完全库，下一夜从头再来`
        : `这一轮（自 ${next.startedAt.toISOString()} 起）核到 ${next.after}，下一夜接着`,
      `检查点 ${signed.checkpoints} 个，见证人联署 ${signed.witnessed} 次`,
      ...answers.flatMap(({ silent }) => silent ?? []),
      ...(paper ? [paper] : []),
      ...(answers.length === 0 && !paper && latest !== undefined ? [noAnchor] : []),
    ];
    const vouchers = newestOf([...signed.vouchers, ...outside]);
    return {
      findings,
      streams: [...streams, ...missing],
      next,
      facts,
      part,
      listed,
      vouchers,
      entries: chains.entries,
      size: state.size,
    };
  });
  return database.transaction(async (transaction) => {
    const { findings, streams, next, facts, part, listed, vouchers, entries, size } = looked;
    const endedAt = clock.now();
    await keepFindings(transaction, findings.kept, streams, endedAt);
    const standing = await standingFindings(transaction);
    await saveRound(transaction, next);
    const verdict = verdictOf({
      ...{ entries, size, listed, vouchers, part, unused: false },
      findings: standing,
    });
    const verification = {
      ...{ startedAt, endedAt, entries, size, verdict, facts },
      ...{ streams: streams.length, holds: standing.length === 0, findings: standing },
    };
    await saveVerification(transaction, verification);
    return verification;
  });
}

async function chosen(
  transaction: Transaction,
  round: Round,
  night: { readonly size: number; readonly horizon: bigint; readonly startedAt: Date; readonly most: number },
): Promise<{
  readonly touched: readonly CountedChain[];
  readonly others: readonly CountedChain[];
  readonly next: Round;
}> {
  const touched = await chainsTouched(transaction, Math.min(round.size, night.size), night.horizon);
  const known = new Set(touched.map(({ stream }) => stream));
  let left = Math.max(
    night.most - touched.reduce((sum, { count }) => sum + count, 0),
    // This minimum lets the round advance on busy days, too.
    night.most / 8,
  );
  const others: CountedChain[] = [];
  let after = '';
  search: for await (const batch of chainsAfter(transaction, round.after))
    for (const one of batch) {
      if (left <= 0) break search;
      after = one.stream;
      if (known.has(one.stream)) continue;
      others.push(one);
      left -= one.count;
    }
  const isDone = left > 0;
  const startedAt = round.after === '' ? night.startedAt : round.startedAt;
  return { touched, others, next: { after: isDone ? '' : after, size: night.size, startedAt } };
}

/** Checks each entry against its place in the tiles, and each tile against the last signed root. */
function placesInTree(
  findings: Findings,
  transaction: Transaction,
  proved: Set<number>,
  checkpoint: { readonly size: number; readonly note: string } | undefined,
): { add(row: ChainRow): Promise<void> } {
  const root = checkpoint && readNote(checkpoint.note, [])?.root;
  const read = tileReader(transaction);
  const tiles = new Map<number, Buffer>();
  const tileOfIndex = async (index: number): Promise<Buffer> => {
    const number = Math.floor(index / tileWidth);
    const known = tiles.get(number);
    if (known) return known;
    const hashes = await tileOf(transaction, 0, number);
    tiles.set(number, hashes);
    if (proved.has(number)) return hashes;
    proved.add(number);
    if (checkpoint && root && !(await leadsTo(read, hashes, number * tileWidth, checkpoint.size, root)))
      findings.add('tile-damaged', `哈希树第 0 层第 ${number} 片残缺或者被改，到不了所签的根`);
    return hashes;
  };
  return {
    add: async ({ stream, seq, index, leaf }) => {
      if (index === null) return;
      const hashes = await tileOfIndex(index);
      const offset = (index % tileWidth) * 32;
      if (!hashes.subarray(offset, offset + 32).equals(leaf))
        findings.add('rechained', `${stream} 第 ${seq} 条不是当时入树的内容`, { stream });
    },
  };
}

async function leadsTo(
  read: ReadTile,
  hashes: Buffer,
  first: number,
  size: number,
  root: Buffer,
): Promise<boolean> {
  if (first >= size) return true;
  const path = await inclusionProof(read, first, size).catch(() => undefined);
  return (
    path !== undefined &&
    (rootOfPath(hashes.subarray(0, 32), { index: first, size, path })?.equals(root) ?? false)
  );
}

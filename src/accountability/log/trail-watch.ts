/**
 * Warns if the tree falls behind. Entries get places up to the oldest open transaction of the whole
 * server, so a transaction that stays open silently stops placing, signing and exports.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { oldestTransaction, trailLag, type OpenTransaction, type TrailLag } from '../store/lag-store.js';

/** Milliseconds an entry may wait for its place. */
const tolerated = 60_000;

export interface TrailPlacing extends TrailLag {
  /** In Chinese, if an entry has waited too long: since when, and whose transaction blocks it; otherwise null. */
  readonly late: string | null;
}

/** @param startedAt when this program started; entries may have waited for a program to start, which is no fault */
export async function trailKeepsUp(
  transaction: Transaction,
  now: Date,
  startedAt: Date,
): Promise<TrailPlacing> {
  const lag = await trailLag(transaction);
  const waited = lag.unplacedSince === null ? 0 : now.getTime() - lag.unplacedSince.getTime();
  const running = now.getTime() - startedAt.getTime();
  if (Math.min(waited, running) <= tolerated) return { ...lag, late: null };
  const holder = await oldestTransaction(transaction);
  const why = holder ? `${named(holder)}有一个事务没有结束` : '排号没有进行，看日志里“轨迹排号和签名”一条';
  return { ...lag, late: `轨迹有条目 ${Math.round(waited / 1000)} 秒没有排号和签名：${why}` };
}

/** One check. @param warn called if an entry has waited too long */
export async function watchTrail(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  startedAt: Date,
  warn: (text: string) => void,
): Promise<void> {
  const { late } = await database.transaction((transaction) =>
    trailKeepsUp(transaction, clock.now(), startedAt),
  );
  if (late !== null) warn(late);
}

function named({ pid, database, user, application, prepared }: OpenTransaction): string {
  if (prepared !== null) return `数据库 ${database ?? '?'} 里预备的事务 ${prepared}（用户 ${user ?? '?'}）`;
  return `数据库 ${database ?? '?'} 的会话 ${pid ?? '?'}（用户 ${user ?? '?'}，程序 ${application || '不明'}）`;
}

/** State of the outside places, for the status and audit pages. */
import type { Transaction } from '../../platform/database/index.js';
import { deliveries } from '../store/anchor-store.js';
import { lastCosignatures } from '../store/cosignature-store.js';
import type { Anchor } from './anchor.js';
import { lastPaper } from './paper.js';

interface AnchorState {
  readonly name: string;
  readonly kind: Anchor['kind'] | 'paper';
  readonly keptSize: number | null;
  readonly keptAt: Date | null;
  /** In Chinese: why the place holds no checkpoint, or no recent one. */
  readonly failure: string | null;
}

export interface Anchoring {
  readonly anchors: readonly AnchorState[];
  /** In Chinese: what to do; null if at least one place holds a checkpoint and no place fails. */
  readonly amber: string | null;
}

/** A place is stale after this many milliseconds: longer than a day with its retries. */
const stale = 26 * 3_600_000;
/** Milliseconds after which paper is stale: people compare it once a week. */
const paperStale = 8 * 24 * 3_600_000;

export async function anchoring(
  transaction: Transaction,
  anchors: readonly Anchor[],
  now: Date,
): Promise<Anchoring> {
  const sent = new Map((await deliveries(transaction)).map((one) => [one.anchor, one]));
  const signed = new Map((await lastCosignatures(transaction)).map((one) => [`见证人 ${one.name}`, one]));
  const states = anchors.map(({ name, kind }): AnchorState => {
    const word = signed.get(name);
    const one =
      kind === 'witness'
        ? { keptSize: word?.size ?? null, keptAt: word?.at ?? null, failure: null }
        : (sent.get(name) ?? { keptSize: null, keptAt: null, failure: null });
    const isOld = one.keptAt !== null && now.getTime() - one.keptAt.getTime() > stale;
    const quiet = one.keptAt === null ? '还没有留存过检查点' : isOld ? '一天多没有留存新的检查点' : null;
    return { name, kind, keptSize: one.keptSize, keptAt: one.keptAt, failure: one.failure ?? quiet };
  });
  const all = [...states, ...(await paperState(transaction, now))];
  return { anchors: all, amber: amberOf(all) };
}

/**
 * A paper's age counts from the day printed on it, and only after somebody has typed it in and so
 * shown that the paper still exists.
 */
async function paperState(transaction: Transaction, now: Date): Promise<readonly AnchorState[]> {
  const held = await lastPaper(transaction);
  if (!held) return [];
  const { actor, day, size, outcome } = held.body;
  const keptAt = new Date(`${day}T00:00:00+08:00`);
  const isOld = now.getTime() - keptAt.getTime() > paperStale;
  const failure =
    outcome === 'contained'
      ? isOld
        ? '八天多没有核对新印的根'
        : null
      : `${day} 印的根与现在的日志对不上：${outcome === 'rewritten' ? '前面被改写' : '日志变短'}。请立即核验`;
  return [{ name: `纸（${actor} 核对）`, kind: 'paper', keptSize: size, keptAt, failure }];
}

export const noAnchor =
  '检查点没有留存在任何外面的地方：数据库整个退回旧的、整本重写，看不出来。请系统管理员照运行手册“外部锚定”设一处：见证人、归别人管的文件夹、对象存储、邮箱，或者每周印一次根';

function amberOf(states: readonly AnchorState[]): string | null {
  if (states.length === 0) return noAnchor;
  const failing = states.filter(({ failure }) => failure !== null);
  if (failing.length === 0) return null;
  return failing.map(({ name, failure }) => `${name}：${failure ?? ''}`).join('；');
}

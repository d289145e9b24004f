/**
 * Compares what an outside place holds with the present tree. A difference reveals a restored
 * database or a rewritten history.
 */
import type { Answer } from '../anchor/ask.js';
import type { Findings } from './finding.js';
import { readNote } from './signatures.js';
import type { Voucher } from './verdict.js';

/** @returns the place as a voucher, if the checkpoint it holds is a prefix of the present tree */
export function checkAnchor(
  findings: Findings,
  { name, held }: Answer,
  vkeys: readonly string[],
  { roots, size }: { readonly roots: ReadonlyMap<number, Buffer>; readonly size: number },
): readonly Voucher[] {
  if (!held) return [];
  const day = held.at ? ` ${beijingDay(held.at)}` : '';
  const who = `${name}${day} 留存的检查点`;
  const kept = readNote(held.note, vkeys);
  if (!kept) findings.add('damaged', `${who}读不了`);
  else if (kept.size > size)
    findings.add(
      'replayed',
      `${who}签到第 ${kept.size} 条，库里只有 ${size} 条：数据库退回了旧的备份，或者截去了尾部`,
    );
  else if (kept.signers.length === 0) findings.add('key-swapped', `${who}不是由现在的密钥或其前任签名的`);
  else if (!roots.get(kept.size)?.equals(kept.root))
    findings.add(
      kept.size === size ? 'two-histories' : 'rewritten',
      `前 ${kept.size} 条已不是${who}所签的：历史被重写后再签了名`,
    );
  else return [{ name, size: kept.size, at: held.at }];
  return [];
}

const beijingDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

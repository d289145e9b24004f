/** Explains, for a chain whose end differs from the recorded end, what was done to the chain. */
import type { WrongEnd } from '../store/audit-store.js';

export type EndAttack = 'case-cut' | 'edited' | 'inserted' | 'head-moved';

/** No step wrote an entry that is beyond the number in the case's row. A head that lags behind was put back. */
export function sayWrongEnd({
  stream,
  seq,
  last,
  by,
}: WrongEnd): readonly [attack: EndAttack, detail: string] {
  const recorder = by === 'case' ? '工单的行' : '链头';
  if (seq > last) return ['case-cut', `${stream} 的${recorder}记到第 ${seq} 条，条目到第 ${last} 条`];
  if (seq === last) return ['edited', `${stream} 的${recorder}记的第 ${seq} 条不是现在这一条`];
  if (by === 'case')
    return [
      'inserted',
      `${stream} 多出第 ${seq + 1} 至 ${last} 条：工单的行记到第 ${seq} 条，其后的不是办理写下的`,
    ];
  return ['head-moved', `${stream} 的链头退到第 ${seq} 条，条目到第 ${last} 条`];
}

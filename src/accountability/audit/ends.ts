/** Where a chain ends otherwise than recorded: what was done to it. */
import type { WrongEnd } from '../store/audit-store.js';

export type EndAttack = 'case-cut' | 'edited' | 'inserted' | 'head-moved';

/** An entry that the case's row does not know was not written by a step; a head that lags was put back. */
export function sayWrongEnd({
  stream,
  seq,
  last,
  by,
}: WrongEnd): readonly [attack: EndAttack, detail: string] {
  const recorder = by === 'case' ? '工单的行' : '链头';
  if (seq > last) return ['case-cut', `${stream} 的${recorder}记到第 ${seq} 条,条目到第 ${last} 条`];
  if (seq === last) return ['edited', `${stream} 的${recorder}记的第 ${seq} 条不是现在这一条`];
  if (by === 'case')
    return [
      'inserted',
      `${stream} 多出第 ${seq + 1} 至 ${last} 条:工单的行记到第 ${seq} 条,其后的不是办理写下的`,
    ];
  return ['head-moved', `${stream} 的链头退到第 ${seq} 条,条目到第 ${last} 条`];
}

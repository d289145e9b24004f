/** Determines from the trail into which sheet a sheet was merged at the end of a month. */
import type { TrailStep } from './facts.js';
import { periodOfAct, type Period } from './period.js';

/** @returns the leading sheet by month; empty for none. Later events do not change it */
export function leadIn(stream: string, trail: readonly TrailStep[]): (period: Period) => string {
  const turns = trail.flatMap((entry) => {
    const isTurn = entry.type === 'sheet.merged' || entry.type === 'sheet.unmerged';
    if (!isTurn || entry.body.member !== stream) return [];
    return [{ period: periodOfAct(entry.at), lead: entry.type === 'sheet.merged' ? entry.body.lead : '' }];
  });
  return (period) => turns.findLast((turn) => turn.period <= period)?.lead ?? '';
}

/** Into which sheet a sheet is merged at the end of a month, from its trail alone. */
import type { TrailStep } from './facts.js';
import { periodOfAct, type Period } from './period.js';

/** @returns by month; empty for none. What happens later leaves it as it was. */
export function leadIn(stream: string, trail: readonly TrailStep[]): (period: Period) => string {
  const turns = trail.flatMap((entry) => {
    const isTurn = entry.type === 'sheet.merged' || entry.type === 'sheet.unmerged';
    if (!isTurn || entry.body.member !== stream) return [];
    return [{ period: periodOfAct(entry.at), lead: entry.type === 'sheet.merged' ? entry.body.lead : '' }];
  });
  return (period) => turns.findLast((turn) => turn.period <= period)?.lead ?? '';
}

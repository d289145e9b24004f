/** Sources of the calendar, and the progress of recomputation. */
import type { Said } from '../contract/operation.js';
import { type CalendarSource, type Recomputation } from '../../calendar/index.js';
import type { notice, recomputation } from '../contract/calendar.js';

export function recomputationView(found: Recomputation): Said<typeof recomputation> {
  const { cases, finishedAt } = found;
  return {
    ...found,
    state: finishedAt ? 'done' : cases === undefined ? 'waiting' : 'running',
    cases: cases ?? null,
    finishedAt: finishedAt ?? null,
  };
}

/** @param loaded undefined for a shipped source */
export function noticeView(source: CalendarSource, loaded: Recomputation | undefined): Said<typeof notice> {
  return {
    ...source,
    document: source.document ?? null,
    publishedOn: source.publishedOn ?? null,
    address: source.address ?? null,
    years: [...source.years].sort((a, b) => a - b),
    days: source.days.size,
    loaded: loaded
      ? {
          at: loaded.loadedAt,
          by: loaded.loadedBy,
          recomputation: recomputationView(loaded),
        }
      : null,
  };
}

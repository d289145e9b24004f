/** Sources of the calendar, and the progress of recomputation. */
import type { z } from 'zod';
import { type CalendarSource, type Recomputation } from '../../calendar/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { notice, recomputation } from '../contract/calendar.js';

export function recomputationView(found: Recomputation): z.input<typeof recomputation> {
  const { cases, done, moved, settled, revoked, finishedAt } = found;
  return {
    state: finishedAt ? 'done' : cases === undefined ? 'waiting' : 'running',
    cases: cases ?? null,
    done,
    moved,
    settled,
    revoked,
    finishedAt: finishedAt ? toShanghaiIso(finishedAt) : null,
  };
}

/** @param loaded undefined for a shipped source */
export function noticeView(
  source: CalendarSource,
  loaded: Recomputation | undefined,
): z.input<typeof notice> {
  return {
    kind: source.kind,
    title: source.title,
    document: source.document ?? null,
    publishedOn: source.publishedOn ?? null,
    address: source.address ?? null,
    years: [...source.years].sort((a, b) => a - b),
    days: source.days.size,
    loaded: loaded
      ? {
          at: toShanghaiIso(loaded.loadedAt),
          by: loaded.loadedBy,
          recomputation: recomputationView(loaded),
        }
      : null,
  };
}

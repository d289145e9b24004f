/** Upkeep of the knowledge base at a month's end (Art 34), from the trail `knowledge`: one fact per valid entry. */
import { civilDateOfDay, dayOfLimit } from '../calendar/index.js';
import type { Json } from '../kernel/index.js';
import type { Fact, TrailStep } from './facts.js';
import { endOfPeriod, type Period } from './period.js';

export const knowledgeStream = 'knowledge';

/** The same entry counts every month, so its facts include the month. */
export const knowledgeStreamOf = (period: Period): string => `${knowledgeStream} ${period}`;

export function knowledgeFacts(trail: readonly TrailStep[], period: Period): Fact[] {
  const end = endOfPeriod(period);
  const lastDay = civilDateOfDay(dayOfLimit(end));
  const latest = new Map<number, TrailStep>();
  for (const step of trail) {
    const known = typeof step.body.entry === 'number' && /^knowledge\.(written|withdrawn)$/.test(step.type);
    if (known && step.at < end) latest.set(step.body.entry as number, step);
  }
  return [...latest.values()]
    .filter(({ type }) => type === 'knowledge.written')
    .map(({ seq, body }) => ({
      measure: 'knowledge',
      opened: seq,
      decided: seq,
      at: end,
      period,
      unit: textOf(body.unit).replaceAll(/\s/g, ''),
      met: textOf(body.reviewOn) >= lastDay,
      round: 1,
      kind: '',
      area: '',
    }));
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

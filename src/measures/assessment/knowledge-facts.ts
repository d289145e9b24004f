/** Upkeep of the knowledge base at a month's end, from the trail `knowledge`: one fact per valid entry. */
import { civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import { reads, type Content } from '../../accountability/events/index.js';
import type { Fact, TrailStep } from './facts.js';
import { endOfPeriod, type Period } from './period.js';
import { unitName } from '../../kernel/unit-name.js';

export const knowledgeStream = 'knowledge';

/** An entry counts again every month, so the key of its facts includes the month. */
export const knowledgeStreamOf = (period: Period): string => `${knowledgeStream} ${period}`;

export function knowledgeFacts(trail: readonly TrailStep[], period: Period): Fact[] {
  const end = endOfPeriod(period);
  const lastDay = civilDateOfDay(dayOfLimit(end));
  const latest = new Map<number, TrailStep & Content<'knowledge.written' | 'knowledge.withdrawn'>>();
  for (const step of trail.filter(kept)) if (step.at < end) latest.set(step.body.entry, step);
  return [...latest.values()]
    .filter(({ type }) => type === 'knowledge.written')
    .map(({ seq, body }) => ({
      measure: 'knowledge',
      opened: seq,
      decided: seq,
      at: end,
      period,
      unit: unitName(body.unit),
      met: body.reviewOn >= lastDay,
      round: 1,
      kind: '',
      area: '',
    }));
}

const kept = reads('knowledge.written', 'knowledge.withdrawn');

/** A log's data about a case besides its acts: the length of its limits, and the old system's start and end of each. */
import type { Claim, Recorded } from '../law/regulation/index.js';
import type { Act } from './acts.js';
import { endOfPlainDay, instantReader } from './log/instants.js';
import type { Mapping } from './mapping.js';

export function recordedBy({ instant, limits, recorded }: Mapping) {
  const read = instantReader(instant);
  const firstSaid = (column: string, acts: readonly Act[]): string | undefined =>
    acts.flatMap((act) => act.value(column) ?? [])[0];
  /** The first line that has it. */
  const instantIn = (column: string | undefined, acts: readonly Act[], as = (text: string) => text) =>
    acts.flatMap((act) => {
      const text = column === undefined ? null : act.value(column);
      const at = text === null ? null : read(as(text));
      return at instanceof Date ? [{ at, act }] : [];
    })[0];
  const claimsIn = (acts: readonly Act[]): Claim[] =>
    Object.entries(recorded).flatMap(([clock, { start, due }]) => {
      const [from, until] = [instantIn(start, acts), instantIn(due, acts, endOfPlainDay)];
      const said = from ?? until;
      return said ? [{ clock, start: from?.at ?? null, due: until?.at ?? null, act: said.act }] : [];
    });
  return (acts: readonly Act[], asOf: Date): Recorded => ({
    acts,
    asOf,
    claims: claimsIn(acts),
    length: (clock, { seq }) => {
      const limit = limits[clock];
      if (!limit || !('due' in limit || 'by' in limit)) return limit;
      if ('due' in limit) {
        const since = acts.filter((act) => act.seq >= seq);
        const until = read(endOfPlainDay(firstSaid(limit.due, since) ?? ''));
        return until instanceof Date ? { until } : null;
      }
      const value = firstSaid(limit.by, acts);
      return Object.entries(limit.lengths).find(([one]) => one === value)?.[1] ?? null;
    },
  });
}

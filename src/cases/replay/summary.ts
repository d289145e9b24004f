/** Counts the results of a replay. */
import type { Law } from '../../kernel/law.js';
import type { ReplayLine } from './outcome.js';

export interface Summary {
  add(line: ReplayLine): void;
  readonly cases: number;
  readonly onTime: number;
  readonly late: number;
  /** Cases by highest level of escalation; `无` for none. */
  readonly byLevel: ReadonlyMap<string, number>;
  readonly byOutcome: ReadonlyMap<string, number>;
}

/** Levels in ascending order with display names. */
export const levelNames = (law: Law): ReadonlyMap<string, string> =>
  new Map(law.levels.map(({ key, title, reported = title }) => [key, reported]));

export function createSummary(law: Law): Summary {
  const ladder = [...levelNames(law).keys()];
  const byLevel = new Map<string, number>([
    ['无', 0],
    ...ladder.map((level): [string, number] => [level, 0]),
  ]);
  const byOutcome = new Map<string, number>();
  const summary = {
    cases: 0,
    onTime: 0,
    late: 0,
    byLevel,
    byOutcome,
    add: (line: ReplayLine) => {
      summary.cases += 1;
      if (line.late) summary.late += 1;
      else summary.onTime += 1;
      const highest = Math.max(-1, ...line.escalations.map(({ level }) => ladder.indexOf(level)));
      const level = ladder[highest] ?? '无';
      byLevel.set(level, (byLevel.get(level) ?? 0) + 1);
      byOutcome.set(line.outcome, (byOutcome.get(line.outcome) ?? 0) + 1);
    },
  };
  return summary;
}

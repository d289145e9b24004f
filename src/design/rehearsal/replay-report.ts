/**
 * Compares past cases on a draft with the same cases on the version in force: other outcome, other escalation, or no
 * longer replayable. Report of rule 14.
 */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { levelNames } from '../../cases/replay/index.js';
import type { Law } from '../../kernel/law.js';
import type { DifferingCase } from '../compliance/index.js';
import { yieldToEventLoop } from './yield-to-event-loop.js';
import { replayPastCase, type PastCase, type Relived } from './replay-past-case.js';
import { levelsOf } from './unmet-expectations.js';
import type { Stage } from './stage.js';

export interface ReplayReport {
  readonly cases: number;
  readonly same: number;
  readonly unfit: number;
  readonly outcome: number;
  readonly escalation: number;
  /** Cases that do not fit the version in force either. */
  readonly incomparable: number;
  /** The first ones. */
  readonly differences: readonly DifferingCase[];
}

/** Differences listed; all are counted. */
const mostListed = 200;

export async function replayReport(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  cases: AsyncIterable<PastCase> | Iterable<PastCase>,
  onDone: (cases: number) => void = () => undefined,
): Promise<ReplayReport> {
  const counts = { cases: 0, same: 0, unfit: 0, outcome: 0, escalation: 0, incomparable: 0 };
  const differences: DifferingCase[] = [];
  for await (const past of cases) {
    await yieldToEventLoop();
    counts.cases += 1;
    onDone(counts.cases);
    const before = replayPastCase(stages.inForce, past);
    if (before.unfit !== undefined) {
      counts.incomparable += 1;
      continue;
    }
    const found = differenceOf(
      past.no,
      before,
      replayPastCase(stages.draft, past),
      stages.draft.laws.today(),
    );
    counts[found?.kind ?? 'same'] += 1;
    if (found && differences.length < mostListed) differences.push(found);
  }
  return { ...counts, differences };
}

function differenceOf(no: string, was: Relived, is: Relived, law: Law): DifferingCase | undefined {
  if (is.unfit !== undefined) return { no, kind: 'unfit', before: endOf(was), after: is.unfit };
  const outcome = { before: endOf(was), after: endOf(is) };
  if (outcome.before !== outcome.after) return { no, kind: 'outcome', ...outcome };
  const escalation = { before: escalationsOf(was, law), after: escalationsOf(is, law) };
  if (escalation.before !== escalation.after) return { no, kind: 'escalation', ...escalation };
  return undefined;
}

function endOf({ rehearsed: { file } }: Relived): string {
  const outcome = typeof file.variables.outcome === 'string' ? `（${file.variables.outcome}）` : '';
  if (file.endedAt !== null) return `${toShanghaiIso(file.endedAt)} 结束${outcome}`;
  const open = [...file.tasks.values()].map(({ name }) => name).sort();
  return `未结束，停在${open.join('、') || '等待处'}`;
}

const escalationsOf = ({ rehearsed }: Relived, law: Law): string =>
  levelsOf(rehearsed.entries)
    .map((line) => line.replace(/^\S+/, (level) => levelNames(law).get(level) ?? level))
    .join('、') || '没有升级';

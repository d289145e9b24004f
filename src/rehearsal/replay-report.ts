/**
 * Past cases on a draft against the same cases on what is in force: which would have ended otherwise, escalated
 * otherwise, or no longer fit. The fourteenth check of a draft.
 */
import { toShanghaiIso } from '../calendar/index.js';
import { levelNames } from '../casework/replay/index.js';
import { breath } from './breath.js';
import { relive, type PastCase, type Relived } from './relive.js';
import { levelsOf } from './run-scenario.js';
import type { Stage } from './stage.js';

interface ReplayDifference {
  readonly no: string;
  readonly kind: 'ended' | 'escalated' | 'unfit';
  /** What would have been otherwise, in Chinese. */
  readonly sentence: string;
}

export interface ReplayReport {
  readonly cases: number;
  readonly same: number;
  readonly ended: number;
  readonly escalated: number;
  readonly unfit: number;
  /** Cases that do not fit what is in force either: nothing can be said of them. */
  readonly incomparable: number;
  /** The first of them, bounded. */
  readonly differences: readonly ReplayDifference[];
}

/** So many are told; all are counted. */
const mostTold = 200;

export async function replayReport(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  cases: AsyncIterable<PastCase> | Iterable<PastCase>,
): Promise<ReplayReport> {
  const counts = { cases: 0, same: 0, ended: 0, escalated: 0, unfit: 0, incomparable: 0 };
  const differences: ReplayDifference[] = [];
  for await (const past of cases) {
    await breath();
    counts.cases += 1;
    const before = relive(stages.inForce, past);
    if (before.unfit !== undefined) {
      counts.incomparable += 1;
      continue;
    }
    const found = differenceOf(past.no, before, relive(stages.draft, past));
    counts[found?.kind ?? 'same'] += 1;
    if (found && differences.length < mostTold) differences.push(found);
  }
  return { ...counts, differences };
}

function differenceOf(no: string, before: Relived, after: Relived): ReplayDifference | undefined {
  if (after.unfit !== undefined) return { no, kind: 'unfit', sentence: `走不下去:${after.unfit}` };
  const [was, is] = [endOf(before), endOf(after)];
  if (was !== is) return { no, kind: 'ended', sentence: `现行:${was};草案:${is}` };
  const [given, would] = [escalationsOf(before), escalationsOf(after)];
  if (given !== would) return { no, kind: 'escalated', sentence: `现行:${given};草案:${would}` };
  return undefined;
}

function endOf({ rehearsed: { file } }: Relived): string {
  const outcome = typeof file.variables.outcome === 'string' ? `(${file.variables.outcome})` : '';
  if (file.endedAt !== null) return `${toShanghaiIso(file.endedAt)} 结束${outcome}`;
  const open = [...file.tasks.values()].map(({ name }) => name).sort();
  return `未结束,停在${open.join('、') || '等待处'}`;
}

const escalationsOf = ({ rehearsed }: Relived): string =>
  levelsOf(rehearsed.entries)
    .map((line) => line.replace(/^\S+/, (level) => levelNames.get(level) ?? level))
    .join('、') || '没有升级';

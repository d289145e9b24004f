/**
 * Rule 22: the same acts do what they do under the version in force. What a draft loses is an error that no reason
 * overrides; the trial shows a run.
 */
import type { LostBehaviour } from '../reports.js';
import type { CheckContext } from '../context.js';
import type { Tried } from '../report-of-draft.js';
import type { Say } from '../subject.js';

/** The check names at most this many losses; the trial's report lists all. */
const mostNamed = 10;

export const behaviour = ({ context, process, sha256 }: Tried, say: Say): void => {
  const report = context.reports?.scenarios;
  if (report?.sha256 !== sha256 || !report.behaviour) return;
  const { runs, lost } = report.behaviour;
  for (const one of lost.filter((each) => isOwed(context, each)).slice(0, mostNamed)) {
    say({
      ...(isOfLaw(context, one) ? {} : { severity: 'warning' }),
      element: process,
      article: one.provisions[0] ?? '',
      message: `同样的办法，现行的做到、这份草稿做不到：${one.says}。走过改动之处的 ${runs} 件里有 ${one.runs} 件，例如“${one.scenario}”。`,
      fix: '改到它照旧做到；在“试跑”的结果里可以逐步演示。',
    });
  }
};

/** The law of the day on which the draft takes effect may no longer have the norm. */
const isOwed = ({ norms }: CheckContext, { kind, of }: LostBehaviour): boolean =>
  (kind !== 'duty' && kind !== 'limit' && kind !== 'holder') || norms.some(({ id }) => id === of);

/** A deed counts if a norm names it. */
function isOfLaw({ norms }: CheckContext, { kind, of }: LostBehaviour): boolean {
  if (kind !== 'deed') return true;
  return norms.some(({ duty }) =>
    [...(duty?.opens ?? []), ...(duty?.discharged.flat() ?? [])].some(({ deed }) => deed === of),
  );
}

import type { Said } from '../contract/operation.js';
import type { Submission, TrialStatus } from '../../design/governance/index.js';
import type { scenarioReport, trial } from '../contract/draft-trial.js';
import { provisionView } from './provision-view.js';

export function trialView(standing: TrialStatus): Said<typeof trial> {
  const found = standing.state === 'none' ? undefined : standing.trial;
  const { reports = null } = found ?? {};
  return {
    state: standing.state,
    askedAt: found?.askedAt ?? null,
    madeAt: found?.madeAt ?? null,
    progress: standing.state === 'running' ? standing.trial.progress : null,
    failure: standing.state === 'failed' ? { attempts: standing.attempts, reason: standing.reason } : null,
    reports: reports && {
      scenarios: scenariosView(reports.scenarios),
      replay: reports.replay,
      runningCases: reports.runningCases,
    },
  };
}

export const scenariosView = ({
  behaviour,
  engines,
  ...report
}: NonNullable<Submission['scenarios']>): Said<typeof scenarioReport> => ({
  ...report,
  failed: report.failed.map(labelled),
  differing: report.differing.map(labelled),
  ...(behaviour ? { behaviour: { ...behaviour, lost: behaviour.lost.map(lostView) } } : {}),
  ...(engines
    ? {
        engines: {
          ...engines,
          differing: engines.differing.map(labelled),
          uncompared: engines.uncompared.map(labelled),
        },
      }
    : {}),
});

const lostView = ({
  of: _of,
  begin,
  steps,
  ...one
}: NonNullable<NonNullable<Submission['scenarios']>['behaviour']>['lost'][number]) => ({
  ...labelled(one),
  begin: begin as Told,
  steps: steps.map(({ text, act }) => ({ text, act: act as Told })),
});

/** As rehearsals take it. */
interface Told {
  readonly [key: string]: unknown;
}

const labelled = <One extends { readonly provisions: readonly string[] }>(one: One) => ({
  ...one,
  provisions: one.provisions.map(provisionView),
});

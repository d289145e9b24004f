import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import type { Submission, TrialState } from '../../governance/index.js';
import { provisionLabel } from '../../regulation/model/index.js';
import type { replayReport, runningCasesReport, scenarioReport } from '../contract/draft-trial.js';

export const trialView = (trial: TrialState | undefined) => ({
  state: trial === undefined ? ('none' as const) : trial.reports ? ('made' as const) : ('running' as const),
  askedAt: trial ? toShanghaiIso(trial.askedAt) : null,
  madeAt: trial?.madeAt ? toShanghaiIso(trial.madeAt) : null,
  progress: trial?.progress ?? null,
  reports: trial?.reports
    ? {
        scenarios: scenariosView(trial.reports.scenarios),
        replay: replayView(trial.reports.replay),
        runningCases: runningCasesView(trial.reports.runningCases),
      }
    : null,
});

export const scenariosView = ({
  failed,
  ...rest
}: NonNullable<Submission['scenarios']>): z.input<typeof scenarioReport> => ({
  ...rest,
  failed: failed.map(({ provisions, ...one }) => ({
    ...one,
    provisions: provisions.map((id) => ({ id, label: provisionLabel(id) })),
  })),
});

export const replayView = ({
  differing,
  ...rest
}: NonNullable<Submission['replay']>): z.input<typeof replayReport> => ({
  ...rest,
  differing: [...differing],
});

export const runningCasesView = ({
  hindrances,
  ...rest
}: NonNullable<Submission['runningCases']>): z.input<typeof runningCasesReport> => ({
  ...rest,
  hindrances: hindrances.map(({ examples, ...one }) => ({ ...one, examples: [...examples] })),
});

import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { Submission, TrialStatus } from '../../design/governance/index.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import type { replayReport, runningCasesReport, scenarioReport, trial } from '../contract/draft-trial.js';

export function trialView(standing: TrialStatus): z.input<typeof trial> {
  const found = standing.state === 'none' ? undefined : standing.trial;
  const { reports = null } = found ?? {};
  return {
    state: standing.state,
    askedAt: found ? toShanghaiIso(found.askedAt) : null,
    madeAt: found?.madeAt ? toShanghaiIso(found.madeAt) : null,
    progress: standing.state === 'running' ? standing.trial.progress : null,
    failure: standing.state === 'failed' ? { attempts: standing.attempts, reason: standing.reason } : null,
    reports: reports && {
      scenarios: scenariosView(reports.scenarios),
      replay: replayView(reports.replay),
      runningCases: runningCasesView(reports.runningCases),
    },
  };
}

export const scenariosView = ({
  failed,
  coverage,
  differing,
  ...rest
}: NonNullable<Submission['scenarios']>): z.input<typeof scenarioReport> => ({
  ...rest,
  failed: failed.map(({ provisions, ...one }) => ({ ...one, provisions: provisions.map(provisionView) })),
  ...(coverage ? { coverage } : {}),
  differing: differing.map(({ provisions, differences, ...one }) => ({
    ...one,
    provisions: provisions.map(provisionView),
    differences: [...differences],
  })),
});

export const provisionView = (id: string) => ({ id, label: provisionLabel(id) });

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

import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { Act, Submission } from '../../design/governance/index.js';
import type { submission } from '../contract/draft-review.js';
import { replayView, runningCasesView, scenariosView } from './trial-view.js';

export function submissionView(one: Submission, thread: readonly Act[]): z.input<typeof submission> {
  const { submittedAt, difference, scenarios, replay, runningCases, checks, grounds, reasons, ...rest } = one;
  return {
    ...rest,
    submittedAt: toShanghaiIso(submittedAt),
    approvals: thread
      .filter((act) => act.act === 'approved' && act.submission === one.id)
      .map(({ actor, at, text }) => ({ actor, at: toShanghaiIso(at), comment: text })),
    changes: difference.map((change) => ({ ...change })),
    checks: { ...checks, findings: [...checks.findings] },
    grounds: [...grounds],
    reasons: [...reasons],
    scenarios: scenarios && scenariosView(scenarios),
    replay: replay && replayView(replay),
    runningCases: runningCases && runningCasesView(runningCases),
  };
}

import type { Said } from '../contract/operation.js';
import type { Act, Submission } from '../../design/governance/index.js';
import type { submission } from '../contract/draft-review.js';
import { scenariosView } from './trial-view.js';

export function submissionView(one: Submission, thread: readonly Act[]): Said<typeof submission> {
  const { difference, scenarios, replay, runningCases, checks, ...rest } = one;
  return {
    ...rest,
    approvals: thread
      .filter((act) => act.act === 'approved' && act.submission === one.id)
      .map(({ actor, at, text }) => ({ actor, at, comment: text })),
    changes: difference,
    checks,
    scenarios: scenarios && scenariosView(scenarios),
    replay,
    runningCases,
  };
}

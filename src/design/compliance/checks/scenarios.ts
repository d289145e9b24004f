/**
 * Rule 13: all scenarios pass on this draft. A scenario that cannot be run is an error; one with
 * other instants or levels (a stricter limit moves them all) needs a reason.
 */
import { reportOfDraft, type Tried } from '../report-of-draft.js';
import type { Say } from '../subject.js';

export const scenarios = (subject: Tried, say: Say): void => {
  const { context, process } = subject;
  const report = reportOfDraft(
    subject,
    context.reports?.scenarios,
    say,
    '情景',
    '先在试运行里把全部情景跑一遍。',
  );
  for (const { title, walked, provisions, reason } of report?.failed ?? []) {
    say({
      ...(walked ? { severity: 'warning' } : {}),
      element: process,
      article: provisions[0] ?? '',
      message: `情景“${title}”在这份草稿上不再成立：${reason}。`,
      fix: walked
        ? '核对后在提交时写明为什么结果可以不同。'
        : '改回使情景走得下去的流程；情景本身要改的，在“试行”里重走一遍存回它，不再适用的停用并写明理由。',
    });
  }
};

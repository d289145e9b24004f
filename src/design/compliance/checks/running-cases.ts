/** Rule 15: running cases keep their version; lists those that could not be migrated. */
import { reportOfDraft } from '../report-of-draft.js';
import type { Rule } from '../subject.js';

export const runningCases: Rule = (subject, say) => {
  const { context } = subject;
  const report = reportOfDraft(
    subject,
    context.reports?.runningCases,
    say,
    '在办工单的影响',
    '先核对在办的工单。',
  );
  const [first] = report?.hindrances ?? [];
  if (report === undefined || first === undefined) return;
  const looked = `${report.more ? '先看的' : ''} ${report.running} 件`;
  say({
    severity: 'warning',
    element: first.element,
    message: `在办的${looked}里有 ${report.cannotMove} 件不能移到新版本，例如 ${first.examples[0] ?? ''}：${first.elementName}，${first.why}。它们按原来的版本办完。`,
    fix: '要一起移过去的，写明环节的对应；否则在提交时写明理由。',
  });
};

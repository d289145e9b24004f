/** Rule 14: past cases are replayed on this draft and compared with the version in force. */
import { reportOfDraft, type Tried } from '../report-of-draft.js';
import type { DifferingCase } from '../reports.js';
import type { Say } from '../subject.js';

const kinds: { readonly [Kind in DifferingCase['kind']]: string } = {
  unfit: '走不下去',
  outcome: '结果不同',
  escalation: '升级不同',
};

export const replayedCases = (subject: Tried, say: Say): void => {
  const { context, process } = subject;
  const report = reportOfDraft(
    subject,
    context.reports?.replay,
    say,
    '回放',
    '先用最近的真实工单在这份草稿上回放。',
  );
  for (const kind of Object.keys(kinds) as DifferingCase['kind'][]) {
    const first = report?.differing.find((one) => one.kind === kind);
    if (report === undefined || report[kind] === 0) continue;
    const example = first ? `，例如 ${first.no}：现行“${first.before}”，草稿“${first.after}”` : '';
    say({
      severity: kind === 'unfit' ? 'error' : 'warning',
      element: process,
      message: `回放的 ${report.cases} 件里有 ${report[kind]} 件${kinds[kind]}${example}。`,
      fix: kind === 'unfit' ? '改到这些工单在草稿上也走得下去。' : '逐件看过，是有意的就在提交时写明理由。',
    });
  }
};

import type { Reports } from './reports.js';
import type { Say, Subject } from './subject.js';

/** The source under check: a diagram's process, or a table. */
export type Tried = Pick<Subject, 'context' | 'sha256'> & { readonly process: Subject['process'] | string };

/** The report of this draft, if there is one. At submission a missing report is a finding. */
export function reportOfDraft<Report extends NonNullable<Reports[keyof Reports]>>(
  { context, process, sha256 }: Tried,
  report: Report | undefined,
  say: Say,
  name: string,
  fix: string,
): Report | undefined {
  if (report !== undefined && report.sha256 === sha256) return report;
  if (context.stage === 'submission') {
    say({
      element: process,
      article: '',
      message:
        report === undefined ? `${name}的报告还没有做。` : `${name}的报告是另一份草稿的，这份草稿还没有做。`,
      fix,
    });
  }
  return undefined;
}

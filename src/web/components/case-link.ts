/**
 * Route of a case: a sheet, the supervision of a knowledge entry, a month's publication or
 * assessment, or a case that a diagram opened.
 */
export function caseLink(no: string): string {
  if (no.startsWith('知识库-')) return `/knowledge/supervisions/${encodeURIComponent(no)}`;
  if (no.startsWith('公开-')) return `/assessment/publications/${no.slice('公开-'.length)}`;
  if (isSelfStarted(no)) return `/started-cases/${encodeURIComponent(no)}`;
  return isOfSheet(no) ? `/work-orders/${encodeURIComponent(no)}` : '/assessment';
}

/** Whether the case has a sheet. */
export const isOfSheet = (no: string): boolean => !/^(知识库|考核|公开)-/.test(no) && !isSelfStarted(no);

/** Whether a diagram itself opened the case (`engine/store/due-starts.ts`, `thrown-signals.ts`). */
export const isSelfStarted = (no: string): boolean => /^(定时|信号):/.test(no);

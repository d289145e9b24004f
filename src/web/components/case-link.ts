/** Route of a case: a sheet, the supervision of a knowledge entry, a month's assessment. */
export function caseLink(no: string): string {
  if (no.startsWith('知识库-')) return `/knowledge/supervisions/${encodeURIComponent(no)}`;
  return isOfSheet(no) ? `/work-orders/${encodeURIComponent(no)}` : '/assessment';
}

/** Whether the case has a sheet. */
export const isOfSheet = (no: string): boolean => !/^(知识库|考核)-/.test(no);

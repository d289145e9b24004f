/** Where a case is opened: a sheet, the supervision of an entry of the knowledge base, a month's assessment. */
export function caseLink(no: string): string {
  if (no.startsWith('知识库-')) return `/knowledge/supervisions/${encodeURIComponent(no)}`;
  return isOfSheet(no) ? `/work-orders/${encodeURIComponent(no)}` : '/assessment';
}

/** Whether the case is about a sheet, and opens as one. */
export const isOfSheet = (no: string): boolean => !/^(知识库|考核)-/.test(no);

/** Selects the law that applies to a case; the page's own if the case has none. */
import type { Output } from '../../api/shapes.js';
import { law, type Law } from '../../law/page-law.js';

export type LawsOfCase = Output<'readWorkOrder'>['laws'];

/** The law in force for the case, now or on a day (`YYYY-MM-DD`). */
export function lawAmong(laws: LawsOfCase, day?: string): Law {
  const found = laws.findLast(({ from }) => day === undefined || from <= day) ?? laws[0];
  if (!found) return law();
  const { title, purposes, supervision } = found;
  return { ...law(), title, supervision, purposes: { ...law().purposes, ...purposes } };
}

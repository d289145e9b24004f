/** The law of a case, if it differs from the page's law. */
import type { Said } from '../contract/operation.js';
import type { Laws, Ruled } from '../../kernel/law.js';
import type { caseFile } from '../contract/case.js';

export function lawsView(ruled: Ruled, laws: Laws): Said<typeof caseFile>['laws'] {
  const binding = laws.binding(ruled);
  const today = laws.today();
  if (binding.every((one) => one.law === today)) return [];
  return binding.map(({ from, law: { title, purposes, supervision } }) => ({
    from,
    title,
    purposes,
    supervision,
  }));
}

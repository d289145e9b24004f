/** Updates a class's profile when a sheet is classified. */
import { termsOf } from './evidence.js';
import type { Profile } from './model.js';

/** The rarest pairs beyond this are dropped, which bounds a profile to about 20 KB. */
const mostTerms = 8000;
const keptTerms = 6000;

/** @param by 1 to add a sheet's text, -1 to remove it when it is reclassified */
export function updatedProfile(profile: Profile, text: string, by: 1 | -1): Profile {
  const terms = new Map(profile.terms);
  for (const term of termsOf(text)) {
    const count = (terms.get(term) ?? 0) + by;
    if (count > 0) terms.set(term, count);
    else terms.delete(term);
  }
  return { code: profile.code, sheets: Math.max(0, profile.sheets + by), terms: withoutRarest(terms) };
}

function withoutRarest(terms: Map<string, number>): Map<string, number> {
  if (terms.size <= mostTerms) return terms;
  return new Map([...terms].sort((a, b) => b[1] - a[1]).slice(0, keptTerms));
}

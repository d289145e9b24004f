/** Each clause of the sources beside the city's law: who keeps it, by what evidence, what contradicts it. In Chinese. */
import { eventOf, type EntryType } from '../../../accountability/events/index.js';
import { keepers, ranks, trusts, type Clause } from './content.js';
import { readSources, sourceConflicts, type InForce } from './shipped.js';
import type { Catalogue } from '../model/index.js';

export function conformityOf(inForce: InForce) {
  const sources = readSources();
  const conflicts = sourceConflicts(sources, inForce);
  return {
    sources: sources.map(({ key, title, rank, binding, from, status }) => ({
      ...{ key, title, binding, from, status, rank: ranks[rank] },
      differences: conflicts.flatMap((one) => (one.sources.includes(key) ? [one.sentence] : [])),
    })),
    clauses: sources.flatMap(({ key, title, clauses }) =>
      clauses.map(({ id, place, says, source: read, trust, kept, evidence, reason }) => ({
        ...{ id: `${key} ${id}`, source: title, place, says, read, reason },
        ...{ trust: trusts[trust], kept, keptBy: keepers[kept] },
        evidence: evidenceInWords(evidence, inForce.catalogue),
      })),
    ),
  };
}

function evidenceInWords(
  { deeds, measures, entries, screens }: Clause['evidence'],
  { vocabulary, measures: counted }: Catalogue,
) {
  const titles = new Map(vocabulary.deeds.map(({ name, title }) => [name, title]));
  return [
    ...deeds.map((deed) => {
      const title = titles.get(deed);
      return { says: title === undefined ? `本市条例没有的行为 ${deed}` : `行为“${title}”`, screen: null };
    }),
    ...measures.map((key) => {
      const label = counted.measures[key]?.label;
      return { says: label === undefined ? `本市没有的量 ${key}` : `考核的量“${label}”`, screen: null };
    }),
    ...entries.map((type) => ({ says: `条目“${eventOf(type as EntryType).title}”`, screen: null })),
    ...screens.map((screen) => ({ says: `网页 ${screen}`, screen })),
  ];
}

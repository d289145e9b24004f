/** Finds applications to exclude facts from the assessment: whose are granted, where, and who grants them. */
import type { Exclusion } from '../facts.js';
import type { SubjectKind } from '../model/index.js';
import { tallying } from './pattern.js';

export const exclusions = tallying('exclusions', (tally) => {
  const districts = new Map<string, string>();
  const decided: Exclusion[] = [];
  return {
    sheet: ({ no, district }) => void (district === '' || districts.set(no, district)),
    exclusion: (one) => void decided.push(one),
    ended: () => {
      for (const { unit, actor, sheet, granted, stream, seq } of decided) {
        const subjects = [
          ['unit', unit],
          ['person', actor],
          ['district', districts.get(sheet) ?? ''],
        ] as const satisfies readonly (readonly [SubjectKind, string])[];
        for (const [kind, name] of subjects) {
          tally.of(kind, name);
          if (granted) tally.found(kind, name, { stream, seq });
        }
      }
    },
  };
});

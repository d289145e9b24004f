/** The vocabulary read in reverse: which duties each deed affects, and how. */
import { voidingActs, type Act, type Catalogue } from './model/index.js';

export interface DeedUse {
  readonly name: string;
  readonly title: string;
  /** Duties of office that may do it; empty for deeds of the caller and the program. */
  readonly who: readonly string[];
  readonly facts: { readonly [name: string]: string };
  readonly subject: string;
  /** Norms whose duties it opens. */
  readonly opens: readonly string[];
  /** Norms whose duties it discharges, alone or with others. */
  readonly discharges: readonly string[];
  /** Norms whose duties it waives, voids, breaks or remedies. */
  readonly moves: readonly string[];
}

export function deedUses({ vocabulary, norms }: Catalogue): DeedUse[] {
  return vocabulary.deeds.map(({ name, title, by, facts, subject }) => {
    const of = (actsOf: (duty: NonNullable<(typeof norms)[number]['duty']>) => readonly Act[]): string[] =>
      norms.flatMap(({ id, duty }) => (duty && actsOf(duty).some(({ deed }) => deed === name) ? [id] : []));
    return {
      name,
      title,
      who: by,
      facts,
      subject,
      opens: of(({ opens }) => opens),
      discharges: of(({ discharged }) => discharged.flat()),
      moves: of((duty) => [
        ...[...duty.waived, ...duty.madeGood].map(({ when }) => when),
        ...voidingActs(duty, vocabulary),
        ...duty.broken,
      ]),
    };
  });
}

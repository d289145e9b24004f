/** Names from the regulation's package for the keys that entries contain. */
import { optionsUnder, type FormField } from '../../../engine/index.js';
import type { Law } from '../../../kernel/law.js';
import { provisionLabel, type Catalogue } from '../../../law/regulation/index.js';

/** The subject of a deed that has a document or a proceeding of its own. */
export interface Subject {
  readonly key: string;
  /** 督办单. */
  readonly noun: string;
  readonly identity: 'instance' | 'unit';
}

export interface LawWords {
  readonly law: Law;
  readonly deed: (name: string) => string | undefined;
  readonly subjectOf: (deed: string) => Subject | undefined;
  /** Title of a limit by its clock. */
  readonly clock: (key: string) => string | undefined;
  readonly level: (key: string) => string;
  /** The options of a form's field, with those of its list. */
  readonly options: (field: FormField) => FormField['options'];
  /** Text like 第…条第…款, also for provisions of earlier versions of the package. */
  readonly provision: (id: string) => string;
  /** Subject of the provision, in the package's own words. */
  readonly about: (id: string) => string | undefined;
}

export function lawWords({ vocabulary, provision }: Catalogue, law: Law): LawWords {
  const deeds = new Map(vocabulary.deeds.map((deed) => [deed.name, deed]));
  const clocks = new Map(vocabulary.clocks.map(({ key, title }) => [key, title]));
  const levels = new Map(law.levels.map(({ key, title }) => [key, title]));
  const subjects = new Map(
    vocabulary.subjects.flatMap(({ key, noun, identity }) =>
      noun !== null && (identity === 'instance' || identity === 'unit')
        ? [[key, { key, noun, identity }] as const]
        : [],
    ),
  );
  return {
    law,
    deed: (name) => deeds.get(name)?.title,
    subjectOf: (deed) => subjects.get(deeds.get(deed)?.subject ?? ''),
    clock: (key) => clocks.get(key),
    level: (key) => levels.get(key) ?? key,
    options: (field) => optionsUnder(field, law),
    provision: provisionLabel,
    about: (id) => provision(id)?.words,
  };
}

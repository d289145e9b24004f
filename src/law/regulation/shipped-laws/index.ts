/**
 * The parts of the shipped versions that a program cites, for commands that need nothing else. The
 * files are read without validation, which would load zod: `package check` and `serve` validate the
 * whole package.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lawsByDay, type LawContent, type PurposesOf, type Version } from '../../../kernel/law-content.js';
import { lawOfContent, type Law, type LawVersions, type PackageLists } from '../../../kernel/law.js';
import { cityPackage } from '../../../kernel/package-root.js';

/** @throws {Error} if a file is wrong */
export function shippedLaws(root = cityPackage()): LawVersions {
  const folder = join(root, 'regulation');
  const contentOf = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  const { kinds: unitKinds } = contentOf('units.json') as { readonly kinds: PackageLists['unitKinds'] };
  const lists: PackageLists = {
    ...(contentOf('sheet.json') as Omit<PackageLists, 'unitKinds'>),
    unitKinds,
  };
  const laws = lawsByDay(
    readdirSync(join(folder, 'catalogue')).map((name) => {
      const read = (file: string): unknown => contentOf('catalogue', name, file);
      const content: LawContent & { readonly version: Version } = {
        version: read('version.json') as Version,
        purposes: read('purposes.json') as PurposesOf,
        legalBases: read('legal-bases.json') as LawContent['legalBases'],
        measures: read('measures.json') as LawContent['measures'],
        vocabulary: read('deeds.json') as LawContent['vocabulary'],
        chapters: readdirSync(join(folder, 'catalogue', name))
          .filter((file) => file.startsWith('chapter-'))
          .map((file) => read(file) as LawContent['chapters'][number]),
      };
      return { ...content.version, law: lawOfContent(content, lists) };
    }),
  );
  return {
    on: (day) => {
      const found = laws.findLast(({ from }) => from <= day) ?? laws[0];
      if (!found) throw new Error('no version of the regulation in regulation/catalogue');
      return found.law;
    },
    applied: [],
  };
}

/**
 * The shipped version in force on the day.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 */
export const shippedLaw = (day: string, root = cityPackage()): Law => shippedLaws(root).on(day, new Date(0));

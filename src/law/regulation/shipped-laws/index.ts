/**
 * The parts of the shipped versions that a program cites, for commands that need nothing else. The
 * files are read without validation, which would load zod: `package check` and `serve` validate the
 * whole package.
 */
import { lawsByDay, type Version } from '../../../kernel/law-content.js';
import { lawOfContent, type LawContent } from '../../../kernel/law-of-content.js';
import type { Law, LawVersions, PackageLists } from '../../../kernel/law.js';
import { packageJson, packageOn, packageVersion, packageVersions } from '../../../kernel/package-content.js';
import { partsAndRoles } from '../../../kernel/package-roles.js';
import { cityPackage } from '../../../kernel/package-root.js';

/** @throws {Error} if a file is wrong */
export function shippedLaws(root = cityPackage()): LawVersions {
  const listsOf = listsByPackage();
  const laws = lawsByDay(
    packageVersions(root).map((name) => {
      const content = packageVersion(name, root) as LawContent & { readonly version: Version };
      return {
        ...content.version,
        law: lawOfContent(content, listsOf(packageOn(content.version.inForceFrom, root))),
      };
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

/** Each package's lists are read once. */
function listsByPackage(): (root: string) => PackageLists {
  const known = new Map<string, PackageLists>();
  return (root) => {
    const lists = known.get(root) ?? listsIn(root);
    known.set(root, lists);
    return lists;
  };
}

function listsIn(root: string): PackageLists {
  const { kinds: unitKinds } = packageJson('regulation/units.json', root) as {
    readonly kinds: PackageLists['unitKinds'];
  };
  const sheet = packageJson('regulation/sheet.json', root) as Omit<
    PackageLists,
    keyof ReturnType<typeof partsAndRoles> | 'unitKinds'
  >;
  return { ...sheet, unitKinds, ...partsAndRoles(root) };
}

/**
 * The shipped version in force on the day.
 *
 * @param day `YYYY-MM-DD` in Asia/Shanghai
 */
export const shippedLaw = (day: string, root = cityPackage()): Law => shippedLaws(root).on(day, new Date(0));

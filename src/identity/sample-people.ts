/** The package's sample units and persons, at least one per role (`regulation/samples.json`). */
import { z } from 'zod';
import { packageJson } from '../kernel/package-content.js';
import { cityPackage } from '../kernel/package-root.js';
import { ownRoles, partsAndRoles } from '../kernel/package-roles.js';
import { rolesOf } from './roles/index.js';
import { roleSchema } from './rules.js';
import type { PackageLists } from '../kernel/law.js';
import { listedKey } from '../kernel/listed-key.js';
import { readUnitKinds } from '../kernel/package-lists.js';

const name = z.string().trim().min(1).max(100);

const samplesSchema = (kinds: PackageLists['unitKinds'], declared: readonly string[]) =>
  z.object({
    /** Parents come before their sub-units. */
    units: z
      .array(z.strictObject({ name, kind: listedKey('单位的种类', kinds), parent: name.nullable() }))
      .min(1),
    people: z.array(z.strictObject({ login: name, role: roleSchema(declared), unit: name })).min(1),
  });

type SamplePeople = z.output<ReturnType<typeof samplesSchema>>;

/** @throws {Error} saying what is wrong with the file */
export function readSamplePeople(root = cityPackage()): SamplePeople {
  const { units, people: all } = samplesSchema(readUnitKinds(root), ownRoles(root)).parse(
    packageJson('regulation/samples.json', root),
  );
  // The base has accounts for roles that some cities do not have.
  const offered = rolesOf(partsAndRoles(root)).map(({ key }) => key);
  const people = all.filter(({ role }) => offered.includes(role));
  const known = new Set<string>();
  for (const { name: unit, parent } of units) {
    if (parent !== null && !known.has(parent))
      throw new Error(`示例单位“${unit}”的上级“${parent}”不在它前面`);
    known.add(unit);
  }
  const lost = people.find(({ unit }) => !known.has(unit));
  if (lost) throw new Error(`示例帐号 ${lost.login} 的单位“${lost.unit}”不在示例单位里`);
  const missing = offered.filter((role) => !people.some((one) => one.role === role));
  if (missing.length > 0) throw new Error(`没有这些角色的示例帐号：${missing.join('、')}`);
  return { units, people };
}

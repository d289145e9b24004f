/** The register of units and people that a scenario states: what the program asks the database for. */
import { z } from 'zod';
import type { RegisteredUnit } from '../../cases/index.js';
import {
  accusedPathOf,
  chainOf,
  countedRoles,
  roles,
  type AccessRules,
  type AccusedPath,
  type Role,
} from '../../identity/index.js';
import { correcting, ofAccused } from '../../kernel/accused.js';
import { listedKey } from '../../kernel/listed-key.js';
import { Refusal } from '../../kernel/index.js';
import { ownRoles } from '../../kernel/package-roles.js';
import { readUnitKinds } from '../../kernel/package-lists.js';
import { unitName } from '../../kernel/unit-name.js';

export const registerShape = {
  units: z
    .array(z.strictObject({ name: z.string(), kind: z.string(), superior: z.string().optional() }))
    .optional(),
  /** Accounts, by log-in name; `by` names them. */
  people: z
    .array(z.strictObject({ name: z.string(), unit: z.string(), roles: z.array(z.string()) }))
    .optional(),
};

export type RegisterStated = z.infer<z.ZodObject<typeof registerShape>>;

export interface Register {
  readonly bodyKinds: readonly string[];
  among(names: readonly string[]): readonly RegisteredUnit[];
  pathOf(accused: string): AccusedPath | { readonly none: string };
  /** Whether there is such a person. */
  knows(person: string): boolean;
  /** Whether the person does tasks of the role that this unit's people do, or that of any unit. */
  does(person: string, role: string, unit: string | null | undefined): boolean;
  maySend(person: string, message: string): boolean;
}

/** Undefined if the scenario states no units. @throws {Refusal} `input.invalid` by name of what is wrong */
export function registerOf(
  { units = [], people = [] }: RegisterStated,
  rules: AccessRules,
): Register | undefined {
  if (units.length === 0 && people.length === 0) return undefined;
  const kind = listedKey('单位的种类', readUnitKinds());
  const all = units.map(({ superior, ...unit }, index) => {
    const found = kind.safeParse(unit.kind);
    if (!found.success)
      throw wrong(`units[${index}].kind`, found.error.issues.map(({ message }) => message).join('；'));
    return { ...unit, name: unitName(unit.name), parent: superior === undefined ? null : unitName(superior) };
  });
  const has = (name: string, before = all.length): boolean =>
    all.slice(0, before).some((one) => one.name === unitName(name));
  for (const [index, { parent }] of all.entries())
    if (parent !== null && !has(parent, index))
      throw wrong(`units[${index}].superior`, `“${parent}”没有写在它前面`);
  for (const [index, { unit }] of people.entries())
    if (!has(unit)) throw wrong(`people[${index}].unit`, `名册里没有“${unit}”`);
  const offered: readonly string[] = [...roles, ...ownRoles()];
  for (const [index, { roles: held }] of people.entries())
    for (const role of held)
      if (!offered.includes(role)) throw wrong(`people[${index}].roles`, `没有“${role}”这个角色`);
  const chain = (name: string) => chainOf(all, unitName(name));
  const personOf = (name: string) => {
    const person = people.find((one) => one.name === name);
    const above = person ? chain(person.unit) : [];
    const held = { roles: person?.roles as readonly Role[] };
    return person && { roles: countedRoles(rules, held), kind: above[0]?.kind ?? '', above };
  };
  const isWithin = (unit: string | null | undefined, whole: string | undefined): boolean =>
    typeof unit === 'string' && chain(unit).some(({ name }) => name === whole);
  return {
    bodyKinds: rules.standIns.kinds,
    among: (names) =>
      [...new Set(names.map(unitName))].sort().flatMap((name) => {
        const [own, ...above] = chain(name);
        return own ? [{ ...own, above }] : [];
      }),
    pathOf: (accused) =>
      accusedPathOf(
        { paths: rules.standIns.accused.paths, bodies: rules.standIns.bodies, hasDuty: rules.hasDuty },
        { units: all, unitOf: (key) => people.find(({ name }) => name === key)?.unit },
        accused,
      ),
    knows: (person) => personOf(person) !== undefined,
    does: (person, role, unit) => {
      const known = personOf(person);
      if (!known || !rules.duties(known.roles, known.kind).includes(role)) return false;
      if (role === correcting) return unit === rules.standIns.wholeOf(known.above);
      return (
        (!rules.standIns.isOfUnit(role) && !ofAccused.includes(role)) || isWithin(unit, known.above[0]?.name)
      );
    },
    maySend: (person, message) => {
      const known = personOf(person);
      return known !== undefined && rules.maySend(message, known.roles, known.kind);
    },
  };
}

const wrong = (where: string, what: string): Refusal =>
  new Refusal('input.invalid', `${where}：${what}`, {
    where,
    remedy: '单位的种类见 regulation/units.json；上级、人员的单位写 units 里有的，上级在先',
  });

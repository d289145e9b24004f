/**
 * Bodies of the regulation whose duties another body does if they are recused: data of the package
 * (`regulation/bodies.json`), from the lowest to the highest.
 */
import { z } from 'zod';
import { packageJson } from '../kernel/package-content.js';
import { cityPackage } from '../kernel/package-root.js';
import { roles, type Role, type UnitKind } from './roles/index.js';
import type { PackageLists } from '../kernel/law.js';
import { ownRoles } from '../kernel/package-roles.js';
import { listedKey } from '../kernel/listed-key.js';
import { readUnitKinds } from '../kernel/package-lists.js';
import { accusedRows, presumedPath, wholeOf, type AccusedPath, type AccusedRows } from './accused.js';
import { accusedIn } from '../kernel/accused.js';
import type { Unit } from './store/person-store.js';

const bodiesSchema = (kinds: PackageLists['unitKinds']) =>
  z.strictObject({
    /** Policy whose value is the kind of the body that stands in first. */
    policy: z.string(),
    bodies: z.array(
      z.strictObject({
        kind: listedKey('单位的种类', kinds),
        /** Name in the regulation; the name in the register of units takes precedence. */
        name: z.string(),
        /** Bearers of duties in the catalogue; the first is the body itself. */
        bearers: z.array(z.string()).min(1),
        /** The `duty:role` values of its tasks. */
        duties: z.array(z.string()).min(1),
        /** The `duty:role` by which it does another's tasks; a body without it stands in for nobody. */
        standsInAs: z.string().optional(),
      }),
    ),
    /** Roles that may see a sheet against their own body, if they hold no others. */
    seesThoughAccused: z.array(z.enum(roles) as z.ZodType<Role>),
    /** Not written where nobody is held accountable. */
    accused: accusedRows(kinds).default({ paths: [], elsewhere: kinds.map(({ key }) => key) }),
  });

type Body = z.output<ReturnType<typeof bodiesSchema>>['bodies'][number];

/** A task's role → the role that does it instead. */
export type StandInRoles = Readonly<Record<string, string>>;

interface Superior {
  readonly role: string;
  readonly name: string;
}

export interface StandIns {
  readonly policy: string;
  readonly kinds: readonly UnitKind[];
  kindNamed(name: string): UnitKind | undefined;
  /** @param first kind of the body that stands in first, set by the policy */
  rolesFor(recused: readonly string[], first: string | undefined): StandInRoles;
  /** The body whose people do tasks of the role. */
  nameOf(role: string): string | undefined;
  /** The body above that one, and the role under which its people are notified. */
  superiorOf(role: string): Superior | undefined;
  /** Whether only the unit's own people do the tasks of the role: those of the unit, or of a role of the package's own. */
  isOfUnit(role: string): boolean;
  /** The `duty:role` values of the bodies that are this bearer. */
  dutiesOf(bearer: string): readonly string[];
  /** Who bears this bearer's duty while these roles are taken over. */
  bearerFor(bearer: string, taken: StandInRoles): string;
  /** Whether people of these roles see no sheets against their own body, though they see all others. */
  isBlind(held: readonly Role[], unit: UnitKind): boolean;
  /** Who corrects and orders, for each kind of accused. */
  readonly accused: AccusedRows;
  /** The bodies with their names in the regulation, from the lowest to the highest. */
  readonly bodies: readonly { readonly kind: UnitKind; readonly name: string }[];
  /** Who deals with an accused of whom no register was asked; if nobody is known, the lowest body's superiors order. */
  presumedPath(accused: string | undefined): AccusedPath;
  /** Name of the whole unit of which the unit is a part. @param above the unit, then those above it */
  wholeOf(above: readonly Pick<Unit, 'name' | 'kind'>[]): string;
}

/** @param root of the package */
export function readStandIns(root = cityPackage()): StandIns {
  const { policy, bodies, seesThoughAccused, accused } = bodiesSchema(readUnitKinds(root)).parse(
    packageJson('regulation/bodies.json', root),
  );
  const kinds = bodies.map((body) => body.kind);
  const own = ownRoles(root);
  const substituteOf = (place: number, recused: readonly string[], first: string | undefined) =>
    bodies
      .slice(
        Math.max(
          place + 1,
          bodies.findIndex((body) => body.kind === first),
        ),
      )
      .find((body) => body.standsInAs !== undefined && !recused.includes(body.kind))?.standsInAs;
  const placeOf = (role: string): number =>
    bodies.findIndex(({ duties, standsInAs }) => duties.includes(role) || standsInAs === role);
  return {
    policy,
    kinds,
    accused,
    bodies,
    presumedPath: (written) =>
      presumedPath(accused, bodies, accusedIn(written) ?? { kind: 'agent', key: '' }),
    wholeOf: (above) => wholeOf(above, bodies)?.name ?? '',
    kindNamed: (name) => bodies.find((body) => body.name === name)?.kind,
    rolesFor: (recused, first) =>
      Object.fromEntries(
        bodies.flatMap(({ kind: own, duties }: Body, place) => {
          const role = recused.includes(own) ? substituteOf(place, recused, first) : undefined;
          return role === undefined ? [] : duties.map((duty) => [duty, role]);
        }),
      ),
    nameOf: (role) => bodies[placeOf(role)]?.name,
    superiorOf: (role) => {
      const place = placeOf(role);
      if (place < 0) return undefined;
      const above = bodies.slice(place + 1).find(({ standsInAs }) => standsInAs !== undefined);
      return above?.standsInAs === undefined ? undefined : { role: above.standsInAs, name: above.name };
    },
    dutiesOf: (bearer) =>
      bodies.filter(({ bearers }) => bearers.includes(bearer)).flatMap(({ duties }) => duties),
    bearerFor: (bearer, taken) => {
      const role = taken[bodies.find(({ bearers }) => bearers.includes(bearer))?.duties[0] ?? ''];
      const substitute = bodies.find(({ standsInAs }) => role !== undefined && standsInAs === role);
      return substitute?.bearers[0] ?? bearer;
    },
    isOfUnit: (role) => role === 'unit' || own.includes(role),
    isBlind: (held, unit) =>
      kinds.includes(unit) && !(held.length > 0 && held.every((role) => seesThoughAccused.includes(role))),
  };
}

/**
 * Who corrects what an accused did, and who orders it: data of the package (`accused` in
 * `regulation/bodies.json`), applied to the register of units and people.
 */
import { z } from 'zod';
import {
  accusedIn,
  accusedKinds,
  accusedText,
  correcting,
  ordering,
  unknownAccused,
  type Accused,
} from '../kernel/accused.js';
import { listedKey } from '../kernel/listed-key.js';
import type { PackageLists } from '../kernel/law.js';
import { unitName } from '../kernel/unit-name.js';
import type { Transaction } from '../platform/database/index.js';
import type { UnitKind } from './roles/index.js';
import { findPerson, listPersons, listUnits, type Unit } from './store/person-store.js';

export const accusedRows = (kinds: PackageLists['unitKinds']) => {
  const kind = listedKey('单位的种类', kinds);
  return z.strictObject({
    paths: z.array(
      z.strictObject({
        accused: z.array(z.enum(accusedKinds)).min(1),
        /** Kinds of the accused unit, or of the person's unit. */
        kinds: z.array(kind).min(1),
        /** The accused's own body: the unit itself, or the person's. */
        corrects: z.literal('body'),
        /** The next unit above in the register; if there is none, the first of `above`. */
        orders: z.literal('superior'),
        above: z.array(kind).min(1),
        decides: z.literal('supervisory-organ'),
        note: z.string().optional(),
      }),
    ),
    /** Kinds that the supervisory organ of this city does not judge. */
    elsewhere: z.array(kind),
  });
};

export type AccusedRows = z.output<ReturnType<typeof accusedRows>>;

/** Who deals with an accused, by the names of the units; the first superior that is not recused orders. */
export interface AccusedPath {
  readonly body: string;
  readonly superiors: readonly string[];
}

type Place = Pick<Unit, 'name' | 'kind'>;
type Bodies = readonly Place[];

/**
 * The unit as a whole: a body has parts of its own kind; of any other kind each unit stands alone.
 *
 * @param above the unit, then those above it
 */
export function wholeOf(above: readonly Place[], bodies: Bodies): Place | undefined {
  const [own] = above;
  if (!own || bodies.every(({ kind }) => kind !== own.kind)) return own;
  const end = above.findIndex(({ kind }) => kind !== own.kind);
  return above.at(end < 0 ? -1 : end - 1);
}

/** Without a register: only the package's bodies are known, and every other unit is below them. */
export function presumedPath(
  { paths }: AccusedRows,
  bodies: Bodies,
  { kind: accused, key }: Accused,
): AccusedPath {
  const body = accused === 'agent' ? bodies[0] : bodies.find(({ name }) => name === key);
  const isBody = (kind: UnitKind): boolean => bodies.some((one) => one.kind === kind);
  const row = paths.find(
    (one) =>
      one.accused.includes(accused) && one.kinds.some((kind) => (body ? kind === body.kind : !isBody(kind))),
  );
  return { body: body?.name ?? key, superiors: row?.above.map((kind) => nameIn(bodies, kind)) ?? [] };
}

const nameIn = (places: readonly Place[], kind: UnitKind): string =>
  places.find((one) => one.kind === kind)?.name ?? kind;

/** What is missing for some accused, by its name: nobody could correct, or nobody could order it. */
export function accusedFaults(
  { paths, elsewhere }: AccusedRows,
  kinds: PackageLists['unitKinds'],
  hasDuty: (duty: string, kind: UnitKind) => boolean,
): string[] {
  return kinds
    .filter(({ key }) => !elsewhere.includes(key))
    .flatMap(({ key, name }) => {
      const rows = paths.filter((row) => row.kinds.includes(key));
      if (!rows.some(({ accused }) => accused.includes('unit')))
        return [`没有写${name}（${key}）被指控时由谁改正、由谁责令`];
      const isAbove = (one: UnitKind): boolean => one !== key && hasDuty(ordering, one);
      return [
        ...(hasDuty(correcting, key)
          ? []
          : [`${name}（${key}）被指控时没有人改正：它的人没有岗位 ${correcting}`]),
        ...(rows.every(({ above }) => above.some(isAbove))
          ? []
          : [`${name}（${key}）被指控时没有人责令：它上面的机关没有岗位 ${ordering}`]),
      ];
    });
}

export interface AccusedRegister {
  /** Or why there is none: no such unit or person, or the law has no path for it. */
  pathOf(transaction: Transaction, accused: string): Promise<AccusedPath | { readonly none: string }>;
  /** The name of a unit or person, for the screen. */
  nameOf(transaction: Transaction, accused: string): Promise<string>;
  /** Units and people whose name or key contains the text, up to `most`. */
  find(transaction: Transaction, text: string, most: number): Promise<readonly FoundAccused[]>;
}

interface FoundAccused {
  /** As forms and the trail write it. */
  readonly accused: string;
  readonly name: string;
  /** A person's unit. */
  readonly unit: string | null;
}

/** By the law's rows and a register. @param register.unitOf the unit of a person with an account */
export function accusedPathOf(
  {
    paths,
    bodies,
    hasDuty,
  }: {
    readonly paths: AccusedRows['paths'];
    readonly bodies: Bodies;
    readonly hasDuty: (duty: string, kind: UnitKind) => boolean;
  },
  {
    units,
    unitOf,
  }: {
    readonly units: readonly Omit<Unit, 'id'>[];
    readonly unitOf: (login: string) => string | undefined;
  },
  written: string,
): AccusedPath | { readonly none: string } {
  const accused = accusedIn(written);
  if (!accused) return { none: '写法不对' };
  const own = accused.kind === 'unit' ? unitName(accused.key) : unitOf(accused.key);
  if (own === undefined) return { none: '没有这个帐号' };
  const above = chainOf(units, own);
  const body = wholeOf(above, bodies);
  if (!body) return { none: '单位名册里没有' };
  const row = paths.find((one) => one.accused.includes(accused.kind) && one.kinds.includes(body.kind));
  if (!row) return { none: '这种单位、人员不在本市的监察机关问责的范围' };
  const higher = above.slice(above.findIndex(({ name }) => name === body.name) + 1);
  const superiors = [
    ...higher.filter(({ kind }) => hasDuty(ordering, kind)).map(({ name }) => name),
    ...row.above.map((kind) => nameIn([...units, ...bodies], kind)),
  ];
  return { body: body.name, superiors: [...new Set(superiors)] };
}

export const createAccusedRegister = (
  { paths }: AccusedRows,
  bodies: Bodies,
  hasDuty: (duty: string, kind: UnitKind) => boolean,
): AccusedRegister => ({
  pathOf: async (transaction, written) => {
    const accused = accusedIn(written);
    const person =
      !accused || accused.kind === 'unit' ? undefined : await findPerson(transaction, { login: accused.key });
    const unitOf = (): string | undefined => (person?.closedAt === null ? person.unit.name : undefined);
    return accusedPathOf(
      { paths, bodies, hasDuty },
      { units: await listUnits(transaction), unitOf },
      written,
    );
  },
  nameOf: async (transaction, written) => {
    const accused = accusedIn(written);
    if (!accused) return written === unknownAccused ? '还不知道' : written;
    const isUnit = accused.kind === 'unit';
    const person = isUnit ? undefined : await findPerson(transaction, { login: accused.key });
    return person ? `${person.name}（${person.unit.name}）` : accused.key;
  },
  find: async (transaction, text, most) => {
    const [units, people] = [await listUnits(transaction), await listPersons(transaction)];
    const hotline = bodies[0]?.kind;
    return [
      ...units.map(({ name }) => ({ accused: accusedText({ kind: 'unit', key: name }), name, unit: null })),
      ...people
        .filter(({ closedAt }) => closedAt === null)
        .map(({ login, name, unit }) => ({
          accused: accusedText({ kind: unit.kind === hotline ? 'agent' : 'official', key: login }),
          ...{ name, unit: unit.name },
        })),
    ]
      .filter(({ accused, name }) => accused.includes(text) || name.includes(text))
      .slice(0, most);
  },
});

/** The unit, then those above it. */
export function chainOf(units: readonly Omit<Unit, 'id'>[], name: string): readonly Omit<Unit, 'id'>[] {
  const own = units.find((one) => one.name === name);
  return own ? [own, ...(own.parent === null ? [] : chainOf(units, own.parent))] : [];
}

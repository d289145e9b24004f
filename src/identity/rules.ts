/** Access rules: data edited by an officer, read and checked once at start. */
import { z } from 'zod';
import { packageJson } from '../kernel/package-content.js';
import { cityPackage } from '../kernel/package-root.js';
import { isOwnRole, roles, titleOf, type Role, type UnitKind } from './roles/index.js';
import { readStandIns, type StandInRoles, type StandIns } from './stand-ins.js';
import { ownRoles } from '../kernel/package-roles.js';
import { listedKey } from '../kernel/listed-key.js';
import type { PackageLists } from '../kernel/law.js';
import { readUnitKinds } from '../kernel/package-lists.js';
import { accusedFaults } from './accused.js';

const roleKey = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

/**
 * A role of the package's own: it is also the `duty:role` of its tasks, which record only the deeds
 * in `may`. A role of the program needs only another name.
 */
const named = z.union([
  z.strictObject({ key: z.enum(roles), name: z.string().trim().min(1).max(20) }),
  z.strictObject({
    key: roleKey.refine(isOwnRole, '程序的角色只能改名称：只写 key 和 name'),
    name: z.string().trim().min(1).max(20),
    within: z.literal('unit'),
    may: z.array(z.string()).min(1),
  }),
]);

export const roleSchema = (declared: readonly string[]): z.ZodType<Role> =>
  listedKey(
    '角色',
    [...new Set([...roles, ...declared])].map((key) => ({ key, name: titleOf(key as Role) })),
  ) as unknown as z.ZodType<Role>;

const rulesSchema = (kinds: PackageLists['unitKinds'], declared: readonly string[]) => {
  const unitKind = listedKey('单位的种类', kinds);
  const role = roleSchema(declared);
  return z.strictObject({
    roles: z.array(named).default([]),
    /** A diagram's `duty:role` → the role that performs it, optionally restricted to kinds of units. */
    duties: z.array(
      z.strictObject({
        duty: z.string(),
        role,
        unitKinds: z.array(unitKind).optional(),
        /** Bearers of the catalogue's norms whose people have the duty, besides those of `bodies.json`. */
        bearers: z.array(z.string()).default([]),
      }),
    ),
    exclusive: z.array(z.strictObject({ roles: z.tuple([role, role]), reason: z.string() })),
    /** Roles that exclude all roles outside this list. */
    administratorsOnly: z.array(role),
    /** Roles that see every sheet, if their unit's kind is in `seesAllFrom`. */
    seesAll: z.array(role),
    /** Roles that see the sheets of their unit and its sub-units. */
    seesOwn: z.array(role),
    /** Messages that people may send to a case, with their roles; all others are between processes. */
    messages: z.array(
      z.strictObject({
        message: z.string(),
        roles: z.array(role),
        /** Those of these roles that may name only their own unit in the message. */
        ofOwnUnits: z.array(role).optional(),
        /** Kinds of the units whose people may send it; default: all. */
        unitKinds: z.array(unitKind).optional(),
        /** The policy that must be `true` for the message to have an effect. */
        policy: z.string().optional(),
      }),
    ),
    seesAllFrom: z.array(unitKind),
  });
};

const count = z.number().int().positive();

const limitsSchema = z.strictObject({
  session: z.strictObject({ idleMinutes: count, absoluteMinutes: count, recentMinutes: count }),
  signIn: z.strictObject({
    failuresOfAccountAndAddress: count,
    failuresOfAccount: count,
    failuresOfAddress: count,
    withinMinutes: count,
  }),
  /** Callers' progress queries. */
  progress: z.strictObject({ failuresOfNumber: count, queriesOfAddress: count, withinMinutes: count }),
  /**
   * Limits per sheet: what its caller adds in total, and per day. Limits per address: filings, and
   * questions to the knowledge base.
   */
  callers: z.strictObject({
    additions: count,
    additionsADay: count,
    filingsOfAddress: count,
    questionsOfAddress: count,
    withinMinutes: count,
  }),
  /** Limits on reveals of callers' data. */
  reveals: z.strictObject({ most: count, withinMinutes: count }),
  requests: z.strictObject({ most: count, withinSeconds: count }),
  /** Limits for other systems: requests per token across all programs, and validity of tokens. */
  tokens: z.strictObject({
    most: count,
    withinSeconds: count,
    longestDays: count.max(366),
    longestOverlapHours: count,
  }),
  password: z.strictObject({ shortest: z.number().int().min(8) }),
});

export type Limits = z.output<typeof limitsSchema>;

export interface AccessRules {
  readonly limits: Limits;
  readonly standIns: StandIns;
  /** Why one person must not hold both; undefined if allowed. */
  exclusion(one: Role, other: Role): string | undefined;
  /** The `duty:role` values performed by these roles in a unit of this kind. */
  duties(held: readonly Role[], unit: UnitKind): readonly string[];
  /** Every `duty:role` that a diagram may name, with its role and kinds of units. */
  readonly dutyRoles: readonly {
    readonly duty: string;
    readonly role: Role;
    readonly unitKinds?: readonly UnitKind[] | undefined;
  }[];
  /** Deeds that the tasks of a role of the package's own record. */
  may(role: Role): readonly string[];
  /** Whether some people of units of this kind have the duty. */
  readonly hasDuty: (duty: string, kind: UnitKind) => boolean;
  /** The `duty:role` values of those who bear the catalogue's norms as this bearer. */
  dutiesOfBearer(bearer: string): readonly string[];
  /** Whether every sheet is visible; otherwise only those of their unit and its sub-units. */
  seesAll(held: readonly Role[], unit: UnitKind): boolean;
  seesOwn(held: readonly Role[]): boolean;
  /**
   * Of a unit and the units above it, those whose recusal binds its people: the unit itself, and
   * those of which it is a part. A unit below a body that sees every sheet is not therefore a part
   * of that body.
   */
  boundBy(above: readonly { readonly name: string; readonly kind: string }[]): readonly string[];
  /** Names of messages that people may send. */
  readonly messages: readonly string[];
  /** The policy that enables a message; undefined if none is needed. */
  opening(message: string): string | undefined;
  /** Roles that may send a message from outside; empty for messages between processes. */
  sendersOf(message: string): readonly Role[];
  /** Whether these roles may send it in a unit of this kind. */
  maySend(message: string, held: readonly Role[], unit: UnitKind): boolean;
  /**
   * Whether people with these duties may send the message in place of a recused body.
   *
   * @param taken roles whose tasks stand-ins do in the case
   */
  sendInstead(message: string, duties: readonly string[], taken: StandInRoles): boolean;
  /** Whether the roles they hold permit naming only their own units in the message. */
  namesOwnUnits(message: string, held: readonly Role[]): boolean;
}

export function readAccessRules(root = cityPackage()): AccessRules {
  const rules = rulesSchema(readUnitKinds(root), ownRoles(root)).parse(
    packageJson('regulation/roles.json', root),
  );
  // The head of a unit acts for the unit.
  const ofUnits = rules.duties.flatMap(({ duty, bearers }) => (duty === 'unit' ? bearers : []));
  const duties = [
    ...rules.duties,
    ...rules.roles.flatMap((one) =>
      'may' in one ? [{ duty: one.key, role: one.key, unitKinds: undefined, bearers: ofUnits }] : [],
    ),
  ];
  const limits = limitsSchema.parse(packageJson('regulation/access.json', root));
  const hasDuty = (duty: string, kind: UnitKind): boolean =>
    duties.some((one) => one.duty === duty && (one.unitKinds?.includes(kind) ?? true));
  const standIns = readStandIns(root);
  const faults = accusedFaults(standIns.accused, readUnitKinds(root), hasDuty);
  if (faults.length > 0) throw new Error(faults.join('；'));
  const isAdministrator = (one: Role) => rules.administratorsOnly.includes(one);
  const sendersOf = (message: string): readonly Role[] =>
    rules.messages.find((entry) => entry.message === message)?.roles ?? [];
  return {
    limits,
    standIns,
    hasDuty,
    dutyRoles: duties,
    may: (role) => rules.roles.flatMap((one) => ('may' in one && one.key === role ? one.may : [])),
    exclusion: (one, other) => {
      if (isAdministrator(one) !== isAdministrator(other)) return '管理员不办业务，办业务的不任管理员';
      const pair = rules.exclusive.find((pair) => pair.roles.includes(one) && pair.roles.includes(other));
      return one === other ? undefined : pair?.reason;
    },
    duties: (held, unit) => [
      ...new Set(
        duties
          .filter((entry) => held.includes(entry.role) && (entry.unitKinds?.includes(unit) ?? true))
          .map((entry) => entry.duty),
      ),
    ],
    dutiesOfBearer: (bearer) => [
      ...standIns.dutiesOf(bearer),
      ...duties.filter(({ bearers }) => bearers.includes(bearer)).map(({ duty }) => duty),
    ],
    boundBy: (above) =>
      above
        .filter(({ kind }) => kind === above[0]?.kind || rules.seesAllFrom.every((one) => one !== kind))
        .map(({ name }) => name),
    seesOwn: (held) => held.some((one) => isOwnRole(one) || rules.seesOwn.includes(one)),
    messages: rules.messages.map(({ message }) => message),
    opening: (message) => rules.messages.find((entry) => entry.message === message)?.policy,
    sendersOf,
    maySend: (message, held, unit) =>
      sendersOf(message).some((role) => held.includes(role)) &&
      (rules.messages.find((one) => one.message === message)?.unitKinds?.includes(unit) ?? true),
    sendInstead: (message, held, taken) =>
      duties.some(
        ({ duty, role: sender }) => sendersOf(message).includes(sender) && held.includes(taken[duty] ?? ''),
      ),
    namesOwnUnits: (message, held) => {
      const entry = rules.messages.find((one) => one.message === message);
      const senders = entry?.roles.filter((one) => held.includes(one)) ?? [];
      return senders.length > 0 && senders.every((one) => entry?.ofOwnUnits?.includes(one) === true);
    },
    seesAll: (held, unit) =>
      rules.seesAllFrom.includes(unit) && held.some((one) => rules.seesAll.includes(one)),
  };
}

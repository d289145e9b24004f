/** Who may hold, do and see what, and for how long: data that an officer edits, read and checked once at the start. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../kernel/package-root.js';
import { roles, unitKinds, type Role, type UnitKind } from './roles/index.js';

const role = z.enum(roles);

const rulesSchema = z.strictObject({
  /** A diagram's `duty:role` and the role that does it, where given only in units of these kinds. */
  duties: z.array(
    z.strictObject({ duty: z.string(), role, unitKinds: z.array(z.enum(unitKinds)).optional() }),
  ),
  exclusive: z.array(z.strictObject({ roles: z.tuple([role, role]), reason: z.string() })),
  /** Whoever holds one of these holds no other kind. */
  administratorsOnly: z.array(role),
  /** Roles that see every sheet, where their unit is of one of the kinds in `seesAllFrom`. */
  seesAll: z.array(role),
  /** Roles that see the sheets of their unit and the units below it. */
  seesOwn: z.array(role),
  /** Messages that people send to a case, and who may; all others pass between processes only. */
  messages: z.array(z.strictObject({ message: z.string(), roles: z.array(role) })),
  seesAllFrom: z.array(z.enum(unitKinds)),
});

const count = z.number().int().positive();

const limitsSchema = z.strictObject({
  session: z.strictObject({ idleMinutes: count, absoluteMinutes: count, recentMinutes: count }),
  signIn: z.strictObject({
    failuresOfAccountAndAddress: count,
    failuresOfAccount: count,
    failuresOfAddress: count,
    withinMinutes: count,
  }),
  /** Callers who ask how their matter stands. */
  progress: z.strictObject({ failuresOfNumber: count, queriesOfAddress: count, withinMinutes: count }),
  /** How often somebody may look at callers' data. */
  reveals: z.strictObject({ most: count, withinMinutes: count }),
  requests: z.strictObject({ most: count, withinSeconds: count }),
  /** Of other systems: requests of one token at all programs together, and how long a token lives. */
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
  /** Why the two may not be held by one person, or undefined where they may. */
  exclusion(one: Role, other: Role): string | undefined;
  /** The `duty:role` values of diagrams that somebody does with these roles in a unit of this kind. */
  duties(held: readonly Role[], unit: UnitKind): readonly string[];
  /** Every `duty:role` that a diagram may name, with the role that does it and the kinds of units it is limited to. */
  readonly dutyRoles: readonly {
    readonly duty: string;
    readonly role: Role;
    readonly unitKinds?: readonly UnitKind[] | undefined;
  }[];
  /** Whether every sheet is theirs to see; else those of their own unit and the units below it. */
  seesAll(held: readonly Role[], unit: UnitKind): boolean;
  seesOwn(held: readonly Role[]): boolean;
  /** Names of the messages that people send. */
  readonly messages: readonly string[];
  /** The roles that may send a message from outside: none for one between processes. */
  sendersOf(message: string): readonly Role[];
}

export function readAccessRules(folder = join(packageRoot, 'regulation')): AccessRules {
  const rules = rulesSchema.parse(JSON.parse(readFileSync(join(folder, 'roles.json'), 'utf8')));
  const limits = limitsSchema.parse(JSON.parse(readFileSync(join(folder, 'access.json'), 'utf8')));
  const isAdministrator = (one: Role) => rules.administratorsOnly.includes(one);
  return {
    limits,
    dutyRoles: rules.duties,
    exclusion: (one, other) => {
      if (isAdministrator(one) !== isAdministrator(other)) return '管理员不办业务,办业务的不任管理员';
      const pair = rules.exclusive.find((pair) => pair.roles.includes(one) && pair.roles.includes(other));
      return one === other ? undefined : pair?.reason;
    },
    duties: (held, unit) =>
      rules.duties
        .filter((entry) => held.includes(entry.role) && (entry.unitKinds?.includes(unit) ?? true))
        .map((entry) => entry.duty),
    seesOwn: (held) => held.some((one) => rules.seesOwn.includes(one)),
    messages: rules.messages.map(({ message }) => message),
    sendersOf: (message) => rules.messages.find((entry) => entry.message === message)?.roles ?? [],
    seesAll: (held, unit) =>
      rules.seesAllFrom.includes(unit) && held.some((one) => rules.seesAll.includes(one)),
  };
}

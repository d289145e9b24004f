/** Data from the rest of the system that the checks need (src/design/compliance/context.ts). */
import { daysOf, type WorkingCalendar } from '../../calendar/index.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { ClassTree } from '../../sheet/classification/index.js';
import type { CheckContext, HandlerFacts, PolicyFacts, RoleFacts, Registered } from '../compliance/index.js';
import { drawnClock, producedByHandlers } from '../../handlers/index.js';
import type { AccessRules, Role } from '../../identity/index.js';
import { districtKinds } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import type { PolicyDefinition } from '../../law/policy/index.js';
import type { Norm, Vocabulary } from '../../law/regulation/index.js';
import { givenVariables, sentMessages, sheetVariables } from './given-variables.js';
import { districtGrid } from '../../sheet/districts/index.js';

export interface CheckSources {
  readonly law: Law;
  readonly classes: ClassTree;
  /** Undefined if there is no register of units. */
  readonly units: readonly string[] | undefined;
  readonly norms: readonly Norm[];
  readonly vocabulary: Vocabulary;
  readonly inForce: readonly string[];
  readonly tables: readonly string[];
  readonly handlers: readonly string[];
  readonly calendar: WorkingCalendar;
  readonly policies: readonly PolicyDefinition[];
  readonly valueOf: (policy: string) => string | undefined;
  readonly access: Pick<AccessRules, 'dutyRoles' | 'exclusion' | 'messages'>;
}

/** The regulation's first year. */
const firstDay = '2018-01-01' as CivilDate;

export function checkContextOf(
  sources: CheckSources,
  asked: Pick<CheckContext, 'stage' | 'reports'> = { stage: 'drawing' },
): CheckContext {
  const {
    law,
    classes,
    units,
    norms,
    vocabulary,
    inForce,
    tables,
    handlers,
    calendar,
    policies,
    valueOf,
    access,
  } = sources;
  return {
    ...asked,
    law,
    norms,
    vocabulary,
    inForce,
    tables,
    handlers: handlers.map((name) => handlerFacts(name, law)),
    registers: registersOf(classes, units, law),
    sheet: sheetVariables(law),
    given: givenVariables(law),
    sent: [...sentMessages, ...access.messages],
    calendar: daysOf(calendar, firstDay, lastSettled(calendar)),
    policies: policies.map((policy) => policyFacts(policy, valueOf(policy.key) ?? policy.value)),
    roles: access.dutyRoles.map((one) => roleFacts(one, access, law)),
  };
}

/** The last day of the last year whose schedule is published. */
function lastSettled(calendar: WorkingCalendar): CivilDate {
  const years = calendar.sources
    .filter(({ kind }) => kind === 'schedule')
    .flatMap((source) => [...source.years]);
  return `${Math.max(2018, ...years)}-12-31` as CivilDate;
}

/** A handler of others that declares nothing writes no variable that diagrams could use. */
function handlerFacts(name: string, law: Law): HandlerFacts {
  const { writes = {}, errors = {}, moves = {} } = producedByHandlers(law).get(name) ?? {};
  const moved = Object.values(moves).map((limit) => (limit === drawnClock ? null : limit));
  return { name, writes, errors: Object.keys(errors), moves: moved };
}

function policyFacts(policy: PolicyDefinition, value: string): PolicyFacts {
  const { key, label } = policy;
  return { key, label, value, values: valuesOf(policy, value) };
}

function valuesOf(policy: PolicyDefinition, value: string): readonly string[] {
  switch (policy.kind) {
    case 'choice':
      return Object.keys(policy.choices);
    case 'length':
      if (policy.unit === 'working-days') return [`P${policy.most}D`];
      return [`PT${policy.most}${policy.unit === 'minutes' ? 'M' : 'H'}`];
    case 'business-hours':
    case 'count':
    case 'emergencies':
      return [value];
  }
}

/**
 * Roles that may see callers' data (docs/personal-data.md). Units see them only on request, so
 * `handler` is not among them.
 */
const lookingAtCallers: ReadonlySet<Role> = new Set<Role>(['intake', 'reviewer', 'supervisor', 'inspector']);

function roleFacts(
  { duty, role, unitKinds }: CheckSources['access']['dutyRoles'][number],
  { dutyRoles, exclusion }: CheckSources['access'],
  law: Law,
): RoleFacts {
  const below = role === 'handler' || unitKinds?.some((kind) => districtKinds(law).includes(kind)) === true;
  return {
    role: duty,
    exclusive: dutyRoles
      .filter((other) => exclusion(role, other.role) !== undefined)
      .map((other) => other.duty),
    ofUnit: role === 'handler',
    seesCaller: lookingAtCallers.has(role) && !below,
    seesAccused: !below,
  };
}

function registersOf(
  { classes }: ClassTree,
  units: readonly string[] | undefined,
  law: Law,
): CheckContext['registers'] {
  const trades = new Set(classes.flatMap(({ trade }) => trade ?? []));
  return {
    class: classes.map(({ code, name, parent }) => ({ value: code, name, parent })),
    trade: named(trades),
    district: named(districtGrid().map(({ name }) => name)),
    kind: law.kinds.map(({ key, name }) => ({ value: key, name })),
    ...(units ? { unit: named(units) } : {}),
    basis: law.intake.bases.map(({ key, name }) => ({ value: key, name })),
  };
}

const named = (values: Iterable<string>): readonly Registered[] =>
  [...values].map((value) => ({ value, name: value }));

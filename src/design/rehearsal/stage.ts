/** The environment of a rehearsed case: definitions (a draft among those in force), calendar, policies, handlers. */
import { createDueDates, defaultCalendar, type WorkingCalendar } from '../../calendar/index.js';
import { definitionSet, tokenRuntime, type DefinitionSet, type InMemoryDeps } from '../../engine/index.js';
import { standInsOf, unitOfRole, type StandIns } from '../../cases/index.js';
import { createHandlers } from '../../handlers/index.js';
import { readAccessRules, type AccessRules } from '../../identity/index.js';
import { onlyLaw, type Law } from '../../kernel/law.js';
import { checkValue, policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { shippedCatalogue, type Catalogue } from '../../law/regulation/index.js';
import type { Policies } from '../../kernel/timer-spec.js';
import { registerOf, type Register, type RegisterStated } from './register.js';

export interface Stage extends InMemoryDeps {
  readonly definitions: DefinitionSet;
  readonly standIns: StandIns;
  readonly rules: AccessRules;
  /** The catalogue by which a case that starts on the day (`YYYY-MM-DD`) is judged. */
  readonly catalogueOn: (day: string) => Catalogue;
  /** Undefined where no register is asked: then every unit is one, and nobody has an account. */
  readonly register?: Register | undefined;
}

/** @throws {Refusal} `definition.not-bpmn` */
export async function stageOf(
  sources: readonly string[],
  {
    calendar,
    law,
    policies,
    rules,
    root,
  }: {
    readonly calendar: WorkingCalendar;
    readonly law: Law;
    readonly policies: Policies;
    readonly rules: AccessRules;
    /** Folder of the package of the law; default: the city's. */
    readonly root?: string | undefined;
  },
): Promise<Stage> {
  const { standIns } = rules;
  return {
    definitions: await definitionSet(sources),
    dueDates: createDueDates({ calendar }),
    handlers: createHandlers(),
    policies,
    // A draft is tried under the law that the program applies now, whatever date its scenario has.
    laws: onlyLaw(law),
    rules,
    catalogueOn: (day) => shippedCatalogue(day, root),
    standIns,
    standInsOf: standInsOf(standIns),
    unitOfRole: unitOfRole(standIns),
    runtime: tokenRuntime,
  };
}

/** A stage with the shipped calendar and policies, on which scenarios rely. */
export const shippedStage = (sources: readonly string[], law: Law, root?: string): Promise<Stage> =>
  stageOf(sources, {
    calendar: defaultCalendar(),
    law,
    policies: policiesOf(shippedPolicies(), []),
    rules: readAccessRules(),
    root,
  });

export interface Values {
  readonly [policy: string]: string;
}

/** What a scenario or a rehearsal states of its surroundings. */
export type Surroundings = RegisterStated & { readonly policies?: Values | undefined };

interface Change {
  readonly at: Date;
  readonly policies: Values;
}

/** The decisions on policies among the steps of a script. */
export const changesIn = (steps: readonly object[]): readonly Change[] =>
  (steps as readonly { readonly at?: string; readonly policies?: Values }[]).flatMap(({ at, policies }) =>
    at !== undefined && policies ? [{ at: new Date(at), policies }] : [],
  );

/**
 * The stage with these policies, from their instants on if they change later, and this register.
 *
 * @throws {Refusal} `policy.not-found`, `policy.invalid`, `input.invalid`
 */
export function stageWith(
  stage: Stage,
  { policies = {}, ...stated }: Surroundings,
  changes: readonly Change[] = [],
): Stage {
  const values = [policies, ...changes.map((change) => change.policies)].flatMap(Object.entries<string>);
  // Reading the shipped policies takes longer than most scenarios.
  const shipped = values.length > 0 ? shippedPolicies() : undefined;
  for (const [key, value] of values) if (shipped) checkValue(shipped.named(key), value);
  return { ...withPolicies(stage, policies, changes), register: registerOf(stated, stage.rules) };
}

/** Overrides some policies, unchecked. */
export function withPolicies(stage: Stage, policies: Values, changes: readonly Change[] = []): Stage {
  const at = (instant: Date) => {
    const values = changes
      .filter((change) => change.at <= instant)
      .reduce((before, change) => ({ ...before, ...change.policies }), policies);
    const decided = stage.policies.at(instant);
    return { ...decided, value: (key: string) => values[key] ?? decided.value(key) };
  };
  return { ...stage, policies: { at } };
}

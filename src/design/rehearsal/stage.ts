/** The environment of a rehearsed case: definitions (a draft among those in force), calendar, policies, handlers. */
import { createDueDates, defaultCalendar, type WorkingCalendar } from '../../calendar/index.js';
import { definitionSet, tokenRuntime, type DefinitionSet, type InMemoryDeps } from '../../engine/index.js';
import { readStandIns, standInsOf, unitOfRole, type StandIns } from '../../cases/index.js';
import { createHandlers } from '../../handlers/index.js';
import { onlyLaw, type Law } from '../../kernel/law.js';
import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import type { Policies } from '../../kernel/timer-spec.js';

export interface Stage extends InMemoryDeps {
  readonly definitions: DefinitionSet;
  readonly standIns: StandIns;
}

/** @throws {Refusal} `definition.not-bpmn` */
export async function stageOf(
  sources: readonly string[],
  {
    calendar,
    law,
    policies,
    standIns,
  }: {
    readonly calendar: WorkingCalendar;
    readonly law: Law;
    readonly policies: Policies;
    readonly standIns: StandIns;
  },
): Promise<Stage> {
  return {
    definitions: await definitionSet(sources),
    dueDates: createDueDates({ calendar }),
    handlers: createHandlers(),
    policies,
    // A draft is tried under the law that the program applies now, whatever date its scenario has.
    laws: onlyLaw(law),
    standIns,
    standInsOf: standInsOf(standIns),
    unitOfRole: unitOfRole(standIns),
    runtime: tokenRuntime,
  };
}

/** A stage with the shipped calendar and policies, on which scenarios rely. */
export const shippedStage = (sources: readonly string[], law: Law): Promise<Stage> =>
  stageOf(sources, {
    calendar: defaultCalendar(),
    law,
    policies: policiesOf(shippedPolicies(), []),
    standIns: readStandIns(),
  });

/** Overrides some policies. */
export function withPolicies(stage: Stage, values: { readonly [key: string]: string }): Stage {
  const at = (instant: Date) => {
    const decided = stage.policies.at(instant);
    return { ...decided, value: (key: string) => values[key] ?? decided.value(key) };
  };
  return { ...stage, policies: { at } };
}

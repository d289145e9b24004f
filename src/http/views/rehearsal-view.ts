import type { Said } from '../contract/operation.js';
import { enteredIn, levelsIn, processOf, provisionsOf } from '../../accountability/events/index.js';
import { explain, type WorkingCalendar } from '../../calendar/index.js';
import { entryTitle } from '../../cases/index.js';
import { inDueOrder, levelOf, type Definitions, type ElementAnnotation } from '../../engine/index.js';
import type { Finding } from '../../design/compliance/index.js';
import type { CounterExample, DryRun, Scenario } from '../../design/rehearsal/index.js';
import type { Law } from '../../kernel/law.js';
import type { counterExample, rehearsal, scenarioList } from '../contract/rehearsal.js';
import { deadlineView } from './case-view.js';
import { roleName } from '../contract/role-name.js';
import type { CaseDutiesView } from './regulation-view.js';
import { formView } from './task-view.js';
import { provisionView } from './provision-view.js';

export function rehearsalView(
  definitions: Definitions,
  run: DryRun,
  duties: CaseDutiesView,
  calendar: WorkingCalendar,
  law: Law,
): Said<typeof rehearsal> {
  const { file } = run;
  const annotation = (process: string, element: string): ElementAnnotation | undefined =>
    definitions.inForce(process, run.now)?.annotations.element(element);
  const named = (process: string, element: string) => ({
    process,
    element,
    name: annotation(process, element)?.name ?? element,
  });
  const servedBy = (process: string, element: string) =>
    [...new Set(annotation(process, element)?.norms.map(({ provision }) => provision))].map(provisionView);
  const processOf = (instance: number): string =>
    definitions.byId(file.instances.get(instance)?.definitionId ?? 1).key;
  return {
    now: run.now,
    ended: file.instances.size === 0,
    level: levelOf(file.lights, law),
    waiting: run.waiting.map(({ process, element }) => named(process, element)),
    tasks: [...file.tasks.values()].map((task) => ({
      ...task,
      ...named(task.process, task.element),
      roleName: roleName(task.role, law),
      form: formView(run.elementOf(task), law),
    })),
    deadlines: inDueOrder(file.deadlines.values()).map((open) => {
      const process = processOf(open.instance);
      const { name } = named(process, open.element);
      const explanation = explain(open.reasons?.derivation ?? {}, calendar, law);
      const provisions = servedBy(process, open.element);
      return { process, provisions, ...deadlineView({ ...open, name, explanation }) };
    }),
    lapsed: run.entries.flatMap(({ type, at, body }) =>
      type === 'timer.fired'
        ? [
            {
              ...named(body.process, body.of),
              at,
              provisions: servedBy(body.process, body.of),
            },
          ]
        : [],
    ),
    duties,
    entries: run.entries.map((entry, index) => ({ seq: index + 1, ...entryOf(definitions, law, entry) })),
    variables: file.variables,
    steps: run.steps.map(({ act, element, fields }) => ({
      act,
      name: element.name,
      roleName: roleName(element.role, law),
      form: formView(element, law),
      fields,
    })),
    expectations: run.expectations,
    refused: run.refused
      ? {
          act: run.refused.act,
          code: run.refused.refusal.code,
          message: run.refused.refusal.message,
          remedy: run.refused.refusal.remedy ?? null,
        }
      : null,
  };
}

function entryOf(
  definitions: Definitions,
  law: Law,
  entry: DryRun['entries'][number],
): Omit<Said<typeof rehearsal>['entries'][number], 'seq'> {
  const { at } = entry;
  const process = processOf(entry)?.process ?? null;
  const { annotations } = (process !== null && definitions.inForce(process, at)) || {};
  const elements = {
    get: (id: string) => annotations?.element(id),
  };
  return {
    at,
    type: entry.type,
    title: entryTitle(entry, {
      elements,
      law,
      processName: (key) => definitions.inForce(key, at)?.name ?? key,
    }),
    process,
    levels: levelsIn(entry),
    provisions: provisionsOf(entry).map(provisionView),
    entered: enteredIn(entry),
  };
}

/** Scenarios as steps of a rehearsal. */
export function scenariosView(scenarios: readonly Scenario[]): Said<typeof scenarioList> {
  return {
    items: scenarios.map(({ name, title, provisions, given, before, steps }) => {
      const { process, message, ...stated } = given;
      return {
        name,
        title,
        provisions: provisions.map(provisionView),
        begin: {
          ...(message === undefined ? { process } : { message }),
          ...stated,
        },
        steps: [...before, ...steps].map((step) => {
          if ('then' in step) return { text: step.then, act: { expect: step.expect } };
          const { when, ...act } = step;
          return { text: when, act };
        }),
      };
    }),
  };
}

export const counterExampleView = (
  { rule, message }: Finding,
  run: CounterExample | undefined,
): Said<typeof counterExample> => ({
  run: run
    ? {
        name: rule,
        title: message,
        provisions: [],
        begin: run.begin,
        steps: run.steps,
      }
    : null,
});

/** Scenarios of `processes/scenarios`: given, when, then, told for a compliance officer and run on the real engine. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { toShanghaiIso } from '../../src/calendar/index.js';
import { Refusal, type Json, type JsonObject } from '../../src/kernel/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { libraryDefects } from './library-defects.js';
import { createCaseRunner, openTasks, type CaseRunner, type CaseRunnerOptions } from './case-runner.js';

const facts = z.record(z.string(), z.json());
const instant = z.iso.datetime({ offset: true });

const stepSchema = z.union([
  z.strictObject({
    when: z.string(),
    complete: z.string(),
    at: instant.optional(),
    with: facts.optional(),
    refused: z.string().optional(),
  }),
  z.strictObject({ when: z.string(), clock: instant }),
  z.strictObject({ when: z.string(), send: z.string(), at: instant.optional(), with: facts.optional() }),
  z.strictObject({
    then: z.string(),
    expect: z.strictObject({
      tasks: z.array(z.string()).optional(),
      escalations: z.array(z.string()).optional(),
      messages: z.array(z.string()).optional(),
      due: z.record(z.string(), instant).optional(),
      variables: facts.optional(),
      ended: z.boolean().optional(),
    }),
  }),
]);

const scenarioSchema = z.strictObject({
  title: z.string(),
  provisions: z.array(z.string()).default([]),
  /** Where the second runtime cannot follow: its known defect. */
  library: z.strictObject({ defect: z.enum(Object.keys(libraryDefects)) }).optional(),
  given: z.union([
    z.strictObject({
      process: z.string(),
      at: instant,
      message: z.string().optional(),
      facts: facts.optional(),
      policies: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({ after: z.string(), policies: z.record(z.string(), z.string()).optional() }),
  ]),
  steps: z.array(stepSchema),
});

export type Scenario = z.infer<typeof scenarioSchema> & { readonly name: string };
type Step = z.infer<typeof stepSchema>;
type Expected = Extract<Step, { then: string }>['expect'];

const folder = join(packageRoot, 'processes', 'scenarios');

export function readScenario(file: string): Scenario {
  const parsed = scenarioSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  return { ...parsed, name: basename(file, '.json') };
}

export const allScenarios = (): Scenario[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(readScenario);

export async function runScenario(scenario: Scenario, options: CaseRunnerOptions = {}): Promise<void> {
  const runner = await createCaseRunner({ ...options, policies: scenario.given.policies ?? {} });
  let now = begin(scenario, runner);
  for (const step of scenario.steps) now = take(step, runner, now);
}

/** Starts the case, or plays the scenario that this one continues. Answers the time it is then. */
function begin({ given }: Scenario, runner: CaseRunner): Date {
  if ('after' in given) {
    const before = readScenario(join('preludes', `${given.after}.json`));
    return before.steps.reduce((now, step) => take(step, runner, now), begin(before, runner));
  }
  const at = new Date(given.at);
  if (given.message === undefined) runner.start(given.process, at, given.facts ?? {});
  else runner.send(given.message, given.facts ?? {}, at);
  return at;
}

function take(step: Step, runner: CaseRunner, now: Date): Date {
  if ('expect' in step) {
    check(step.then, step.expect, runner);
    return now;
  }
  if ('clock' in step) {
    runner.moveTo(new Date(step.clock));
    return new Date(step.clock);
  }
  const at = step.at === undefined ? now : new Date(step.at);
  const given = (step.with ?? {}) as JsonObject;
  if ('send' in step) {
    runner.send(step.send, given, at);
    return at;
  }
  const answers = { ...texts(runner, step.complete), ...given };
  if (step.refused === undefined) runner.complete(step.complete, answers, at);
  else
    expect(
      refusalOf(() => runner.complete(step.complete, answers, at)),
      step.when,
    ).to.equal(step.refused);
  return at;
}

/** What people write in their own words decides nothing, so a scenario does not have to spell it out. */
function texts(runner: CaseRunner, element: string): JsonObject {
  const task = [...runner.file.tasks.values()].find((open) => open.element === element);
  const fields = task ? runner.elementOf(task).form : [];
  return Object.fromEntries(
    fields
      .filter((field) => field.required && ['text', 'longText', 'unit', 'units'].includes(field.type))
      .map((field) => [field.key, '(情景)']),
  );
}

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function check(text: string, expected: Expected, { file, entries }: CaseRunner): void {
  if (expected.tasks) expect(openTasks(file), `${text}:待办`).to.deep.equal([...expected.tasks].sort());
  if (expected.escalations) expect(escalations(entries), `${text}:升级`).to.deep.equal(expected.escalations);
  if (expected.messages) expect(messages(entries), `${text}:消息`).to.deep.equal(expected.messages);
  for (const [timer, due] of Object.entries(expected.due ?? {})) {
    const armed = [...file.deadlines.values()].find((deadline) => deadline.element === timer);
    expect(armed && toShanghaiIso(armed.dueAt), `${text}:${timer}`).to.equal(due);
  }
  for (const [key, value] of Object.entries(expected.variables ?? {})) {
    expect(file.variables[key] ?? null, `${text}:${key}`).to.deep.equal(value);
  }
  if (expected.ended !== undefined)
    expect(file.instances.size === 0, `${text}:结束`).to.equal(expected.ended);
}

type Entries = CaseRunner['entries'];

const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

const escalations = (entries: Entries): string[] =>
  entries.flatMap(({ at, body }) => strings(body.levels).map((level) => `${level} ${toShanghaiIso(at)}`));

const messages = (entries: Entries): string[] =>
  entries
    .flatMap(({ body }) => (Array.isArray(body.thrown) ? (body.thrown as readonly JsonObject[]) : []))
    .filter((thrown) => thrown.what === 'message')
    .flatMap(({ name }) => (typeof name === 'string' ? [name] : []));

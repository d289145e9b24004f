/**
 * Scenarios (given, when, then), for compliance officers to read: those of `processes/scenarios`,
 * those in diagrams, and the scripts of `hotline rehearse`. One vocabulary for all.
 */
import { basename, join } from 'node:path';
import { z } from 'zod';
import { packageFiles, packageJson } from '../../kernel/package-content.js';
import { cityPackage } from '../../kernel/package-root.js';
import { dutyStates } from '../../law/regulation/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { registerShape } from './register.js';

const facts = z.record(z.string(), z.json()).transform((read): JsonObject => read);
const instant = z.iso.datetime({ offset: true });
const policies = z.record(z.string(), z.string());
const when = z.string().optional();
const act = { when, at: instant.optional(), with: facts.optional() };
/** Code of the expected refusal. */
const refused = z.string().optional();

const dutyStateKeys = Object.keys(dutyStates) as (keyof typeof dutyStates)[];

/** By the key that says what kind of step it is. */
export const kindsOfStep = {
  /** A deed in the regulation's vocabulary, independent of element names; `wait` only lets time pass. */
  do: z.strictObject({ ...act, do: z.string(), by: z.string().optional(), refused }),
  /** A task that is no deed, found by role, form and name. */
  task: z.strictObject({
    ...act,
    task: z.strictObject({ name: z.string(), role: z.string().nullable(), asks: z.array(z.string()) }),
    refused,
  }),
  clock: z.strictObject({ when, clock: instant }),
  /** A message from outside that is no deed. */
  send: z.strictObject({ ...act, send: z.string() }),
  /** Decisions on policies that take effect at this instant. */
  policies: z.strictObject({ when, at: instant, policies }),
  expect: z.strictObject({
    then: z.string().default('应当如此'),
    expect: z.strictObject({
      /** Deeds that the open tasks can be; those of one task are joined by `|`. */
      open: z.array(z.string()).optional(),
      escalations: z.array(z.string()).optional(),
      messages: z.array(z.string()).optional(),
      /** Keyed by clock (`reply`), or by the level that a timer leads to (`yellow`). */
      due: z.record(z.string(), instant.nullable()).optional(),
      variables: facts.optional(),
      /** All duties of the named norms, in the order in which they were opened. */
      duties: z
        .array(
          z.strictObject({
            norm: z.string(),
            state: z.enum(dutyStateKeys),
            unit: z.string().nullable().optional(),
            bearer: z.string().optional(),
          }),
        )
        .optional(),
      /** Every occurrence of the named deeds, in order, with the named facts. */
      done: z.array(z.strictObject({ deed: z.string(), facts })).optional(),
      /** Information shown to the caller, by title, in order; withheld items are in brackets. */
      shown: z.array(z.string()).optional(),
      ended: z.boolean().optional(),
    }),
  }),
};

type Kinds = typeof kindsOfStep;
type Spoken<Kind extends keyof Kinds> = z.output<Kinds[Kind]> & { readonly when: string };
export type Step =
  | Spoken<'do'>
  | Spoken<'task'>
  | Spoken<'clock'>
  | Spoken<'send'>
  | Spoken<'policies'>
  | z.output<Kinds['expect']>;
export type Expected = z.output<Kinds['expect']>['expect'];

const kindNames = Object.keys(kindsOfStep) as (keyof Kinds)[];

/** The key that says what kind of step it is. */
export const kindOf = (step: Step): string => kindNames.find((name) => name in step) ?? '';

const stepSchema = z.record(z.string(), z.unknown()).transform((written, context): Step => {
  const kind = kindNames.find((name) => name in written);
  if (kind === undefined) {
    context.addIssue({ code: 'custom', message: `这一步要写 ${kindNames.join('、')} 之一` });
    return z.NEVER;
  }
  const { data, error } = kindsOfStep[kind].safeParse(written);
  for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
  if (!data) return z.NEVER;
  return 'then' in data ? data : { ...data, when: data.when ?? wordsFor(data) };
});

/** The words that announce the step. */
export const wordsOf = (step: Step): string => ('then' in step ? step.then : step.when);

function wordsFor(step: z.output<Exclude<Kinds[keyof Kinds], Kinds['expect']>>): string {
  if ('do' in step) return step.do === 'wait' ? `到 ${step.at ?? ''}` : step.do;
  if ('task' in step) return step.task.name;
  if ('send' in step) return step.send;
  return 'clock' in step ? `到 ${step.clock}` : Object.keys(step.policies).join('、');
}

const around = {
  policies: policies.optional(),
  /** Numbers of the same caller's closed sheets. */
  earlierSheets: z.array(z.string()).readonly().optional(),
  /** People of the hotline (`DUTY/NAME`) whom the matter accuses. */
  accusedPersons: z.array(z.string()).readonly().optional(),
  ...registerShape,
};

const givenSchema = z.strictObject({
  process: z.string(),
  at: instant,
  message: z.string().optional(),
  facts: facts.optional(),
  ...around,
});

/** Content of a scenario in a diagram, besides its name and title. */
export const drawnSchema = z.strictObject({
  provisions: z.array(z.string()).max(50).default([]),
  given: givenSchema,
  steps: z.array(stepSchema).max(300),
});

export type Drawn = z.output<typeof drawnSchema>;

const told = { provisions: z.array(z.string()).default([]), steps: z.array(stepSchema) };

const scenarioSchema = z.strictObject({
  title: z.string(),
  given: z.union([
    givenSchema,
    /** Marks a continuation of a scenario of `preludes/`. */
    z.strictObject({ after: z.string(), facts: facts.optional(), ...around }),
  ]),
  ...told,
});

/** The short form of a script: `start` says how the case begins; without process and message, by itself. */
const scriptSchema = z.strictObject({
  title: z.string().default('脚本'),
  start: givenSchema.omit({ facts: true }).extend({ process: z.string().optional(), with: facts.optional() }),
  ...told,
});

type Given = z.output<typeof givenSchema>;

export interface Script {
  readonly name: string;
  readonly title: string;
  readonly provisions: readonly string[];
  readonly given: Omit<Given, 'process'> & { readonly process?: string | undefined };
  readonly steps: readonly Step[];
  /** Steps of the preludes, which run first. */
  readonly before: readonly Step[];
}

export interface Scenario extends Script {
  readonly given: Given;
}

const folder = 'processes/scenarios';

/** All scenarios of a package, by name. @throws {Refusal} `input.invalid` if a shipped file is wrong */
export async function readScenarios(root = cityPackage()): Promise<readonly Scenario[]> {
  return Promise.all(
    packageFiles(folder, '.json', root).map((file) =>
      storedIn(packageJson(`${folder}/${file}`, root), basename(file, '.json'), root),
    ),
  );
}

/**
 * A scenario or a script, in either form.
 *
 * @throws {Refusal} `input.invalid`: what is wrong, where, and what to write; `file.unreadable` for a prelude
 */
export const scenarioIn = async (content: unknown, name: string): Promise<Script> =>
  typeof content === 'object' && content !== null && 'given' in content
    ? storedIn(content, name, cityPackage())
    : scriptOf(content, name);

async function storedIn(content: unknown, name: string, root: string): Promise<Scenario> {
  const { given, ...rest } = parsed(scenarioSchema, content, name);
  if (!('after' in given)) return { ...rest, given, name, before: [] };
  const prelude = await preludeOf(given.after, name, root);
  const { after: _after, facts: more, ...own } = given;
  const stated = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return {
    ...rest,
    name,
    given: { ...prelude.given, policies: {}, ...stated, facts: { ...prelude.given.facts, ...more } },
    before: [...prelude.before, ...prelude.steps],
  };
}

async function preludeOf(called: string, by: string, root: string): Promise<Scenario> {
  const path = `${folder}/preludes/${basename(called)}.json`;
  let content: unknown;
  try {
    content = packageJson(path, root);
  } catch (cause) {
    throw new Refusal('file.unreadable', `${by} 的 given.after：没有前情“${called}”`, {
      where: join(root, path),
      remedy: '写 processes/scenarios/preludes/ 里有的一个',
      cause,
    });
  }
  return storedIn(content, `preludes/${called}`, root);
}

/** A script in its short form. @throws {Refusal} `input.invalid` */
export function scriptOf(content: unknown, name = '脚本'): Script {
  const { start, ...rest } = parsed(scriptSchema, content, name);
  const { with: begun, ...given } = start;
  return { ...rest, given: { ...given, ...(begun ? { facts: begun } : {}) }, name, before: [] };
}

function parsed<Schema extends z.ZodType>(schema: Schema, content: unknown, name: string): z.output<Schema> {
  const { data, error } = schema.safeParse(content);
  if (data !== undefined) return data;
  const [first] = error?.issues ?? [];
  const places = error?.issues.map(
    ({ path, message }) => `${path.length === 0 ? '最外层' : z.core.toDotPath(path)}：${message}`,
  );
  throw new Refusal('input.invalid', `${name} 读不出来：\n${places?.join('\n') ?? ''}`, {
    where: first ? z.core.toDotPath(first.path) : name,
    remedy:
      '写作 {"start": {"at": "2026-03-02T10:00:00+08:00", "with": {}}, "steps": [{"at": "…", "do": "…", "with": {}}]}；各项见 docs/duties.md“试一试”',
  });
}

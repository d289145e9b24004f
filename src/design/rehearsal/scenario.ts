/** Scenarios of `processes/scenarios`: given, when, then, for compliance officers to read. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { cityPackage } from '../../kernel/package-root.js';

const facts = z.record(z.string(), z.json());
const instant = z.iso.datetime({ offset: true });

const stepSchema = z.union([
  /** Deeds in the regulation's vocabulary, independent of element names. */
  z.strictObject({
    when: z.string(),
    do: z.string(),
    by: z.string().optional(),
    at: instant.optional(),
    with: facts.optional(),
    /** Code of the expected refusal. */
    refused: z.string().optional(),
  }),
  /** A task that is no deed, found by role, form and name. */
  z.strictObject({
    when: z.string(),
    task: z.strictObject({ name: z.string(), role: z.string().nullable(), asks: z.array(z.string()) }),
    at: instant.optional(),
    with: facts.optional(),
    refused: z.string().optional(),
  }),
  z.strictObject({ when: z.string(), clock: instant }),
  z.strictObject({ when: z.string(), send: z.string(), at: instant.optional(), with: facts.optional() }),
  z.strictObject({
    then: z.string(),
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
            state: z.string(),
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
]);

const givenSchema = z.strictObject({
  process: z.string(),
  at: instant,
  message: z.string().optional(),
  facts: facts.optional(),
  policies: z.record(z.string(), z.string()).optional(),
  /** Numbers of the same caller's closed sheets. */
  earlierSheets: z.array(z.string()).optional(),
  /** People of the hotline (`DUTY/NAME`) whom the matter accuses. */
  accusedPersons: z.array(z.string()).optional(),
});

/** Content of a scenario in a diagram, besides its name and title. */
export const drawnSchema = z.strictObject({
  provisions: z.array(z.string()).max(50).default([]),
  given: givenSchema,
  steps: z.array(stepSchema).max(300),
});

export type Drawn = z.infer<typeof drawnSchema>;

const scenarioSchema = z.strictObject({
  title: z.string(),
  provisions: z.array(z.string()).default([]),
  given: z.union([
    givenSchema,
    /** Marks a continuation of a scenario of `preludes/`. */
    z.strictObject({
      after: z.string(),
      facts: facts.optional(),
      policies: z.record(z.string(), z.string()).optional(),
      earlierSheets: z.array(z.string()).optional(),
    }),
  ]),
  steps: z.array(stepSchema),
});

type Told = z.infer<typeof scenarioSchema>;
type Given = Extract<Told['given'], { process: string }>;
export type Step = z.infer<typeof stepSchema>;
export type Expected = Extract<Step, { then: string }>['expect'];

export interface Scenario extends Omit<Told, 'given'> {
  readonly name: string;
  readonly given: Given;
  /** Steps of the preludes, which run first. */
  readonly before: readonly Step[];
}

const folderOf = (): string => join(cityPackage(), 'processes', 'scenarios');

/** All shipped scenarios, by name. @throws {Error} if a shipped file is wrong */
export async function readScenarios(): Promise<readonly Scenario[]> {
  const files = (await readdir(folderOf())).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(readScenario));
}

async function readScenario(file: string): Promise<Scenario> {
  const content = scenarioSchema.parse(JSON.parse(await readFile(join(folderOf(), file), 'utf8')));
  const name = basename(file, '.json');
  const { given } = content;
  if (!('after' in given)) return { ...content, name, given, before: [] };
  const prelude = await readScenario(join('preludes', `${given.after}.json`));
  const { policies = {}, earlierSheets } = given;
  return {
    ...content,
    name,
    given: { ...prelude.given, policies, earlierSheets, facts: { ...prelude.given.facts, ...given.facts } },
    before: [...prelude.before, ...prelude.steps],
  };
}

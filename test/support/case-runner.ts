/**
 * One case in memory on the real engine: the shipped diagrams, the real handlers, the real calendar, a clock that
 * the test moves. What the executor keeps in PostgreSQL stays in a variable here; between two acts it goes through
 * JSON, as it would through the database.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDueDates, defaultCalendar } from '../../src/calendar/index.js';
import { answersOf } from '../../src/casework/form.js';
import { shippedProcesses } from '../../src/casework/index.js';
import {
  annotate,
  definitionOf,
  parseDiagram,
  runtimeNamed,
  type CaseFile,
  type Definitions,
  type DeployedDefinition,
  type ElementAnnotation,
  type JournalEntry,
  type OpenTask,
  type RuntimeName,
} from '../../src/engine/index.js';
import { advance } from '../../src/engine/execution/advance.js';
import type { Command } from '../../src/engine/execution/command.js';
import { continued } from '../../src/engine/execution/history.js';
import { createHandlers } from '../../src/handlers/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { policiesOf, shippedPolicies } from '../../src/policy/index.js';
import { always } from './policies.js';

export interface CaseRunner {
  readonly file: CaseFile;
  /** Everything that happened, in order. */
  readonly entries: readonly JournalEntry[];
  start(process: string, at: Date, variables: JsonObject): void;
  /** @throws {Refusal} as the real system would; nothing has changed then */
  complete(task: string, answers: JsonObject, at: Date): void;
  send(message: string, variables: JsonObject, at: Date): void;
  /** Fires whatever is due at `instant`. */
  moveTo(instant: Date): void;
  elementOf(task: OpenTask): ElementAnnotation;
}

export interface CaseRunnerOptions {
  readonly runtime?: RuntimeName;
  /** Policies that differ from those shipped. */
  readonly policies?: { readonly [key: string]: string };
}

let shipped: Promise<Definitions> | undefined;
let calendar: ReturnType<typeof defaultCalendar> | undefined;

export async function createCaseRunner(options: CaseRunnerOptions = {}): Promise<CaseRunner> {
  shipped ??= shippedDefinitions();
  const definitions = await shipped;
  const decided = policiesOf(shippedPolicies(), []).at(new Date(0));
  const values = { ...decided, value: (key: string) => options.policies?.[key] ?? decided.value(key) };
  calendar ??= defaultCalendar();
  const dueDates = createDueDates({ calendar });
  const handlers = createHandlers();
  const policies = always(values);
  const entries: JournalEntry[] = [];
  let file = emptyCase(options.runtime ?? 'token');

  const take = (command: Command, at: Date): void => {
    const history = continued([], entries);
    const deps = { definitions, dueDates, handlers, policies, runtimeNamed, recordedAt: at, history };
    const draft = advance(file, command, deps);
    entries.push(...draft.entries);
    file = throughJson(draft);
  };
  const elementOf = (task: OpenTask): ElementAnnotation => {
    const element = definitions.inForce(task.process, task.openedAt)?.annotations.element(task.element);
    if (!element) throw new Error(`${task.process} has no ${task.element}`);
    return element;
  };

  return {
    get file() {
      return file;
    },
    entries,
    elementOf,
    start: (process, at, variables) =>
      take({ kind: 'start', businessKey: file.businessKey, process, realm: 'replay', at, variables }, at),
    complete: (element, answers, at) => {
      take({ kind: 'fall-due', caseId: file.id, until: new Date(at.getTime() - 1) }, at);
      const task = [...file.tasks.values()].find((open) => open.element === element);
      if (!task) throw new Error(`${element} is not open; open: ${openTasks(file).join(', ') || 'nothing'}`);
      const { variables } = answersOf(elementOf(task), answers);
      const stimulus = { kind: 'complete', task: element, token: task.token } as const;
      take({ kind: 'stimulate', caseId: file.id, instance: task.instance, stimulus, at, variables }, at);
    },
    send: (message, variables, at) => take({ kind: 'send', caseId: file.id, message, at, variables }, at),
    moveTo: (instant) => take({ kind: 'fall-due', caseId: file.id, until: instant }, instant),
  };
}

export const openTasks = (file: CaseFile): readonly string[] =>
  [...file.tasks.values()].map((task) => task.element).sort();

function emptyCase(runtime: RuntimeName): CaseFile {
  return {
    id: '1',
    businessKey: '2026-0001',
    realm: 'replay',
    runtime,
    variables: {},
    instanceCount: 0,
    startedAt: new Date(0),
    endedAt: null,
    version: 0,
    bookmark: null,
    instances: new Map(),
    tasks: new Map(),
    deadlines: new Map(),
    lights: [],
  };
}

function throughJson(file: CaseFile): CaseFile {
  const instances = [...file.instances].map(
    ([number, instance]) =>
      [
        number,
        { ...instance, state: JSON.parse(JSON.stringify(instance.state)) as typeof instance.state },
      ] as const,
  );
  const variables = JSON.parse(JSON.stringify(file.variables)) as JsonObject;
  return { ...file, variables, instances: new Map(instances) };
}

async function shippedDefinitions(): Promise<Definitions> {
  const deployed = await Promise.all(shippedProcesses.map((name, index) => deployedFrom(name, index + 1)));
  const byKey = new Map(deployed.map((definition) => [definition.key, definition]));
  return {
    byId: (id) => {
      const found = deployed[id - 1];
      if (!found) throw new Error(`no definition ${id}`);
      return found;
    },
    inForce: (key) => byKey.get(key),
    startedBy: (message) => {
      for (const definition of deployed) {
        const event = definition.annotations.messageStarts.get(message);
        if (event !== undefined) return { deployed: definition, event };
      }
      return undefined;
    },
    // None of the five processes calls another: they talk by messages.
    pinned: (definition) => definition.definition,
    pinsOf: () => ({}),
  };
}

async function deployedFrom(name: string, id: number): Promise<DeployedDefinition> {
  const diagram = await parseDiagram(readFileSync(join(packageRoot, 'processes', `${name}.bpmn`)));
  return {
    id,
    key: name,
    version: 1,
    name,
    sha256: '',
    runtime: 'token',
    deployedAt: new Date(0),
    definition: definitionOf(diagram),
    annotations: annotate(diagram, name),
  };
}

/** One case in memory with the real engine, handlers and calendar; the caller moves the clock. */
import { isDeepStrictEqual } from 'node:util';
import { readContent, type Content } from '../../accountability/events/index.js';
import {
  answeredTask,
  askedOfRegister,
  assertNoneWithdrawn,
  answersOf,
  notEarlier,
  sheetsIn,
} from '../../cases/index.js';
import {
  caseInMemory,
  variablesSeenBy,
  type CaseFile,
  type CaseInMemory,
  type Command,
  type ElementAnnotation,
  type OpenTask,
} from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Stage } from './stage.js';

export interface RehearsedCase extends Omit<CaseInMemory, 'entries' | 'fork'> {
  /** A copy of the case; acts on the copy do not affect this one. */
  fork(): RehearsedCase;
  /** Everything that happened, in order. */
  readonly entries: readonly Content[];
  /** `DUTY/NAME` of the hotline: these people are recused once the matter is registered. */
  readonly accusedPersons: readonly string[];
  /** @param message name under which the program prepares the start event's timer */
  start(process: string, at: Date, variables: JsonObject, message?: string): void;
  /**
   * Completes the open task at this element.
   *
   * @throws {Refusal} as in production
   */
  complete(
    element: string,
    answers: JsonObject,
    at: Date,
    more?: {
      /** What the register of units said about the answers. */
      readonly fromRegister?: JsonObject;
      /** Facts of the task's deeds, which distinguish the repetitions of a task. */
      readonly facts?: JsonObject;
    },
  ): void;
  /** An external message. @throws {Refusal} `stimulus.not-waiting` */
  send(message: string, variables: JsonObject, at: Date): void;
  /** Fires everything due by `instant`. */
  moveTo(instant: Date): void;
  elementOf(task: OpenTask): ElementAnnotation;
  /**
   * @param facts of its deeds; if there are several repetitions, selects the one whose local
   * variables agree with them
   * @throws {Refusal} `task.not-found`, listing the open tasks
   */
  openTask(element: string, facts?: JsonObject): OpenTask;
}

export function rehearsedCase(
  stage: Stage,
  {
    businessKey = '推演-0001',
    earlierSheets,
    accusedPersons = [],
  }: {
    readonly businessKey?: string;
    /** Closed sheets of the same caller; without the list, every named sheet counts as one. */
    readonly earlierSheets?: readonly string[] | undefined;
    readonly accusedPersons?: readonly string[] | undefined;
  } = {},
): RehearsedCase {
  const inMemory = caseInMemory(stage, { businessKey, strict: true });
  return rehearsedIn(stage, inMemory, { businessKey, earlierSheets, accusedPersons });
}

function rehearsedIn(
  stage: Stage,
  inMemory: CaseInMemory,
  given: {
    readonly businessKey: string;
    readonly earlierSheets: readonly string[] | undefined;
    readonly accusedPersons: readonly string[];
  },
  parsed: readonly Content[] = [],
): RehearsedCase {
  const { businessKey, earlierSheets, accusedPersons } = given;
  const take = (command: Command): void => inMemory.take(command);
  const read: Content[] = [...parsed];

  const openTask = (element: string, facts: JsonObject = {}): OpenTask => {
    const open = [...inMemory.file.tasks.values()];
    const task = open.find((each) => each.element === element && !contradicts(each, facts));
    if (task) return task;
    throw new Refusal('task.not-found', `此时没有开着的待办 ${element}`, {
      where: element,
      remedy: `开着的有：${open.map((each) => `${each.element}（${each.name}）`).join('、') || '无'}`,
    });
  };
  const elementOf = (task: OpenTask): ElementAnnotation => {
    const instance = inMemory.file.instances.get(task.instance);
    const element = stage.definitions.byId(instance?.definitionId ?? 0).annotations.element(task.element);
    if (element) return element;
    throw new Refusal('task.not-found', `流程里没有 ${task.element}`, { where: task.element });
  };

  return {
    accusedPersons,
    fork: () => rehearsedIn(stage, inMemory.fork(), given, read),
    get file() {
      return inMemory.file;
    },
    get entries() {
      // Each entry is parsed once, because a search reads them after every act.
      for (const entry of inMemory.entries.slice(read.length)) read.push(readContent(entry));
      return read;
    },
    take,
    takes: (command) => inMemory.takes(command),
    openTask,
    elementOf,
    start: (process, at, variables, message) => {
      const by = message === undefined ? {} : { message };
      take({ kind: 'start', businessKey, process, realm: 'replay', at, variables, ...by });
    },
    complete: (element, answers, at, { fromRegister = {}, facts = {} } = {}) => {
      take({ kind: 'fall-due', caseId: inMemory.file.id, until: new Date(at.getTime() - 1) });
      const task = openTask(element, facts);
      const form = elementOf(task);
      const { variables } = answered(stage, { file: inMemory.file, task, element: form, answers }, at);
      const wrong = sheetsIn(form, variables).find(({ no }) => earlierSheets?.includes(no) === false);
      if (wrong) throw notEarlier(form, wrong, stage.laws.today());
      take({
        kind: 'stimulate',
        caseId: inMemory.file.id,
        instance: task.instance,
        stimulus: { kind: 'complete', task: element, token: task.token },
        at,
        variables: { ...variables, ...fromRegister },
      });
    },
    send: (message, variables, at) =>
      take({ kind: 'send', caseId: inMemory.file.id, message, at, variables }),
    moveTo: (until) => take({ kind: 'fall-due', caseId: inMemory.file.id, until }),
  };
}

/** By the form alone, or by the stage's register, too. */
function answered(
  { definitions, laws, register }: Stage,
  given: {
    readonly file: CaseFile;
    readonly task: OpenTask;
    readonly element: ElementAnnotation;
    readonly answers: JsonObject;
  },
  at: Date,
): { readonly variables: JsonObject } {
  const { file, task, element, answers } = given;
  const law = laws.today();
  const seen = { ...variablesSeenBy(file, task.instance, definitions), ...task.locals };
  assertNoneWithdrawn(element, { answers, variables: file.variables }, law);
  if (!register) return answersOf(element, answers, { variables: seen, at, law });
  const submitted = { ...given, definitions };
  const { units, accused } = askedOfRegister(submitted);
  const path = accused === undefined ? undefined : register.pathOf(accused);
  return answeredTask(
    submitted,
    { units: register.among(units), bodyKinds: register.bodyKinds, path },
    { at, law },
  );
}

/** Whether the task is a repetition other than the one that the facts describe. */
export const contradicts = ({ locals }: OpenTask, facts: JsonObject): boolean =>
  Object.entries(locals ?? {}).some(
    ([name, value]) => value !== null && facts[name] !== undefined && !isDeepStrictEqual(facts[name], value),
  );

/** Default answers for free-text fields, which decide nothing. */
export function freeTextAnswers(rehearsed: RehearsedCase, element: string): JsonObject {
  const task = [...rehearsed.file.tasks.values()].find((open) => open.element === element);
  const fields = task ? rehearsed.elementOf(task).form : [];
  return Object.fromEntries(
    fields
      .filter((field) => field.required && ['text', 'longText', 'unit', 'units'].includes(field.type))
      .map((field) => [field.key, '（推演）']),
  );
}

/**
 * Does acts by their names in the regulation's vocabulary. It finds the task or message that now
 * does the deed in any diagram, and the form fields that state the facts. It knows no element by
 * id.
 */
import {
  feel,
  flowNodes,
  optionsUnder,
  variablesSeenBy,
  type DeedLink,
  type ElementAnnotation,
  type FormField,
  type OpenTask,
} from '../../engine/index.js';
import { answersOf, assertUnitsOfForm, bodiesNamed, unitsAsked } from '../../cases/index.js';
import { ofAccused } from '../../kernel/accused.js';
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import { contradicts, type RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

export interface DeedAct {
  readonly deed: string;
  /** Facts of the deed, or fields of the form by their keys. */
  readonly facts: JsonObject;
  readonly at: Date;
  /**
   * The performer: a duty of office, a unit's name, or `DUTY/NAME` for one person with the duty;
   * undefined: anybody permitted.
   */
  readonly by?: string | undefined;
  /** The unit that holds the matter; only its people do a unit's tasks. */
  readonly holder?: string | null;
  /** Called with the place of the act before it is done. */
  readonly onFound?: OnFound | undefined;
}

/** @param fields keys of the form fields, by the deed's facts that they state */
export type OnFound = (element: ElementAnnotation, fields: { readonly [fact: string]: string }) => void;

/** A way in which a deed can be done now. */
interface Way {
  readonly element: ElementAnnotation;
  readonly link: DeedLink;
  /** Undefined for a message from outside. */
  readonly task?: OpenTask;
}

/** Deeds that people can do now, sorted. */
export function possibleDeeds(stage: Stage, rehearsed: RehearsedCase, at: Date): string[] {
  const messages = messageWays(stage, rehearsed).filter(({ element }) => reaches(rehearsed, element, at));
  const ways = [...taskWays(rehearsed), ...messages].filter((way) => mayBeIt(stage, rehearsed, way, at));
  return [...new Set(ways.map(({ link }) => link.name))].sort();
}

/**
 * @throws {Refusal} `deed.not-possible`, `deed.not-yours`, `input.invalid`, and any refusal of the
 * engine; nothing has changed then
 */
export function doDeed(stage: Stage, rehearsed: RehearsedCase, act: DeedAct): void {
  const { at, facts } = act;
  // Timers due before the act fire first, because they may open or end the task.
  rehearsed.moveTo(new Date(at.getTime() - 1));
  let [way] = waysTo(stage, rehearsed, act);
  if (!way && passOrdinaryTasks(rehearsed, at, stage.laws.today())) [way] = waysTo(stage, rehearsed, act);
  if (!way) {
    const can = possibleDeeds(stage, rehearsed, at);
    throw new Refusal('deed.not-possible', `此时没有人可以做“${act.deed}”`, {
      where: act.deed,
      remedy: `此时可以做的：${can.join('、') || '无'}`,
    });
  }
  const isRegistered = performers.has(rehearsed);
  if (isRegistered && act.by !== undefined && rehearsed.accusedPersons.includes(act.by)) {
    throw new Refusal('deed.not-yours', `${act.by} 须回避`, {
      where: act.deed,
      remedy: '请由他人办理',
      provision: lawOf('recusal', stage.laws.today()),
    });
  }
  const holder = holderOf(way, act);
  if (!isTheirs(stage, way, act.by, holder, rehearsed)) {
    const role = roleOf(way);
    throw new Refusal('deed.not-yours', `“${way.element.name}”不由 ${act.by ?? ''} 办理`, {
      where: act.deed,
      remedy: `由 ${role !== null && (stage.standIns.isOfUnit(role) || ofAccused.includes(role)) ? (holder ?? '承办单位') : (role ?? '来电人')} 办理${
        way.element.notBy.length > 0 ? '，且不是办过有关环节的人' : ''
      }`,
    });
  }
  act.onFound?.(way.element, fieldsOf(way));
  const answers = answersTo(way, facts);
  if (way.task) {
    rehearsed.complete(way.task.element, answers, at, { facts: way.task.locals ?? {} });
    performers.set(rehearsed, { ...performers.get(rehearsed), [way.task.element]: act.by });
  } else {
    const { variables } = rehearsed.file;
    const told = answersOf(way.element, answers, { variables, at, law: stage.laws.today() }).variables;
    const { register } = stage;
    const found = register?.among(unitsAsked(way.element, answers)) ?? [];
    if (register) assertUnitsOfForm(found, way.element, { answers: told, holder: undefined });
    const bodies = bodiesNamed(found, register?.bodyKinds ?? [], variables);
    rehearsed.send(way.element.catches ?? '', { ...told, ...bodies }, at);
  }
}

/**
 * Completes open tasks that are no deed: tasks that a city inserted between two deeds (an approval
 * within the unit) have no legal meaning, so that a script of deeds need not know them.
 *
 * @returns whether there were any
 */
export function passOrdinaryTasks(rehearsed: RehearsedCase, at: Date, law: Law): boolean {
  let passed = false;
  for (let most = 20; most > 0; most -= 1) {
    const task = [...rehearsed.file.tasks.values()].find(({ deeds }) => deeds.length === 0);
    if (!task) return passed;
    const { form } = rehearsed.elementOf(task);
    const answers = form
      .filter(({ required }) => required)
      .map((field) => [field.key, plainAnswer(field, law)] as const);
    rehearsed.complete(task.element, Object.fromEntries(answers), at);
    passed = true;
  }
  return passed;
}

export function plainAnswer(field: FormField, law: Law): Json {
  const { type } = field;
  if (type === 'boolean') return true;
  if (type === 'number') return 1;
  return type === 'choice' ? (optionsUnder(field, law)[0]?.value ?? '') : '（推演）';
}

/** The deeds that each open task can be, sorted. */
export const openDeeds = ({ file }: RehearsedCase): string[] =>
  [...file.tasks.values()].map(({ deeds }) => [...new Set(deeds)].join('|')).sort();

/** Performers of each rehearsed case, by element. */
const performers = new WeakMap<RehearsedCase, { readonly [element: string]: string | undefined }>();

/** A task repeated for several units belongs to the unit of its repetition. */
function holderOf({ task }: Way, { holder }: DeedAct): string | null | undefined {
  const unit = task?.locals?.unit;
  return typeof unit === 'string' ? unit : holder;
}

function waysTo(stage: Stage, rehearsed: RehearsedCase, { deed, facts, at, by }: DeedAct): Way[] {
  const all = taskWays(rehearsed).filter(
    ({ link, task }) => link.name === deed && !(task && contradicts(task, facts)),
  );
  const theirs = all.filter(({ task }) => by !== undefined && task?.locals?.unit === by.split('/')[0]);
  const tasks = theirs.length > 0 ? theirs : all;
  const messages = messageWays(stage, rehearsed).filter(
    ({ link, element }) =>
      link.name === deed && (reaches(rehearsed, element, at) || lawRefuses(rehearsed, element, at)),
  );
  // If several tasks do the deed, the one whose constant facts match the given ones.
  return [...tasks, ...messages].filter(
    (way) =>
      way.link.facts.every(({ name, value }) => {
        const constant = constantIn(value);
        return constant === undefined || facts[name] === undefined || facts[name] === constant;
      }) && mayBeIt(stage, rehearsed, way, at),
  );
}

/**
 * Whether some answers make completing the task this deed. The form decides what the condition
 * leaves open; the case's variables are known: a refusal to receive the sheet is only possible
 * after a designation.
 */
function mayBeIt({ definitions }: Stage, rehearsed: RehearsedCase, way: Way, at: Date): boolean {
  const { element, link, task } = way;
  if (link.when === null) return true;
  const condition = feel(link.when, element.id);
  const demanded = demandedBy(way);
  const asked = new Set(element.form.map(({ key }) => key));
  if (condition.names.some((name) => asked.has(name) && !(name in demanded))) return true;
  const { file } = rehearsed;
  const seen = task
    ? { ...variablesSeenBy(file, task.instance, definitions), ...task.locals }
    : file.variables;
  return condition.holds({ ...seen, ...demanded }, at);
}

/** Answers that the deed's condition requires. */
function demandedBy({ element, link }: Way): Readonly<Record<string, string>> {
  const asked = new Set(element.form.map(({ key }) => key));
  const pairs = [...(link.when ?? '').matchAll(/(\w+) = "([^"]*)"/g)];
  return Object.fromEntries(
    pairs.flatMap(([, key = '', value = '']) => (asked.has(key) ? [[key, value]] : [])),
  );
}

const isDone = ({ on }: DeedLink): boolean => on === 'done';

const taskWays = (rehearsed: RehearsedCase): Way[] =>
  [...rehearsed.file.tasks.values()].flatMap((task) => {
    const element = rehearsed.elementOf(task);
    return element.deeds.filter(isDone).map((link) => ({ element, link, task }));
  });

/**
 * Messages from outside that reach the case: those that no diagram throws, and those that a person
 * handles first (a clue), without those that a policy closes.
 */
function messageWays({ definitions, policies, rules }: Stage, rehearsed: RehearsedCase): Way[] {
  const decided = policies.at(rehearsed.file.startedAt);
  const isClosed = (message: string): boolean => {
    const policy = rules.opening(message);
    return policy !== undefined && decided.value(policy) !== 'true';
  };
  const thrown = new Set(
    definitions.all.flatMap(({ annotations }) => annotations.elements.map(({ throws }) => throws)),
  );
  return definitions.all.flatMap(({ annotations, definition }) => {
    const nodes = flowNodes(definition);
    const isTakenUp = (id: string): boolean =>
      nodes.get(id)?.outgoing?.[0]?.targetRef?.$type === 'bpmn:UserTask';
    return annotations.elements
      .filter(({ id, catches }) => catches !== null && (!thrown.has(catches) || isTakenUp(id)))
      .filter(({ catches }) => catches !== null && !isClosed(catches))
      .flatMap((element) => element.deeds.filter(isDone).map((link) => ({ element, link })));
  });
}

const reaches = (rehearsed: RehearsedCase, { catches }: ElementAnnotation, at: Date): boolean =>
  catches !== null &&
  rehearsed.takes({ kind: 'send', caseId: rehearsed.file.id, message: catches, at, variables: {} });

/** Whether the law alone refuses the message: the act then says why. */
function lawRefuses(rehearsed: RehearsedCase, { catches }: ElementAnnotation, at: Date): boolean {
  try {
    rehearsed.fork().send(catches ?? '', {}, at);
    return false;
  } catch (error) {
    if (error instanceof Refusal) return error.code === 'clock.invalid' || error.code === 'deed.forbidden';
    throw error;
  }
}

/** Role of the open task, which may differ from the diagram's role because of a stand-in. */
const roleOf = ({ element, task }: Way): string | null => (task ? task.role : element.role);

function isTheirs(
  stage: Stage,
  way: Way,
  by: string | undefined,
  holder: string | null | undefined,
  rehearsed: RehearsedCase,
): boolean {
  const { register, standIns } = stage;
  const { element, task } = way;
  const role = roleOf(way);
  if (by === undefined) return true;
  const isPerson = register?.knows(by) === true;
  if (!task || role === null) return !isPerson || register.maySend(by, element.catches ?? '');
  const [duty] = by.split('/');
  const isUnits = standIns.isOfUnit(role) || ofAccused.includes(role);
  // A unit's person is written 市水务局/甲.
  const has = isPerson ? register.does(by, role, holder) : duty === role || (isUnits && duty === holder);
  if (!has) return false;
  if (!isPerson && !by.includes('/')) return true;
  const done = performers.get(rehearsed) ?? {};
  return element.notBy.every((other) => done[other] !== by);
}

/**
 * Answers for the form: those that the deed's condition requires, those that the facts state, and
 * free texts for the rest.
 */
function answersTo(way: Way, facts: JsonObject): JsonObject {
  const { element, link } = way;
  const fields = new Map(element.form.map((field) => [field.key, field]));
  const answers: { [key: string]: Json } = {};
  for (const field of element.form) {
    if (field.required && ['text', 'longText'].includes(field.type)) answers[field.key] = '（推演）';
  }
  Object.assign(answers, demandedBy(way));
  for (const [name, value] of Object.entries(facts)) {
    const said = link.facts.find((fact) => fact.name === name)?.value.replace(/^=\s*/, '');
    const key = [said, name].find((one) => one !== undefined && fields.has(one));
    if (key !== undefined) answers[key] = value;
    else if (said === undefined) {
      throw new Refusal('input.invalid', `“${element.name}”的表单里没有 ${name}`, {
        where: name,
        remedy: `可以写：${[...new Set([...link.facts.map((fact) => fact.name), ...fields.keys()])].join('、') || '无'}`,
      });
    }
  }
  return answers;
}

function fieldsOf({ element, link }: Way): { readonly [fact: string]: string } {
  const keys = new Set(element.form.map(({ key }) => key));
  const said = link.facts.map(({ name, value }) => [name, value.replace(/^=\s*/, '')] as const);
  return Object.fromEntries(said.filter(([, key]) => keys.has(key)));
}

/** The text of a FEEL literal; undefined for anything else. */
const constantIn = (feel: string): string | undefined => /^=?\s*"([^"]*)"$/.exec(feel)?.[1];

/** Possible next moves in a rehearsed case: tasks with their answers, expected messages, the clock. */
import { toShanghaiIso } from '../../../kernel/civil-date.js';
import {
  inDueOrder,
  optionsUnder,
  variablesSeenBy,
  type ElementAnnotation,
  type OpenTask,
} from '../../../engine/index.js';
import type { JsonObject } from '../../../kernel/index.js';
import type { Law } from '../../../kernel/law.js';
import type { DryAct } from '../dry-run.js';
import type { RehearsedCase } from '../rehearsed-case.js';
import type { Stage } from '../stage.js';
import { answersTo } from './answers.js';
import type { Place } from './way.js';

export interface Move {
  readonly act: DryAct;
  /** In Chinese. */
  readonly text: string;
  /** The element of the task or message, or the timer that falls due. */
  readonly place: Place;
  readonly at: Date;
}

/** Most answers tried at a task that is not on the path: the simplest ones. */
const mostAside = 6;

/**
 * @param ahead places of the path still to come; only messages for them, or for places where a
 * token waits, are tried
 */
export function movesIn(
  stage: Stage,
  rehearsed: RehearsedCase,
  now: Date,
  {
    ahead,
    waiting,
    isOnWay,
  }: {
    readonly ahead: readonly Place[];
    readonly waiting: readonly Place[];
    readonly isOnWay: (place: Place) => boolean;
  },
): readonly Move[] {
  const { file } = rehearsed;
  const tasks = [...file.tasks.values()].flatMap((task) => {
    const all = completions(stage, rehearsed, task, now);
    return isOnWay(task) ? all : all.slice(0, mostAside);
  });
  const wanted = [...ahead, ...waiting].flatMap((place): Move[] => {
    const element = stage.definitions.inForce(place.process, now)?.annotations.element(place.element);
    if (!element?.catches) return [];
    const [answers = {}] = answersTo(stage, element, now, file.variables);
    return [{ place, at: now, act: { send: element.catches, with: answers }, text: `收到“${element.name}”` }];
  });
  const messages = wanted.filter(
    ({ act }, index) => wanted.findIndex((one) => sent(one.act) === sent(act)) === index,
  );
  const due = inDueOrder(file.deadlines.values()).filter(({ paused }) => !paused);
  const clocks = due.flatMap(({ element, instance, dueAt }, index): Move[] => {
    const { key, annotations } = stage.definitions.byId(file.instances.get(instance)?.definitionId ?? 0);
    const place = { process: key, element };
    // The next timer, and any timer on the path: earlier timers fire with it.
    if (index > 0 && !ahead.some((one) => isSame(one, place))) return [];
    const clock = toShanghaiIso(dueAt > now ? dueAt : now);
    const name = annotations.element(element)?.name ?? element;
    return [{ place, at: dueAt > now ? dueAt : now, act: { clock }, text: `等到“${name}”到时` }];
  });
  return [...tasks, ...messages, ...clocks];
}

export const isSame = (one: Place, other: Place): boolean =>
  one.process === other.process && one.element === other.element;

const sent = (act: DryAct): string => ('send' in act ? act.send : '');

function completions(stage: Stage, rehearsed: RehearsedCase, task: OpenTask, now: Date): readonly Move[] {
  const element = rehearsed.elementOf(task);
  const seen = { ...variablesSeenBy(rehearsed.file, task.instance, stage.definitions), ...task.locals };
  return answersTo(stage, element, now, seen).map((answers) => ({
    place: { process: task.process, element: task.element },
    at: now,
    act: { complete: task.element, with: answers },
    text: `办结“${task.name}”${inWords(element, answers, stage.laws.today())}`,
  }));
}

/** :办理结果为“解决”、当场答复为“否” */
function inWords({ form }: ElementAnnotation, answers: JsonObject, law: Law): string {
  const told = form.flatMap((field) => {
    const { key, label, type } = field;
    const value = answers[key];
    if (value === undefined || value === '（推演）') return [];
    if (type === 'boolean') return [`${label}为“${value === true ? '是' : '否'}”`];
    const option = optionsUnder(field, law).find((one) => one.value === value);
    return [`${label}为“${option?.label ?? JSON.stringify(value)}”`];
  });
  return told.length === 0 ? '' : `：${told.join('、')}`;
}

/** Repeats the acts of a case under the version in force on a draft, as far as each still finds its task. */
import type { Json, JsonObject, Refusal } from '../../../kernel/index.js';
import type { ElementAnnotation, OpenTask } from '../../../engine/index.js';
import type { PastAct } from '../acts.js';
import { beginCase } from '../begin.js';
import { contradicts, rehearsedCase, type RehearsedCase } from '../rehearsed-case.js';
import { amend, answered } from '../replay-past-case.js';
import type { DryAct } from '../dry-run.js';
import { refusalOf } from '../refusal-of.js';
import { minute } from '../scenario-differences.js';
import { toShanghaiIso } from '../../../kernel/civil-date.js';
import { plainAnswer } from '../deeds.js';
import type { Stage } from '../stage.js';
import type { Lost } from './facts.js';

export interface Played {
  /** In Chinese. */
  readonly text: string;
  readonly act: DryAct;
}

export interface Repeated {
  readonly rehearsed: RehearsedCase;
  /** The acts that were done, for a play on the draft. */
  readonly steps: readonly Played[];
  /** Acts that the draft refuses. */
  readonly refused: readonly Lost[];
}

/**
 * @param before the stage on which the acts were done
 * @param until the clock at the end
 */
export function repeated(
  { before, on }: { readonly before: Stage; readonly on: Stage },
  acts: readonly PastAct[],
  until: Date,
): Repeated {
  const rehearsed = rehearsedCase(on);
  const done: Played[] = [];
  const refused: Lost[] = [];
  for (const [index, act] of acts.entries()) {
    const refusal = refusalOf(() => {
      if (index === 0 && act.kind === 'send') beginCase(rehearsed, on, act, act.data, act.at);
      else repeat({ before, on, rehearsed, done }, act);
    });
    if (refusal) refused.push(lostAct(before, act, refusal));
  }
  const refusal = refusalOf(() => rehearsed.moveTo(until));
  if (refusal) refused.push(lostAct(before, undefined, refusal));
  done.push({ text: `到 ${minute(until)}`, act: { clock: toShanghaiIso(until) } });
  return { rehearsed, steps: done, refused };
}

function lostAct(stage: Stage, act: PastAct | undefined, { code, message }: Refusal): Lost {
  const [of, title] = actedOn(stage, act);
  return {
    kind: 'act',
    key: `act ${of} ${code}`,
    of: null,
    says: `${title}办不成：${message}`,
    provisions: [],
  };
}

function actedOn(stage: Stage, act: PastAct | undefined): readonly [of: string, title: string] {
  switch (act?.kind) {
    case undefined:
      return ['', '到期的'];
    case 'complete':
      return [act.element, `“${elementIn(stage, act.element)?.name ?? act.element}”`];
    case 'send':
      return [act.message, `收到“${heardBy(stage, act.message)}”`];
    case 'start':
      return [act.process, '开始'];
    case 'amend':
      return [act.act.type, '更正'];
  }
}

const elementIn = ({ definitions }: Stage, id: string): ElementAnnotation | undefined =>
  definitions.all.map(({ annotations }) => annotations.element(id)).find((one) => one !== undefined);

interface Repeating {
  readonly before: Stage;
  readonly on: Stage;
  readonly rehearsed: RehearsedCase;
  readonly done: Played[];
}

function repeat({ before, on, rehearsed, done }: Repeating, act: PastAct): void {
  switch (act.kind) {
    case 'start':
      return rehearsed.start(act.process, act.at, act.data);
    case 'send':
      done.push({
        text: `收到“${heardBy(on, act.message)}”`,
        act: { send: act.message, with: act.data, at: toShanghaiIso(act.at) },
      });
      return rehearsed.send(act.message, act.data, act.at);
    case 'amend':
      return amend(rehearsed, act);
    case 'complete': {
      const task = taskFor({ before, on, rehearsed, done }, act);
      return task && complete({ on, rehearsed, done }, task, act.data, act);
    }
  }
}

/** The same element; else the task of the same name or deed; tasks of the draft alone are passed on the way. */
function taskFor(
  { before, on, rehearsed, done }: Repeating,
  { element, at, facts }: Extract<PastAct, { kind: 'complete' }>,
): OpenTask | undefined {
  const own = elementIn(before, element);
  const deeds = own?.deeds.map(({ name }) => name) ?? [];
  const open = (): OpenTask | undefined => {
    const tasks = [...rehearsed.file.tasks.values()].filter((task) => !contradicts(task, facts));
    const alike = tasks.filter((task) => !elementIn(before, task.element) || deeds.length > 0);
    return (
      tasks.find((task) => task.element === element) ??
      alike.find(({ name }) => name === own?.name) ??
      alike.find((task) => task.deeds.some((deed) => deeds.includes(deed)))
    );
  };
  rehearsed.moveTo(new Date(at.getTime() - 1));
  for (let most = mostAdded; most > 0; most -= 1) {
    const task = open();
    if (task) return task;
    const added = [...rehearsed.file.tasks.values()].find((one) => isAdded(before, one));
    if (!added) break;
    complete({ on, rehearsed, done }, added, {}, { at, facts: {} });
  }
  rehearsed.moveTo(at);
  // A task that is no deed has no meaning in law: the draft may do without it.
  return open() ?? (deeds.length === 0 ? undefined : rehearsed.openTask(element, facts));
}

function complete(
  { on, rehearsed, done }: Omit<Repeating, 'before'>,
  task: OpenTask,
  data: JsonObject,
  { at, facts }: { readonly at: Date; readonly facts: JsonObject },
): void {
  const answers = fitting(on, rehearsed.elementOf(task), data, facts);
  done.push({
    text: `办结“${task.name}”`,
    act: { complete: task.element, with: answers, at: toShanghaiIso(at) },
  });
  rehearsed.complete(task.element, answers, at, { facts });
}

/** A task of the draft alone that is no deed, like a signature on the way. */
const isAdded = (before: Stage, { element, name, deeds }: OpenTask): boolean =>
  deeds.length === 0 &&
  !elementIn(before, element) &&
  !before.definitions.all.some(({ annotations }) => annotations.elements.some((one) => one.name === name));

/** Tasks that a draft may have added before the next act. */
const mostAdded = 20;

/** Answers under the draft's form: a field renamed there is found by the fact of the deed that it states. */
function fitting(on: Stage, element: ElementAnnotation, data: JsonObject, facts: JsonObject): JsonObject {
  const stated = element.deeds.flatMap((deed) =>
    deed.facts.flatMap(({ name, value }): (readonly [string, Json])[] => {
      const said = facts[name];
      return said === undefined ? [] : [[value.replace(/^=\s*/, ''), said]];
    }),
  );
  const asked = Object.fromEntries(stated.filter(([key]) => element.form.some((field) => field.key === key)));
  const given = answered(element, { ...asked, ...data });
  const law = on.laws.today();
  const missing = element.form
    .filter(({ key, required }) => required && !(key in given))
    .map((field): readonly [string, Json] => [field.key, plainAnswer(field, law)]);
  return { ...Object.fromEntries(missing), ...given };
}

const heardBy = ({ definitions }: Stage, message: string): string =>
  definitions.all
    .flatMap(({ annotations }) => annotations.elements)
    .find(({ catches }) => catches === message)?.name ?? message;

/**
 * Finds a task that is no deed without its element id, by performer, form fields and name, so that
 * a redrawn task is still found.
 */
import type { ElementAnnotation, OpenTask } from '../../engine/index.js';
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { plainAnswer, type OnFound } from './deeds.js';
import type { RehearsedCase } from './rehearsed-case.js';

export interface OrdinaryTask {
  readonly name: string;
  readonly role: string | null;
  /** Keys of the form's fields. */
  readonly asks: readonly string[];
}

export const ordinaryTaskOf = ({ name, role, form }: ElementAnnotation): OrdinaryTask => ({
  name,
  role,
  asks: form.map(({ key }) => key),
});

/**
 * Other fields of the form get default answers.
 *
 * @throws {Refusal} `task.not-found`, and as `complete`
 */
export function doOrdinaryTask(
  rehearsed: RehearsedCase,
  wanted: OrdinaryTask,
  answers: JsonObject,
  at: Date,
  law: Law,
  onFound: OnFound = () => undefined,
): void {
  rehearsed.moveTo(new Date(at.getTime() - 1));
  const open = [...rehearsed.file.tasks.values()].map((task) => ({
    task,
    element: rehearsed.elementOf(task),
  }));
  const ranked = open
    .map((one) => ({ ...one, likeness: likeness(wanted, one) }))
    .filter(({ likeness: found }) => found >= 2)
    .sort((one, other) => other.likeness - one.likeness);
  const [found] = ranked;
  if (!found) {
    throw new Refusal('task.not-found', `此时没有开着的待办“${wanted.name}”`, {
      where: wanted.name,
      remedy: `开着的有：${open.map(({ element }) => element.name).join('、') || '无'}`,
    });
  }
  const { task, element } = found;
  onFound(element, {});
  const filled = element.form.flatMap((field): (readonly [string, Json])[] => {
    const given = answers[field.key];
    if (given !== undefined) return [[field.key, given]];
    return field.required ? [[field.key, plainAnswer(field, law)]] : [];
  });
  rehearsed.complete(task.element, Object.fromEntries(filled), at);
}

/** Zero for a task that is a deed, since deeds are named as such. Name, role and form count alike. */
function likeness(
  { name, role, asks }: OrdinaryTask,
  { task, element }: { readonly task: OpenTask; readonly element: ElementAnnotation },
): number {
  if (task.deeds.length > 0) return 0;
  const keys = element.form.map(({ key }) => key);
  const isSameForm = keys.length === asks.length && keys.every((key) => asks.includes(key));
  return [element.name === name, task.role === role, isSameForm].filter(Boolean).length;
}

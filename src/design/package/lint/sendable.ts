/**
 * A form that cannot be sent: registers one case for each way out on the real engine, without a
 * database, up to the step behind the way.
 */
import { optionsUnder } from '../../../engine/index.js';
import { Refusal } from '../../../kernel/index.js';
import type { Law } from '../../../kernel/law.js';
import { beginning, rehearsedCase, type RehearsedCase, type Stage } from '../../rehearsal/index.js';
import { answersTo } from '../answers-to.js';
import type { PackageFinding } from '../finding.js';

interface Search {
  readonly way: string;
  readonly law: Law;
  readonly at: Date;
  /** Completions still to be tried; a form that can be sent needs a few. */
  left: number;
  /** The last refusal of the form furthest on the way. */
  refused?: { readonly task: string; readonly chosen: boolean; readonly refusal: Refusal };
}

export function sendable(stage: Stage, law: Law, at: Date): PackageFinding[] {
  const process = beginning(stage);
  return law.intake.waysOut.flatMap(({ key, name }): PackageFinding[] => {
    const begun = rehearsedCase(stage);
    begun.start(process, at, {});
    const search: Search = { way: key, law, at, left: 1500 };
    if (isSent(begun, search, false)) return [];
    const { task = '', refusal } = search.refused ?? {};
    const article = refusal?.provision === undefined ? '' : `（${refusal.provision}）`;
    return [
      {
        ...{ rule: 'sendable', severity: 'error', where: `processes/${process}.bpmn ${task}`.trim() },
        what: `选“${name}”（${key}）的，表单怎样填都交不出去：${refusal?.message ?? '没有待办'}${article}`,
        fix: '改表单的栏目、选项或者规则；不要这种处理方式的，从 sheet.json 的 waysOut 去掉',
      },
    ];
  });
}

/** @param chosen whether the way has been chosen: one more form is to be sent */
function isSent(rehearsed: RehearsedCase, search: Search, chosen: boolean): boolean {
  const [task] = rehearsed.file.tasks.values();
  if (!task) return chosen;
  const { form } = rehearsed.elementOf(task);
  const asked = form.map((field) => ({ ...field, options: optionsUnder(field, search.law) }));
  const chooses = form.some(({ key }) => key === 'wayOut');
  for (const answers of answersTo(asked, { wayOut: search.way })) {
    if (search.left-- <= 0) return false;
    const next = rehearsed.fork();
    try {
      next.complete(task.element, answers, search.at);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (chosen || !search.refused?.chosen) search.refused = { task: task.element, chosen, refusal };
      continue;
    }
    if (chosen || isSent(next, search, chooses)) return true;
  }
  return false;
}

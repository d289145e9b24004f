/**
 * Checks a table that proposes a form's answers (`duty:proposal` of a user task): the form must
 * accept what it proposes.
 */
import {
  feel,
  functions,
  optionsUnder,
  type DecisionTable,
  type ElementAnnotation,
} from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import type { Law } from '../../../kernel/law.js';
import { provisionLabel } from '../../../law/regulation/model/index.js';
import { isFeel } from '../data/is-feel.js';
import { textIn } from './registered.js';
import { linesOf, type TableFinding } from './subject.js';

/** Any instant will do: results are constants, and no form rule may depend on the day. */
const anyInstant = new Date(0);

export function* misfits(table: DecisionTable, task: ElementAnnotation, law: Law): Generator<TableFinding> {
  const { outputs, rules } = table;
  for (const [at, { id, name, label }] of outputs.entries()) {
    const field = task.form.find(({ key }) => key === name);
    if (!field) {
      yield {
        element: id,
        message: `“${label}”（${name}）不是“${task.name}”表单上的一项。`,
        fix: `变量名写表单上的：${task.form.map(({ key }) => key).join('、')}。`,
      };
      continue;
    }
    if (field.type !== 'choice') continue;
    const options = new Set(optionsUnder(field, law).map(({ value }) => value));
    for (const rule of rules) {
      const value = textIn(rule.results[at] ?? 'null');
      if (value === undefined || options.has(value)) continue;
      yield {
        element: rule.id,
        message: `第 ${rule.number} 行的“${label}”：表单“${task.name}”没有选项“${value}”。`,
        fix: `可选的是 ${[...options].join('、')}。`,
      };
    }
  }
  yield* brokenRules(table, task);
}

/** Rules of the form that involve only proposed answers. */
function* brokenRules({ outputs, rules }: DecisionTable, task: ElementAnnotation): Generator<TableFinding> {
  const proposed = new Set(outputs.map(({ name }) => name));
  for (const { holds, says, provision } of task.rules) {
    if (!isFeel(holds)) continue;
    const test = feel(holds);
    const asked = test.names.filter((name) => !functions.has(name));
    if (asked.length === 0 || !asked.every((name) => proposed.has(name))) continue;
    const broken = rules.filter(({ results }) => {
      const given = outputs.map(({ name }, at): readonly [string, Json] => [
        name,
        textIn(results[at] ?? 'null') ?? null,
      ]);
      const answers = Object.fromEntries(given.filter(([, value]) => value !== null));
      return asked.every((key) => key in answers) && !test.holds(answers, anyInstant);
    });
    const [first] = broken;
    if (!first) continue;
    yield {
      element: first.id,
      message: `${linesOf(broken)}提议的，“${task.name}”的表单不收：${says}${provision === null ? '' : `（${provisionLabel(provision)}）`}。`,
      fix: '照表单的规则改这一行。',
    };
  }
}

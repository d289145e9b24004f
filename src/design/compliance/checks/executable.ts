/**
 * Rule 12: the engine can execute the diagram: registered handlers, decision tables in force, FEEL
 * conditions, supported elements, no script anywhere.
 */
import { duty, label, lintDefinition, type BpmnElement } from '../../../engine/model/index.js';
import { misfits } from '../decisions/proposal.js';
import type { Rule } from '../subject.js';
import { fixes } from './executable-fixes.js';
import { checkForeign, checkForm } from './executable-inert.js';

export const executable: Rule = ({ definition, process, elements, annotations, context, inForce }, say) => {
  for (const finding of lintDefinition(definition, {
    names: () => context.handlers.map(({ name }) => name),
  })) {
    say({
      element: finding.element,
      message: finding.message,
      fix: finding.otherwise ?? fixes[finding.rule] ?? '按所说改正这个元素。',
    });
  }
  for (const node of elements.nodes) {
    const decision = duty(node, 'decision') ?? duty(node, 'proposal');
    if (decision === undefined) continue;
    const table = inForce.tables.find(({ key }) => key === decision);
    const task = duty(node, 'proposal') === undefined ? undefined : annotations.element(node.id ?? '');
    for (const { message, fix } of table && task ? misfits(table, task, context.law) : [])
      say({ element: node, message: `决策表 ${decision}：${message}`, fix });
    if (table) continue;
    say({
      element: node,
      message: `${label(node)} 的决策表 ${decision} 没有现行的一版。`,
      fix: '改选已有的一张，或者先让这张表生效。',
    });
  }
  for (const { id, name, handler, clock } of annotations.elements) {
    const { moves = [] } = context.handlers.find((one) => one.name === handler) ?? {};
    for (const limit of new Set(moves.map((one) => one ?? clock))) {
      if (limit === null || annotations.timerOf(limit) !== undefined) continue;
      say({
        severity: 'warning',
        element: id,
        message: `“${name}”的处理程序 ${handler ?? ''} 要动期限 ${limit}，这张图没有计时事件量它：要动的时候，这一步办不了。`,
        fix: `画一个量 ${limit} 的计时事件，让这一步在它计时的时候办；或者换一个处理程序。`,
      });
    }
  }
  for (const element of [process, ...elements.nodes, ...elements.flows]) {
    checkForm(element, say);
    checkForeign(element, say);
    const script = scriptIn(element);
    if (script !== undefined) {
      say({
        element,
        message: `扩展属性里有脚本（${script}）。流程图里不得带有程序。`,
        fix: '删去脚本；要计算的写成 FEEL 条件，要办的事选登记过的处理程序。',
      });
    }
  }
};

interface Extension extends BpmnElement {
  readonly values?: readonly Extension[];
  readonly $children?: readonly Extension[];
}

/** A script in another vendor's extension does nothing here but would run in that vendor's engine. */
function scriptIn(element: BpmnElement): string | undefined {
  const extensions = element.get('extensionElements') as Extension | undefined;
  const open = [...(extensions?.values ?? [])];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (/:(script|.*listener)$/i.test(one.$type)) return one.$type;
    open.push(...(one.$children ?? []));
  }
  return undefined;
}

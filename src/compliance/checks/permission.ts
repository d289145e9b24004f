/** Rule 8: what the law permits stays a person's choice: never automatic, never forced (return for rework). */
import { label, type BpmnElement, type FlowNode } from '../../engine/model/index.js';
import { pathAvoiding } from '../flow/path-avoiding.js';
import { pathWithout } from '../flow/path-without.js';
import { pathGraphOf } from '../flow/path-graph.js';
import { fieldsOf, inWords, isLinked, linked } from '../links.js';
import type { Rule, Say, Subject } from '../subject.js';

export const permission: Rule = (subject, say) => {
  for (const norm of subject.context.norms.filter(({ modality }) => modality === 'may')) {
    if (norm.bearers.includes('caller')) checkRight(subject, norm.id, say);
    else checkPower(subject, norm.id, say);
  }
};

function checkPower(subject: Subject, norm: string, say: Say): void {
  const decisions = linked(subject, { norm, relation: 'fulfils' });
  const acts = linked(subject, { norm, relation: 'records' });
  if (decisions.length + acts.length === 0) return;
  for (const node of decisions) {
    if (!isChoice(subject, node)) {
      say({
        element: node,
        message: `${label(node)} 行使的是“可以”的权限(${norm}),却没有人在这里作选择。`,
        fix: '改为用户任务,表单里加一个必填的选择项,至少两个选项(做、不做)。',
      });
    }
  }
  const isDecision = (node: BpmnElement): boolean => isLinked(subject, node, { norm, relation: 'fulfils' });
  const isAct = (node: BpmnElement): boolean => isLinked(subject, node, { norm, relation: 'records' });
  const ways = pathGraphOf(subject);
  const automatic = pathWithout(subject, ways, { from: ways.starts, first: isDecision, then: isAct });
  if (automatic !== undefined) {
    say({
      element: automatic.at(-1) ?? subject.process,
      message: `没有人决定就行使了“可以”的权限(${norm}):${inWords(automatic)}。`,
      fix: '在这条路上先经过作决定的用户任务。',
    });
  }
  if (acts.length === 0) return;
  for (const node of decisions) {
    if (pathAvoiding(subject, ways, { from: ways.after(node), hits: isAct }) !== undefined) continue;
    say({
      element: node,
      message: `${label(node)} 以后每一条路都行使“可以”的权限(${norm}):可以成了必须。`,
      fix: '从它后面的网关接一条不行使这项权限的出口。',
    });
  }
}

const isChoice = (subject: Subject, node: FlowNode): boolean =>
  node.$type === 'bpmn:UserTask' &&
  fieldsOf(subject, node).some(
    ({ type, required, options }) =>
      required && ((type === 'choice' && options.length > 1) || type === 'boolean'),
  );

/** A caller's right: the case must also end if it is not exercised. */
function checkRight(subject: Subject, norm: string, say: Say): void {
  const ways = pathGraphOf(subject);
  for (const node of linked(subject, { norm, relation: 'triggers' })) {
    if (!/Catch|ReceiveTask/.test(node.$type)) continue;
    const around = pathAvoiding(subject, ways, { from: ways.starts, hits: (one) => one === node });
    if (around !== undefined) continue;
    say({
      element: node,
      message: `流程非等到来电人行使权利(${norm})才往下走:${label(node)}。这是来电人可以做的,不是必须。`,
      fix: '改为不中断的事件子流程或者边界事件,让流程不等它。',
    });
  }
}

/**
 * Rule 8: what the law permits stays a person's choice, never automatic and never forced (return
 * for rework). The norm's `power` names the deeds that decide on it and use it; a caller's right is
 * used by the deed that opens the duty. Links add to them.
 */
import { label, optionsUnder, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import { pathAvoiding } from '../flow/path-avoiding.js';
import { pathWithout } from '../flow/path-without.js';
import { pathGraphOf } from '../flow/path-graph.js';
import type { Act, Norm } from '../../../law/regulation/model/index.js';
import { actsInWords, does } from '../doing.js';
import { fieldsOf, inWords, isLinked } from '../links.js';
import type { Rule, Say, Subject } from '../subject.js';

export const permission: Rule = (subject, say) => {
  for (const norm of subject.context.norms.filter(({ modality }) => modality === 'may')) {
    if (norm.bearers.includes('caller')) checkRight(subject, norm, say);
    else checkPower(subject, norm, say);
  }
};

const doesAny = (subject: Subject, node: BpmnElement, acts: readonly Act[]): boolean =>
  acts.some((act) => does(subject, node, act, subject.context));

function checkPower(subject: Subject, { id: norm, power, provisions }: Norm, say: Say): void {
  const isDecision = (node: BpmnElement): boolean =>
    isLinked(subject, node, { norm, relation: 'fulfils' }) || doesAny(subject, node, power?.decided ?? []);
  const isAct = (node: BpmnElement): boolean =>
    isLinked(subject, node, { norm, relation: 'records' }) || doesAny(subject, node, power?.used ?? []);
  const decisions = subject.elements.nodes.filter(isDecision);
  const acts = subject.elements.nodes.filter(isAct);
  if (decisions.length + acts.length === 0) return;
  const article = provisions[0] ?? '';
  const what = power ? `（${actsInWords(subject, power.used)}）` : '';
  for (const node of decisions) {
    if (!isChoice(subject, node)) {
      say({
        element: node,
        article,
        message: `${label(node)} 行使的是“可以”的权限（${norm}），却没有人在这里作选择。`,
        fix: '改为办理环节，表单里加一个必填的选择项，至少两个选项（做、不做）。',
      });
    }
  }
  const ways = pathGraphOf(subject);
  const automatic = pathWithout(subject, ways, { from: ways.starts, first: isDecision, then: isAct });
  if (automatic !== undefined) {
    say({
      element: automatic.at(-1) ?? subject.process,
      article,
      message: `没有人决定就行使了“可以”的权限（${norm}）：${inWords(automatic)}。`,
      fix: `这项权限${what}由人决定才行使：在这条路上先经过作决定的办理环节。`,
    });
  }
  if (acts.length === 0) return;
  for (const node of decisions) {
    if (pathAvoiding(subject, ways, { from: ways.after(node), hits: isAct }) !== undefined) continue;
    say({
      element: node,
      article,
      message: `${label(node)} 以后每一条路都行使“可以”的权限（${norm}）：可以成了必须。`,
      fix: `从它后面的网关接一条不行使这项权限${what}的出口。`,
    });
  }
}

const isChoice = (subject: Subject, node: FlowNode): boolean =>
  node.$type === 'bpmn:UserTask' &&
  fieldsOf(subject, node).some(
    (field) =>
      field.required &&
      ((field.type === 'choice' && optionsUnder(field, subject.context.law).length > 1) ||
        field.type === 'boolean'),
  );

/** A caller's right: the case must also end if it is not exercised. */
function checkRight(subject: Subject, { id: norm, duty, provisions }: Norm, say: Say): void {
  const ways = pathGraphOf(subject);
  for (const node of subject.elements.nodes) {
    if (!/Catch|ReceiveTask/.test(node.$type)) continue;
    if (
      !isLinked(subject, node, { norm, relation: 'triggers' }) &&
      !doesAny(subject, node, duty?.opens ?? [])
    )
      continue;
    const around = pathAvoiding(subject, ways, { from: ways.starts, hits: (one) => one === node });
    if (around !== undefined) continue;
    say({
      element: node,
      article: provisions[0] ?? '',
      message: `流程非等到来电人行使权利（${norm}）才往下走：${label(node)}。这是来电人可以做的，不是必须。`,
      fix: '改为不中断的事件子流程或者边界事件，让流程不等它。',
    });
  }
}

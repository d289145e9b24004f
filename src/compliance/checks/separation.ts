/**
 * Rule 9: every task has a role, separated duties have different performers, recusal is checked before assignment.
 */
import { duty, label, type BpmnElement, type FlowNode } from '../../engine/model/index.js';
import { pathWithout } from '../flow/path-without.js';
import { pathGraphOf } from '../flow/path-graph.js';
import { fieldsOf, inWords, isLinked } from '../links.js';
import { separatedDuties, type Performed } from '../obligations.js';
import type { Rule, Say, Subject } from '../subject.js';
import { normFor, normsFor, provisionFor } from '../../kernel/law.js';

export const separation: Rule = (subject, say) => {
  for (const node of subject.elements.nodes) {
    if (node.$type === 'bpmn:UserTask') checkRole(subject, node, say);
    checkNotBy(subject, node, say);
  }
  checkApart(subject, say);
  checkRecusal(subject, say);
  checkRemoved(subject, say);
};

function checkRole({ context }: Subject, node: FlowNode, say: Say): void {
  const role = duty(node, 'role');
  if (role !== undefined && context.roles.some((one) => one.role === role)) return;
  say({
    element: node,
    message:
      role === undefined
        ? `${label(node)} 没有写明由哪个角色办。`
        : `${label(node)} 的角色“${role}”不在角色表里。`,
    fix: `在 duty:role 写上角色,可以写:${context.roles.map((one) => one.role).join('、')}。`,
  });
}

const excluded = (node: FlowNode): readonly string[] =>
  (duty(node, 'notBy') ?? '').split(/\s+/).filter(Boolean);

function checkNotBy({ elements }: Subject, node: FlowNode, say: Say): void {
  for (const id of excluded(node)) {
    const other = elements.nodes.find((one) => one.id === id);
    if (other !== undefined && other !== node) continue;
    say({
      element: node,
      message: other
        ? `${label(node)} 的 duty:notBy 写了它自己,永远没有人能办。`
        : `${label(node)} 的 duty:notBy 写的 ${id} 不在图里,谁也没有排除。`,
      fix: '改为要排除其经办人的那个环节的标识。',
    });
  }
}

const isPerformed = (subject: Subject, node: FlowNode, performed: Performed): boolean =>
  node.$type === 'bpmn:UserTask' &&
  ('field' in performed
    ? fieldsOf(subject, node).some(({ key }) => key === performed.field)
    : isLinked(subject, node, performed));

/** Separated by exclusive roles, or by the task's `duty:notBy`. */
function checkApart(subject: Subject, say: Say): void {
  const { elements, context } = subject;
  for (const { judge, judged, provision, why } of separatedDuties) {
    for (const node of elements.nodes.filter((one) => isPerformed(subject, one, judge))) {
      for (const other of elements.nodes.filter((one) => isPerformed(subject, one, judged))) {
        if (other === node || excluded(node).includes(other.id ?? '')) continue;
        const [own, theirs] = [duty(node, 'role'), duty(other, 'role')];
        if (context.roles.find(({ role }) => role === own)?.exclusive.includes(theirs ?? '')) continue;
        say({
          element: node,
          article: provision,
          message: `${label(node)} 和 ${label(other)} 可能由同一个人办:${why}。`,
          fix: `在 ${label(node)} 的 duty:notBy 加上 ${other.id ?? ''}。`,
        });
      }
    }
  }
}

/** Between the form that names the unit and the unit's tasks there is an element that checks recusal. */
function checkRecusal(subject: Subject, say: Say): void {
  const ways = pathGraphOf(subject);
  const ofUnit = new Set(subject.context.roles.filter((role) => role.ofUnit).map(({ role }) => role));
  const checks = (node: BpmnElement): boolean =>
    normsFor('recusal').some((norm) => isLinked(subject, node, { norm, relation: 'checks' }));
  const has = (node: BpmnElement): boolean =>
    (node.$type === 'bpmn:UserTask' && ofUnit.has(duty(node, 'role') ?? '')) ||
    (/Throw|EndEvent/.test(node.$type) &&
      isLinked(subject, node, { norm: normFor('reply'), relation: 'triggers' }));
  for (const node of subject.elements.nodes) {
    const assigns = fieldsOf(subject, node).some(({ key, required }) => key === 'unit' && required);
    if (!assigns) continue;
    const way = pathWithout(subject, ways, { from: ways.after(node).slice(0, 1), first: checks, then: has });
    if (way === undefined) continue;
    say({
      element: node,
      article: provisionFor('recusal-of-persons'),
      message: `${label(node)} 定下的承办单位没有核对回避就接到了工单:${inWords(way)}。`,
      fix: `在交到承办单位以前,经过核对回避的服务任务(duty:norm ${normsFor('recusal').join('、')},检查)。`,
    });
  }
}

function checkRemoved({ elements, inForce }: Subject, say: Say): void {
  for (const before of inForce.own?.elements.nodes ?? []) {
    const after = elements.nodes.find(({ id }) => id === before.id);
    if (!after) continue;
    const gone = excluded(before).filter(
      (id) => !excluded(after).includes(id) && elements.nodes.some((one) => one.id === id),
    );
    if (gone.length === 0) continue;
    say({
      severity: 'warning',
      element: after,
      message: `${label(after)} 不再排除 ${gone.join('、')} 的经办人。`,
      fix: '恢复 duty:notBy,或者在提交时写明理由。',
    });
  }
}

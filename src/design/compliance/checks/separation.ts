/**
 * Rule 9: every task has a role, and nobody judges themselves. That recusal comes first is a matter
 * of order (rule 5).
 */
import { duty, label, type FlowNode } from '../../../engine/model/index.js';
import { rolesInWords } from '../doing.js';
import { wayTo } from '../flow/way-to.js';
import { proofOf, type Proof } from '../proof.js';
import type { Rule, Say, Subject } from '../subject.js';

export const separation: Rule = (subject, say) => {
  for (const node of subject.elements.nodes) {
    if (node.$type === 'bpmn:UserTask' || isAwaited(node)) checkRole(subject, node, say);
    checkNotBy(subject, node, say);
  }
  checkApart(subject, say);
  checkRemoved(subject, say);
};

/** A receive task that a person completes when the awaited thing has come. */
const isAwaited = ({ $type, messageRef }: FlowNode): boolean => $type === 'bpmn:ReceiveTask' && !messageRef;

function checkRole(subject: Subject, node: FlowNode, say: Say): void {
  const { context } = subject;
  const role = duty(node, 'role');
  if (role !== undefined && context.roles.some((one) => one.role === role)) return;
  say({
    element: node,
    message:
      role === undefined
        ? `${label(node)} 没有写明由哪个角色办。`
        : `${label(node)} 的角色“${role}”不在角色表里。`,
    fix: `在“角色”里选：${rolesInWords(
      context.roles.map((one) => one.role),
      context.law,
    )}。`,
    proof: opens(subject, node, role ?? null, null),
  });
}

const excluded = (node: FlowNode): readonly string[] =>
  (duty(node, 'notBy') ?? '').split(/\s+/).filter(Boolean);

function checkNotBy(subject: Subject, node: FlowNode, say: Say): void {
  for (const id of excluded(node)) {
    const other = subject.elements.nodes.find((one) => one.id === id);
    if (other !== undefined && other !== node) continue;
    say({
      element: node,
      message: other
        ? `${label(node)} 排除了办过它自己的人，永远没有人能办。`
        : `${label(node)} 排除办过 ${id} 的人，图里没有这个环节，谁也没有排除。`,
      fix: '在“办过下列环节的人不能办这一环节”里改选要排除其经办人的环节。',
      proof: opens(subject, node, duty(node, 'role') ?? null, id),
    });
  }
}

/** Tasks are separated by exclusive roles, or by the task's `duty:notBy`. */
function checkApart(subject: Subject, say: Say): void {
  const { context } = subject;
  for (const { name, apart } of context.vocabulary.deeds) {
    for (const node of performed(subject, name)) {
      for (const { from, provision, why } of apart) {
        for (const other of from.flatMap((deed) => performed(subject, deed))) {
          if (other === node || excluded(node).includes(other.id ?? '')) continue;
          const [own, theirs] = [duty(node, 'role'), duty(other, 'role')];
          if (context.roles.find(({ role }) => role === own)?.exclusive.includes(theirs ?? '')) continue;
          say({
            element: node,
            article: provision,
            message: `${label(node)} 和 ${label(other)} 可能由同一个人办：${why}。`,
            fix: `在 ${label(node)} 的“办过下列环节的人不能办这一环节”里加上 ${label(other)}。`,
            proof: comesToBoth(subject, other, node),
          });
        }
      }
    }
  }
}

const performed = ({ elements, annotations }: Subject, deed: string): readonly FlowNode[] =>
  elements.nodes.filter(
    (node) =>
      node.$type === 'bpmn:UserTask' &&
      annotations.element(node.id ?? '')?.deeds.some(({ name }) => name === deed),
  );

function checkRemoved(subject: Subject, say: Say): void {
  const { elements, inForce } = subject;
  for (const before of inForce.own?.elements.nodes ?? []) {
    const after = elements.nodes.find(({ id }) => id === before.id);
    if (!after) continue;
    const gone = excluded(before).filter(
      (id) => !excluded(after).includes(id) && elements.nodes.some((one) => one.id === id),
    );
    if (gone.length === 0) continue;
    const first = elements.nodes.find(({ id }) => id === gone[0]);
    say({
      severity: 'warning',
      element: after,
      message: `${label(after)} 不再排除办过${gone.map((id) => nameOf(elements.nodes, id)).join('、')}的人。`,
      fix: '在“办过下列环节的人不能办这一环节”里加回来，或者在提交时写明理由。',
      ...(first ? { proof: comesToBoth(subject, first, after) } : {}),
    });
  }
}

const nameOf = (nodes: readonly FlowNode[], id: string): string => {
  const node = nodes.find((one) => one.id === id);
  return node ? label(node) : id;
};

const opens = (subject: Subject, node: FlowNode, role: string | null, notBy: string | null): Proof =>
  proofOf(wayTo(subject, node), { kind: 'open', element: node.id ?? '', role, notBy });

const comesToBoth = (subject: Subject, one: FlowNode, other: FlowNode): Proof =>
  proofOf([...new Set([...wayTo(subject, one), ...wayTo(subject, other)])], {
    kind: 'both',
    elements: [one.id ?? '', other.id ?? ''],
  });

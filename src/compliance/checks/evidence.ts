/**
 * Rule 11: forms that fulfil a norm have a required field, and the fields that the catalogue names for a norm are
 * required and kept as evidence.
 */
import { label, type FlowNode } from '../../engine/model/index.js';
import { fieldsOf, normsOf } from '../links.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

export const evidence: Rule = (subject, say) => {
  for (const node of subject.elements.nodes) {
    if (node.$type === 'bpmn:UserTask') checkTask(subject, node, say);
    checkFields(subject, node, say);
  }
  checkProven(subject, say);
};

/** A user task that fulfils a norm leaves evidence. */
function checkTask(subject: Subject, node: FlowNode, say: Say): void {
  const serves = normsOf(subject, node).some(({ relation }) => relation === 'fulfils');
  if (!serves || fieldsOf(subject, node).some((field) => field.required && field.evidence)) return;
  say({
    element: node,
    message: `${label(node)} 履行义务,表单里却没有必填并存证的栏目:办过以后没有凭据。`,
    fix: '在表单里加一栏,必填(required)并存证(evidence),例如办理情况。',
  });
}

/** Fields named by the catalogue are required and kept wherever they are asked for. */
function checkFields(subject: Subject, node: FlowNode, say: Say): void {
  for (const { norm } of normsOf(subject, node)) {
    const fields = subject.context.norms.find(({ id }) => id === norm)?.evidence.fields ?? [];
    for (const field of fieldsOf(subject, node)) {
      if (!fields.includes(field.key) || (field.required && field.evidence)) continue;
      say({
        element: node,
        message: `${label(node)} 的“${field.label || field.key}”(${field.key})是 ${norm} 的凭据,却${field.required ? '不存证' : '可以不填'}。`,
        fix: `把 ${field.key} 设为必填(required)并存证(evidence)。`,
      });
    }
  }
}

const asks = (model: ProcessModel, field: string): boolean =>
  model.elements.nodes.some((node) =>
    fieldsOf(model, node).some(({ key, required }) => key === field && required),
  );

/** Evidence of the version in force that no form asks for any more. */
function checkProven(subject: Subject, say: Say): void {
  const { context, inForce } = subject;
  const own = inForce.own;
  if (!own) return;
  const reported = new Set<string>();
  for (const norm of context.norms) {
    for (const field of norm.evidence.fields) {
      if (
        reported.has(field) ||
        !asks(own, field) ||
        asks(subject, field) ||
        inForce.others.some((other) => asks(other, field))
      )
        continue;
      reported.add(field);
      const asked = own.elements.nodes.find((node) => fieldsOf(own, node).some(({ key }) => key === field));
      const still = subject.elements.nodes.find(({ id }) => id === asked?.id);
      say({
        element: still ?? subject.process,
        article: norm.provisions[0] ?? '',
        message: `${norm.id} 的凭据 ${field} 再没有表单必填:现行的图里由 ${asked ? label(asked) : ''} 填写。`,
        fix: `在履行 ${norm.id} 的环节的表单里恢复必填并存证的 ${field}。`,
      });
    }
  }
}

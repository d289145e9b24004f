/**
 * Rule 11: a legal act of a person leaves evidence. Its form has a required field. Fields that the
 * catalogue names for a norm are required and kept as evidence wherever the deeds that prove the
 * norm are done, the conditional ones where their act is done. Links add to the deeds.
 */
import { label, type FlowNode } from '../../../engine/model/index.js';
import { mayStayEmpty } from '../data/stays-empty.js';
import { alone, doesLawful, linkTo, titleOf } from '../doing.js';
import { fieldsOf, normsOf } from '../links.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

export const evidence: Rule = (subject, say) => {
  for (const node of subject.elements.nodes) {
    if (node.$type === 'bpmn:UserTask') checkTask(subject, node, say);
    checkFields(subject, node, say);
    checkConditional(subject, node, say);
  }
  checkProven(subject, say);
};

/** Checks a user task that is a deed of the regulation, or fulfils a norm. */
function checkTask(subject: Subject, node: FlowNode, say: Say): void {
  const serves = normsOf(subject, node).some(({ relation }) => relation === 'fulfils');
  if (
    !(serves || doesLawful(subject, node)) ||
    fieldsOf(subject, node).some((field) => field.required && field.evidence)
  )
    return;
  say({
    element: node,
    message: `${label(node)} 履行义务，表单里却没有必填并存证的栏目：办过以后没有凭据。`,
    fix: '在表单里加一栏，必填并存证，例如办理情况。',
  });
}

/** Fields named by the catalogue are required and kept wherever they are asked for. */
function checkFields(subject: Subject, node: FlowNode, say: Say): void {
  const deeds = subject.annotations.element(node.id ?? '')?.deeds ?? [];
  const links = normsOf(subject, node);
  const reported = new Set<string>();
  for (const { id, provisions, evidence: wanted } of subject.context.norms) {
    const linked = links.find(({ norm }) => norm === id);
    const deed = deeds.find(({ name }) => wanted.deeds.includes(name));
    if (!linked && !deed) continue;
    for (const { key, label: name, required, evidence: kept } of fieldsOf(subject, node)) {
      if (!wanted.fields.includes(key) || (required && kept) || reported.has(key)) continue;
      reported.add(key);
      const of = deed ? `${id}（“${titleOf(subject, deed.name)}”）` : `${id} `;
      say({
        element: node,
        article: linked?.provision ?? provisions[0] ?? '',
        message: `${label(node)} 的“${name || key}”（${key}）是 ${of}的凭据，却${required ? '不存证' : '可以不填'}。`,
        fix: `把 ${key} 设为必填并存证。`,
      });
    }
  }
}

/** Fields that the catalogue names for an act: the form that does the act is refused without them. */
function checkConditional(subject: Subject, node: FlowNode, say: Say): void {
  const element = subject.annotations.element(node.id ?? '');
  if (!element || element.form.length === 0) return;
  for (const { id, provisions, evidence: wanted } of subject.context.norms) {
    for (const { when, fields } of wanted.conditional) {
      const link = linkTo(element, when, alone(subject), subject.context);
      if (!link) continue;
      for (const key of fields) {
        const field = element.form.find((one) => one.key === key);
        const empty = field && mayStayEmpty(subject, node, { field, link, act: when });
        if (field?.evidence && empty === false) continue;
        const fault = !field
          ? '没有问'
          : !field.evidence
            ? '不存证'
            : empty
              ? '可以不填'
              : '是不是可以不填看不出来';
        say({
          ...(field?.evidence && empty === undefined ? { severity: 'warning' as const } : {}),
          element: node,
          article: provisions[0] ?? '',
          message: `${label(node)} 办“${titleOf(subject, when.deed)}”要有“${field?.label ?? key}”（${key}）作 ${id} 的凭据，表单${fault}。`,
          fix: `把 ${key} 设为存证，并且必填，或者写一条表单规则：办“${titleOf(subject, when.deed)}”而没有填的不成立。`,
        });
      }
    }
  }
}

const asks = (model: ProcessModel, field: string): boolean =>
  model.elements.nodes.some((node) =>
    fieldsOf(model, node).some(({ key, required }) => key === field && required),
  );

/** Finds evidence that the version in force collects and no form asks for any more. */
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
        message: `${norm.id} 的凭据 ${field} 再没有表单必填：现行的图里由 ${asked ? label(asked) : ''} 填写。`,
        fix: `在履行 ${norm.id} 的环节的表单里恢复必填并存证的 ${field}。`,
      });
    }
  }
}

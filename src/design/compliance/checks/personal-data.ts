/**
 * Rule 10: personal data reach only tasks whose role may see them (docs/personal-data.md). Short
 * fields are stored unencrypted in variables and trail, and shown by every task that asks for the same field;
 * conditions and variable names are visible to everyone who sees the diagram.
 */
import { duty, eventDefinitions, label, type FlowNode } from '../../../engine/model/index.js';
import { namesIn } from '../data/is-feel.js';
import { rolesInWords } from '../doing.js';
import { fieldsOf } from '../links.js';
import { classOf, type PersonalData } from '../personal-words.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';
import { provisionFor } from '../../../kernel/law.js';

export const personalData: Rule = (subject, say) => {
  const known = classified([subject, ...subject.inForce.others]);
  for (const node of subject.elements.nodes) {
    checkForm(subject, node, known, say);
  }
  checkExpressions(subject, known, say);
};

/** By variable: the kind of personal data that any form collects under this name. */
function classified(models: readonly ProcessModel[]): ReadonlyMap<string, PersonalData> {
  const known = new Map<string, PersonalData>();
  for (const model of models) {
    for (const node of model.elements.nodes) {
      for (const field of fieldsOf(model, node)) {
        const found = classOf(field);
        if (found) known.set(field.key, found);
      }
    }
  }
  return known;
}

const purposeOf = { caller: 'callers-data', accused: 'accused' } as const;
const names = { caller: '来电人的个人信息', accused: '谁被投诉、举报' } as const;

function checkForm(
  subject: Subject,
  node: FlowNode,
  known: ReadonlyMap<string, PersonalData>,
  say: Say,
): void {
  const role = subject.context.roles.find((one) => one.role === duty(node, 'role'));
  for (const field of fieldsOf(subject, node)) {
    const found = known.get(field.key);
    if (found === undefined) continue;
    const about = `${label(node)} 的“${field.label || field.key}”（${field.key}）`;
    if (found === 'caller' && field.type !== 'longText') {
      say({
        element: node,
        article: provisionFor(purposeOf.caller, subject.context.law),
        message: `${about} 要填来电人的个人信息，却会不加密地进入变量和轨迹。`,
        fix: '删去这一栏（来电人资料另存、加密，查看要留痕），确需记载的类型改为长文本。',
      });
    }
    const sees = found === 'caller' ? role?.seesCaller : role?.seesAccused;
    if (role === undefined || sees === true) continue;
    say({
      element: node,
      article: provisionFor(purposeOf[found], subject.context.law),
      message: `${about} 让${rolesInWords([role.role], subject.context.law)}知道${names[found]}，这个角色不能看。`,
      fix: '从这个环节删去这一栏，或者把环节交给可以看的角色。',
    });
  }
}

function checkExpressions(subject: Subject, known: ReadonlyMap<string, PersonalData>, say: Say): void {
  const { elements } = subject;
  const texts = [
    ...elements.flows.map((flow) => ({ element: flow, text: flow.conditionExpression?.body })),
    ...elements.nodes.flatMap((node) =>
      eventDefinitions(node).flatMap(({ condition, timeDate, timeDuration, timeCycle }) =>
        [condition, timeDate, timeDuration, timeCycle].map((one) => ({ element: node, text: one?.body })),
      ),
    ),
  ];
  for (const { element, text } of texts) {
    const name = namesIn(text ?? '').find((one) => known.get(one) === 'caller');
    if (name === undefined) continue;
    say({
      element,
      article: provisionFor(purposeOf.caller, subject.context.law),
      message: `${label(element)} 的条件按来电人的个人信息（${name}）分路，走了哪条路就泄露了它。`,
      fix: '改为不看个人信息的条件，例如事项类别、来电人的意愿。',
    });
  }
}

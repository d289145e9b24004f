/**
 * Rule 16: the deeds that open or discharge duties can happen, and only the performers that the law
 * allows can do them. Deeds, facts and clocks are words of the regulation. The processes together
 * can open and discharge every duty. A "no" does not count as done. Whatever the caller must be
 * shown is asked for. A timer drawn beside a policy equals the policy. Variables of an instance are
 * its own.
 */
import {
  duty,
  eventDefinitions,
  label,
  type ElementAnnotation,
  type FlowNode,
} from '../../../engine/model/index.js';
import { factsAsked } from '../../../kernel/limit.js';
import type { Act, Norm } from '../../../law/regulation/model/index.js';
import type { CheckContext } from '../context.js';
import { isAdded, isPossible, modelsOf, rolesInWords, titleOf } from '../doing.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

export const deeds: Rule = (subject, say) => {
  for (const element of subject.annotations.elements) checkWords(subject, element, say);
  if (!isAdded(subject)) for (const norm of subject.context.norms) checkDuty(subject, norm, say);
  checkProofs(subject, say);
  checkDrawn(subject, say);
  checkLevels(subject, say);
  checkOwn(subject, say);
};

function checkWords({ context, elements }: Subject, element: ElementAnnotation, say: Say): void {
  const { vocabulary } = context;
  const { form } = element;
  const said = (message: string, fix: string) => say({ element: element.id, message, fix });
  const node = elements.nodes.find(({ id }) => id === element.id);
  if (element.clock !== null && !vocabulary.clocks.some(({ key }) => key === element.clock)) {
    said(
      `“${element.name}”写的期限 ${element.clock} 不在条例的词汇里。`,
      `改为${vocabulary.clocks.map(({ title }) => `“${title}”`).join('、')}之一。`,
    );
  }
  for (const { name, facts } of element.deeds) {
    const meant = vocabulary.deeds.find((one) => one.name === name);
    if (!meant) {
      said(`“${element.name}”写的行为 ${name} 不在条例的词汇里。`, '从词汇里另选一个行为，或者删去它。');
      continue;
    }
    for (const fact of facts) {
      if (fact.name in meant.facts) continue;
      said(
        `“${element.name}”的行为“${meant.title}”没有事实 ${fact.name}。`,
        `可以写的事实：${
          Object.entries(meant.facts)
            .map(([key, title]) => `${title}（${key}）`)
            .join('、') || '无'
        }。`,
      );
    }
    // A missing fact would let the deed pass.
    for (const { id, says, forbids } of context.norms) {
      const asked = forbids.filter(({ deed }) => deed === name).flatMap((act) => Object.keys(act.facts));
      const missing = asked.filter((fact) => !facts.some((one) => one.name === fact));
      if (missing.length === 0) continue;
      said(
        `“${element.name}”是“${meant.title}”，没有事实 ${missing.join('、')}：看不出是不是“${says}”（${id}）不许的。`,
        '给这个行为写上这些事实。',
      );
    }
    for (const [clock, rule] of Object.entries(context.law.limits)) {
      const asked = factsAsked(rule).filter(({ deed }) => deed === name);
      const missing = asked.flatMap(({ fact }) => (facts.some((one) => one.name === fact) ? [] : fact));
      if (missing.length === 0) continue;
      said(
        `“${element.name}”是“${meant.title}”，没有事实 ${missing.join('、')}：期限 ${clock} 依它定，不知道多长。`,
        '给这个行为写上这些事实。',
      );
    }
    if (element.role !== null && meant.by.length > 0 && !meant.by.includes(element.role)) {
      const who = rolesInWords(meant.by, context.law);
      const isJudged = context.roles.some(({ role, ofUnit }) => role === element.role && ofUnit);
      said(
        `“${element.name}”由${rolesInWords([element.role], context.law)}办，而“${meant.title}”依法由${who}做${isJudged ? '：被判断的一方不能自己判断' : ''}。`,
        `把角色改为${who}。`,
      );
    }
    for (const one of meant.shown) {
      if ('says' in one) continue;
      const isFact = 'fact' in one;
      if (
        isFact ? facts.some(({ name: fact }) => fact === one.fact) : form.some(({ key }) => key === one.text)
      )
        continue;
      said(
        `“${element.name}”是“${meant.title}”，却没有${isFact ? `事实 ${one.fact}` : `栏目 ${one.text}`}：来电人看不到“${one.title}”。`,
        isFact ? `给这个行为写上事实 ${one.fact}。` : `在表单里加上栏目 ${one.text}。`,
      );
    }
    const handler = node && duty(node, 'handler');
    if (handler && meant.handlers.length > 0 && !meant.handlers.includes(handler)) {
      said(
        `“${element.name}”说它是“${meant.title}”，处理程序 ${handler} 却不做这件事。`,
        `处理程序改为 ${meant.handlers.join(' 或 ')}。`,
      );
    }
  }
}

interface Gap {
  readonly what: string;
  readonly acts: readonly Act[];
}

function gapOf(
  models: readonly ProcessModel[],
  { duty: rule }: Norm,
  context: CheckContext,
): Gap | undefined {
  if (!rule) return undefined;
  if (!rule.opens.some((act) => isPossible(models, act, context)))
    return { what: '没有什么引起它', acts: rule.opens };
  const missing = missingOf(models, rule.discharged, context);
  const [least = []] = [...missing].sort((one, other) => one.length - other.length);
  return least.length === 0 ? undefined : { what: '没有办法履行它', acts: least };
}

/** Acts of each list that nobody can do. */
const missingOf = (
  models: readonly ProcessModel[],
  lists: readonly (readonly Act[])[],
  context: CheckContext,
): readonly (readonly Act[])[] =>
  lists.map((list) => list.filter((act) => !isPossible(models, act, context)));

/** A way of discharging the duty that the version in force has and this version lacks. */
function lostWay(
  { context, inForce }: Subject,
  models: readonly ProcessModel[],
  { duty: rule }: Norm,
): Gap | undefined {
  if (!rule || !inForce.own) return undefined;
  const before = missingOf([inForce.own, ...inForce.others], rule.discharged, context);
  const acts = missingOf(models, rule.discharged, context).find(
    (list, index) => list.length > 0 && before[index]?.length === 0,
  );
  return acts && { what: '少了一种履行它的办法', acts };
}

/** A gap that the version in force has, too, is only a warning. */
function checkDuty(subject: Subject, norm: Norm, say: Say): void {
  const models = modelsOf(subject);
  const gap = gapOf(models, norm, subject.context) ?? lostWay(subject, models, norm);
  if (!gap) return;
  const { own, others } = subject.inForce;
  const names = gap.acts.map(({ deed }) => titleOf(subject, deed)).join('、');
  const before = own?.annotations.elements.filter(({ deeds: links }) =>
    links.some(({ name }) => gap.acts.some(({ deed }) => deed === name)),
  );
  const still = before?.find(({ id }) => subject.annotations.element(id));
  const isOld = own !== undefined && gapOf([own, ...others], norm, subject.context) !== undefined;
  say({
    ...(isOld ? { severity: 'warning' } : {}),
    element: still?.id ?? subject.process,
    article: norm.provisions[0] ?? '',
    message: `“${norm.says}”（${norm.id}）：${gap.what}：没有环节是“${names}”${before?.length ? `，现行的图里由“${before[0]?.name ?? ''}”做` : ''}。`,
    fix: `在做这件事的环节上写明行为“${names}”，条件和事实要填得出来。`,
  });
}

/** Finds a duty that `true` discharges although the form accepts `false` and continues all the same. */
function checkProofs(subject: Subject, say: Say): void {
  const proofs = subject.context.norms.flatMap((norm) =>
    (norm.duty?.discharged ?? [])
      .flat()
      .flatMap((act) =>
        Object.entries(act.facts).flatMap(([fact, wanted]) => (wanted === true ? [{ norm, act, fact }] : [])),
      ),
  );
  const conditions = subject.elements.flows.map((flow) => flow.conditionExpression?.body ?? '');
  for (const { id, name, deeds: links, form, rules } of subject.annotations.elements) {
    for (const { norm, act, fact } of proofs) {
      const link = links.find((one) => one.name === act.deed);
      const key = link?.facts.find((one) => one.name === fact)?.value.replace(/^=\s*/, '');
      const field = form.find((one) => one.key === key && one.type === 'boolean');
      if (!field || key === undefined) continue;
      const mentions = new RegExp(`\\b${key}\\b`);
      if (rules.some(({ holds }) => mentions.test(holds)) || conditions.some((one) => mentions.test(one)))
        continue;
      say({
        element: id,
        article: norm.provisions[0] ?? '',
        message: `“${name}”的“${field.label}”填“否”也当作办过了往下走，${norm.id} 却没有履行。`,
        fix: `在表单上要求“${field.label}”为“是”，或者为“否”另画一条路。`,
      });
    }
  }
}

const bodyOf = (timer: FlowNode): { readonly policy: string; readonly drawn: string } | undefined => {
  const [event] = eventDefinitions(timer);
  const policy = event && duty(event, 'policy');
  const drawn = event?.timeDuration?.body?.trim();
  return policy && drawn ? { policy, drawn } : undefined;
};

/** The policy applies, whatever duration the diagram shows beside it. */
function checkDrawn({ elements, context, inForce }: Subject, say: Say): void {
  const before = (inForce.own?.elements.nodes ?? []).map(bodyOf);
  for (const node of elements.nodes) {
    const timer = bodyOf(node);
    const policy = timer && context.policies.find(({ key }) => key === timer.policy);
    if (!timer || !policy || policy.value === timer.drawn) continue;
    // The version in force shows the same duration, so the policy was decided since.
    if (before.some((one) => one?.policy === timer.policy && one.drawn === timer.drawn)) continue;
    say({
      element: node,
      message: `${label(node)} 画的是 ${timer.drawn}，政策“${policy.label}”现为 ${policy.value}：实际按 ${policy.value} 计。`,
      fix: `改回 ${policy.value}；要改长短的，提出改变政策 ${policy.key}。`,
    });
  }
}

/** Finds levels that no element gives any more. */
function checkLevels({ annotations, inForce, process }: Subject, say: Say): void {
  const given = new Set(annotations.elements.map(({ level }) => level));
  for (const { id, name, level } of inForce.own?.annotations.elements ?? []) {
    if (level === null || given.has(level)) continue;
    given.add(level);
    say({
      severity: 'warning',
      element: annotations.element(id) ? id : process,
      message: `级别 ${level} 再没有环节给出：现行的图里由“${name}”给出，它所依的政策从此没有着落。`,
      fix: '恢复升级级别，或者在提交时写明理由。',
    });
  }
}

/** Two proceedings of one sheet would otherwise each decide by what the other wrote last. */
function checkOwn({ annotations, inForce, process }: Subject, say: Say): void {
  const lost = (inForce.own?.annotations.own ?? []).filter((name) => !annotations.own.includes(name));
  if (lost.length === 0) return;
  const triggered = annotations.elements.flatMap(({ norms }) => norms);
  const article = triggered.find(({ relation }) => relation === 'triggers')?.provision;
  say({
    element: process,
    ...(article === undefined ? {} : { article }),
    message: `${lost.join('、')} 不再是每件各自的：同一工单有两件在办的，后写的会盖掉先写的，一件按另一件的情形、认定办。`,
    fix: `在流程的“每件各自保存的变量”里写回 ${lost.join(' ')}。`,
  });
}

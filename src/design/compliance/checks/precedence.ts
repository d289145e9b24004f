/**
 * Rule 5: deeds happen in the order that the regulation demands: 督办 before 问责, dissuasion before
 * referral, recusal first.
 */
import { duty, optionsUnder, type BpmnElement } from '../../../engine/model/index.js';
import type { Act, Vocabulary } from '../../../law/regulation/model/index.js';
import { alone, answersOf, does, doesOtherwise, fieldsOf, linkTo } from '../doing.js';
import type { Valuation } from '../flow/choices.js';
import { pathGraphOf } from '../flow/path-graph.js';
import { pathWithout } from '../flow/path-without.js';
import { wayTo } from '../flow/way-to.js';
import { inWords } from '../links.js';
import { idsOf, proofOf } from '../proof.js';
import type { Rule, Subject } from '../subject.js';

export const precedence: Rule = (subject, say) => {
  const ways = pathGraphOf(subject);
  const { context } = subject;
  for (const order of subject.context.vocabulary.orders) {
    const sources = subject.elements.nodes.filter((node) =>
      order.from.some((act) => does(subject, node, act, context)),
    );
    const starts =
      order.from.length === 0 ? ways.starts : sources.flatMap((node) => ways.after(node)[0] ?? []);
    // On a path where the diagram itself states another fact, the order does not apply.
    const isFirst = (node: BpmnElement): boolean =>
      order.before.some((act) => does(subject, node, act, context)) ||
      order.given.some((act) => doesOtherwise(subject, node, act));
    const given = new Map(order.given.flatMap((act) => [...asked(subject, act)]));
    const way = pathWithout(subject, ways, {
      from: starts,
      given,
      first: isFirst,
      then: (node) => order.after.some((step) => isStep(subject, node, step)),
    });
    const reached = way?.at(-1);
    if (way === undefined || reached === undefined) continue;
    say({
      element: reached,
      article: order.provision,
      message: `有一条路没有先${order.first}，就${order.then}：${inWords(way)}。`,
      fix: `在这条路上先经过${order.first}的环节，再到这一步。`,
      proof: proofOf([...(way[0] ? wayTo(subject, way[0]) : []), ...way], {
        kind: 'reached',
        element: reached.id ?? '',
        without: idsOf(subject.elements.nodes.filter(isFirst)),
        deeds: order.before.map(({ deed }) => deed),
        since: idsOf(sources),
        given: Object.fromEntries(given),
      }),
    });
  }
};

const isStep = (subject: Subject, node: BpmnElement, step: Vocabulary['orders'][number]['after'][number]) =>
  'role' in step
    ? node.$type === 'bpmn:UserTask' &&
      duty(node, 'role') === step.role &&
      !step.except.some((deed) => does(subject, node, { deed, facts: {} }, subject.context))
    : does(subject, node, step, subject.context);

/** The answers that lead to the act, if a form still offers them; otherwise the order must hold on every path. */
function asked(subject: Subject, act: Act): Valuation {
  const { context } = subject;
  const fields = fieldsOf(alone(subject));
  const offered = ([name, value]: readonly [string, unknown]): boolean =>
    fields.some(
      (field) =>
        field.key === name &&
        field.required &&
        optionsUnder(field, context.law).some((option) => option.value === value),
    );
  const links = subject.annotations.elements.flatMap(
    (element) => linkTo(element, act, alone(subject), context) ?? [],
  );
  return new Map(links.flatMap((link) => [...answersOf(link, act)].filter(offered)));
}

/** Rule 5: legal order of steps: 督办 before 问责, dissuasion before referral. */
import type { BpmnElement } from '../../engine/model/index.js';
import { pathWithout } from '../flow/path-without.js';
import { pathGraphOf } from '../flow/path-graph.js';
import { does, fieldsOf, inWords, isLinked } from '../links.js';
import { orderRules, type Step } from '../obligations.js';
import type { Rule, Subject } from '../subject.js';

export const precedence: Rule = (subject, say) => {
  const ways = pathGraphOf(subject);
  for (const { provision, first, then, given, before, after } of orderRules) {
    const way = pathWithout(subject, ways, {
      from: ways.starts,
      given: asked(subject, given ?? {}),
      first: (node) => before.some((step) => isStep(subject, node, step)),
      // A start event continues another process, which is checked on its own.
      then: (node) => node.$type !== 'bpmn:StartEvent' && after.some((step) => isStep(subject, node, step)),
    });
    const reached = way?.at(-1);
    if (way === undefined || reached === undefined) continue;
    say({
      element: reached,
      article: provision,
      message: `有一条路没有先${first},就${then}:${inWords(way)}。`,
      fix: `在这条路上先经过${first}的环节,再到这一步。`,
    });
  }
};

function isStep(subject: Subject, node: BpmnElement, step: Step): boolean {
  return 'field' in step ? does(subject, node, step) : isLinked(subject, node, step);
}

/** Assumed answers apply only while a form still offers them; otherwise the order must hold on every path. */
function asked(subject: Subject, given: { readonly [field: string]: unknown }): ReadonlyMap<string, string> {
  const fields = subject.elements.nodes.flatMap((node) => fieldsOf(subject, node));
  const offered = ([name, value]: [string, unknown]): boolean =>
    fields.some(
      ({ key, required, options }) =>
        key === name && required && options.some((option) => option.value === value),
    );
  return new Map(Object.entries(given).filter(offered) as [string, string][]);
}

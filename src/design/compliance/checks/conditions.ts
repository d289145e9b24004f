/**
 * Rule 18: every expression can be true. FEEL silently answers null or "no" to a comparison of two
 * types, an unknown function, or a text that is no option.
 */
import { typed } from '../../../engine/model/index.js';
import { constantly } from '../data/domains.js';
import { placesIn } from '../data/expressions.js';
import { typesAt } from '../data/variables.js';
import type { Rule } from '../subject.js';
import { isFeel } from '../data/is-feel.js';

export const conditions: Rule = (subject, say) => {
  for (const { element, at, outside, text, what, judges, rule } of placesIn(subject)) {
    const types = typesAt(subject, at, outside === true);
    const found = typed(text, types);
    // Rule 12 reports a text that is no FEEL at all; where the intention is clear, this rule says
    // what to write.
    const faults = isFeel(text)
      ? found.faults
      : found.faults.filter(({ what }) => what === 'foreign' || what === 'function');
    for (const fault of faults) {
      if (fault.what !== 'name') say({ element, message: `${what}：${fault.message}。`, fix: fault.fix });
    }
    if (!judges || found.faults.length > 0 || !isFeel(text)) continue;
    if (!['boolean', 'any'].includes(found.type.kind)) {
      say({
        element,
        message: `${what}不是判断，永远不成立：${text.trim().replace(/^=\s*/, '')}。`,
        fix: '写成一个判断，例如 branch = "within-limit"。',
      });
      continue;
    }
    const always = constantly(text, found.names, types);
    if (always === false) {
      say({ element, message: `${what}永远不成立，不论怎么填。`, fix: '按表单里有的栏目和选项改写条件。' });
    } else if (always === true) {
      say({
        severity: 'warning',
        element,
        message: `${what}总是成立，不论怎么填${rule ? '：这条规则什么也不拦' : ''}。`,
        fix: '删去这个条件，或者按表单里有的栏目和选项改写。',
      });
    }
  }
};

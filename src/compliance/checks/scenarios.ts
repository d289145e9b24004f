/** Rule 13: the scenarios of every article pass on this very draft. */
import { provisionLabel } from '../../regulation/model/index.js';
import { ofDraft } from '../of-draft.js';
import type { Rule } from '../subject.js';

export const scenarios: Rule = (subject, say) => {
  const { context, process } = subject;
  const report = ofDraft(subject, context.reports?.scenarios, say, '情景', '先在试运行里把全部情景跑一遍。');
  for (const { name, passed, provisions, reason, element } of report?.scenarios ?? []) {
    if (passed) continue;
    say({
      element: element ?? process,
      article: provisions[0] ?? '',
      message: `情景“${name}”(${provisions.map(provisionLabel).join('、')})在这份草稿上不再成立${reason === undefined ? '' : `:${reason}`}。`,
      fix: '改回使情景成立的流程;情景本身要改的,请先改情景。',
    });
  }
};

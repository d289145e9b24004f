import { checkText } from './lint-content.js';
import { isActivity } from './bpmn-types.js';
import type { Report } from './finding.js';
import { scopeOf } from './scope.js';
import { label, type Elements } from './walk.js';

/** Whether FEEL reads the text as one name. */
const isName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

/** Variables of an activity must have unique names, and values in FEEL. */
export function scopeFindings({ nodes }: Elements, report: Report): void {
  for (const node of nodes) {
    const scope = scopeOf(node);
    if (!scope) {
      const extensions = node.get('extensionElements') as
        { values?: readonly { $type: string }[] } | undefined;
      if (!isActivity(node) && extensions?.values?.some(({ $type }) => $type === 'duty:Scope')) {
        report('scope-misplaced', node, `${label(node)} 不是活动，不能有自己的变量（duty:scope）。`);
      }
      continue;
    }
    for (const mapping of scope.unread) {
      report('mapping-foreign', node, `${label(node)} 的变量对应“${mapping}”看不懂，不会执行。`);
    }
    for (const list of [scope.locals, scope.outputs]) {
      const seen = new Set<string>();
      for (const { name, value } of list) {
        if (!isName(name)) report('scope-name', node, `${label(node)} 自己的变量名“${name}”不合规定。`);
        else if (seen.has(name)) report('scope-name', node, `${label(node)} 自己的变量 ${name} 写了两次。`);
        seen.add(name);
        checkText(node, value ?? undefined, report);
      }
    }
  }
}

/**
 * Rule 13, for scenarios in the diagram: a scenario of the version in force must be retired with a
 * reason, not left out.
 */
import type { BpmnElement } from '../../../engine/model/index.js';
import type { ProcessModel, Rule } from '../subject.js';

/** Scenarios of one diagram. */
const most = 300;

export const keptScenarios: Rule = (subject, say) => {
  const { process, inForce } = subject;
  const drawn = drawnIn(subject);
  const said = (message: string, fix: string): void => say({ element: process, article: '', message, fix });
  if (drawn.length > most)
    said(`图里有 ${drawn.length} 个情景，超过上限 ${most} 个。`, '删去这份草稿新加的。');
  for (const { name, title, retired } of drawn) {
    if (name === '' || title === '') said('有一个情景没有名称。', '给它一个名称。');
    if (drawn.filter((one) => one.name === name).length > 1)
      said(`情景“${title}”在图里有两份。`, '删去其中一份。');
    if (retired === '') said(`情景“${title}”停用了，没有写理由。`, '写明为什么停用。');
  }
  for (const { name, title, retired } of inForce.own ? drawnIn(inForce.own) : []) {
    // Without its retirement, a shipped scenario counts again.
    if (retired !== undefined || drawn.some((one) => one.name === name)) continue;
    said(`情景“${title}”不见了：它和现行的图一起批准过。`, '恢复它；不再适用的停用，写明理由。');
  }
};

interface Extended extends BpmnElement {
  readonly extensionElements?: { readonly values?: readonly BpmnElement[] };
}

const drawnIn = ({ process }: Pick<ProcessModel, 'process'>) =>
  ((process as BpmnElement as Extended).extensionElements?.values ?? [])
    .filter(({ $type }) => $type === 'duty:Scenario')
    .map((one) => ({
      name: textOf(one, 'name') ?? '',
      title: textOf(one, 'title') ?? '',
      retired: textOf(one, 'retired'),
    }));

const textOf = (element: BpmnElement, property: string): string | undefined => {
  const value = element.get(property);
  return typeof value === 'string' ? value.trim() : undefined;
};

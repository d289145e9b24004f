/**
 * All rules on one diagram: pure, the same in the browser, in the server and on the command line. Nothing in the
 * diagram makes it throw; what cannot be read or decided is a finding.
 */
import { parseDiagram } from '../engine/model/index.js';
import { Refusal } from '../kernel/refusal.js';
import { provisionLabel } from '../regulation/model/index.js';
import { wellFormed } from './checks/well-formed.js';
import type { CheckContext } from './context.js';
import type { CheckReport, Finding, RuleName } from './finding.js';
import { rules } from './rules.js';
import { articleOf, modelsOf, noArticle, type ProcessModel, type Said } from './subject.js';

/** @param source the XML as text, or its bytes */
export async function checkDiagram(source: string | Uint8Array, context: CheckContext): Promise<CheckReport> {
  const findings: Finding[] = [];
  let models: readonly ProcessModel[];
  try {
    const diagram = await parseDiagram(source);
    models = modelsOf(diagram);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return reportOf([wellFormed(cause)]);
  }
  for (const model of models) {
    for (const [name, rule] of rules) {
      rule({ ...model, context }, (said) => findings.push(findingOf(name, said, model)));
    }
  }
  return reportOf(findings);
}

const reportOf = (findings: readonly Finding[]): CheckReport => ({
  publishable: findings.every(({ severity }) => severity !== 'error'),
  findings,
});

function findingOf(rule: RuleName, said: Said, { elements, annotations, process }: ProcessModel): Finding {
  const { element, article, message, fix, severity = 'error' } = said;
  const found = typeof element === 'string' ? elements.nodes.find(({ id }) => id === element) : element;
  return {
    rule,
    severity,
    element: typeof element === 'string' ? element : (element.id ?? element.$parent?.id ?? process.id ?? '?'),
    article: article === undefined ? articleOf(found, annotations) : provisionLabel(article) || noArticle,
    message,
    fix,
  };
}

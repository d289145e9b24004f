/** The least that must hold of a diagram: that the engine can run it. */
import { definitionOf, lintDefinition, parseDiagram, type Handlers } from '../engine/index.js';
import type { CheckReport, Finding } from './ports.js';

export async function lintCheck(handlers: Handlers, key: string, source: string): Promise<CheckReport> {
  const definition = definitionOf(await parseDiagram(source), { processId: key });
  const findings = lintDefinition(definition, handlers).map(({ rule, element, message }): Finding => ({
    rule,
    severity: 'error',
    element,
    article: '—',
    message,
    fix: '改正流程图上的这一处',
  }));
  return { publishable: findings.length === 0, findings };
}

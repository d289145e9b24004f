/**
 * The deployment lint: finds everything in a definition that the engine could not execute as the standard demands. Form
 * only; compliance with the law is checked elsewhere.
 */
import { Refusal } from '../../kernel/refusal.js';
import type { Definition } from './definition.js';
import { processOf } from './definition.js';
import type { Finding, Report } from './finding.js';
import { contentFindings } from './lint-content.js';
import { loopFindings } from './lint-loops.js';
import { referenceFindings } from './lint-references.js';
import { scopeFindings } from './lint-scopes.js';
import { supportFindings } from './lint-support.js';
import { timerFindings } from './lint-timers.js';
import { wiringFindings } from './lint-wiring.js';
import { elementsOf } from './walk.js';

interface HandlerNames {
  names(): readonly string[];
}

/** All findings, in the order of the diagram within each group of rules; empty if deployable. */
export function lintDefinition(definition: Definition, handlers: HandlerNames): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(findings);
  const process = processOf(definition);
  const elements = elementsOf(process);
  supportFindings(elements, report);
  wiringFindings(process, elements, report);
  referenceFindings(definition, report);
  contentFindings(definition, elements, new Set(handlers.names()), report);
  timerFindings(elements, report);
  loopFindings(elements, report);
  scopeFindings(elements, report);
  return findings;
}

/** Elements and attributes that the engine does not support, whatever the handlers. */
function unsupportedIn(definition: Definition): readonly Finding[] {
  const findings: Finding[] = [];
  supportFindings(elementsOf(processOf(definition)), reporter(findings));
  return findings;
}

/** @throws {Refusal} `definition.unsupported`, listing every finding by element */
export function assertDeployable(definition: Definition, handlers: HandlerNames): void {
  refuse(definition, lintDefinition(definition, handlers));
}

/** @throws {Refusal} `definition.unsupported` */
export function assertSupported(definition: Definition): void {
  refuse(definition, unsupportedIn(definition));
}

function refuse(definition: Definition, findings: readonly Finding[]): void {
  const [first] = findings;
  if (first === undefined) return;
  const list = findings.map(
    ({ element, message, rule, otherwise = '' }) => `${element}：${message}（${rule}）${otherwise}`,
  );
  throw new Refusal(
    'definition.unsupported',
    `流程 ${definition.key} 有 ${list.length} 处不能执行。\n${list.join('\n')}`,
    {
      where: first.element,
      remedy: '请按所列各处修改流程图后重新提交。',
    },
  );
}

function reporter(findings: Finding[]): Report {
  return (rule, element, message, otherwise) =>
    findings.push({
      ...{ rule, element: element.id ?? element.$parent?.id ?? '?', message },
      ...(otherwise === undefined ? {} : { otherwise }),
    });
}

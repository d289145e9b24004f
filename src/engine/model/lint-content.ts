import { Refusal } from '../../kernel/refusal.js';
import type { Definition } from './definition.js';
import { feel } from './feel.js';
import { duty, eventDefinitions, type BpmnElement, type Expression, type FlowNode } from './bpmn-types.js';
import type { Report } from './finding.js';
import { label, type Elements } from './walk.js';

/** Checks texts inside the elements: expressions, names of messages and handlers. */
export function contentFindings(
  definition: Definition,
  elements: Elements,
  handlers: ReadonlySet<string>,
  report: Report,
): void {
  const check = expressionCheck(definition, report);
  for (const flow of elements.flows) check(flow, flow.conditionExpression);
  for (const node of elements.nodes) {
    for (const event of eventDefinitions(node)) {
      check(node, event.condition);
      if (event.$type === 'bpmn:ConditionalEventDefinition' && !event.condition?.body?.trim()) {
        report('condition-missing', node, `条件事件 ${label(node)} 没有写条件。`);
      }
      checkName(node, event.$type, event.messageRef ?? event.signalRef, report);
    }
    const loop = node.loopCharacteristics;
    for (const expression of [loop?.loopCardinality, loop?.completionCondition, loop?.loopCondition]) {
      check(node, expression);
    }
    checkText(node, loop && duty(loop, 'collection'), report);
    // A receive task without a message is completed by a person.
    if (node.messageRef && node.$type === 'bpmn:ReceiveTask')
      checkName(node, node.$type, node.messageRef, report);
    checkHandler(node, handlers, report);
    for (const rule of rulesOf(node)) {
      if (!rule.holds || !rule.says) {
        report('name-missing', node, `${label(node)} 的表单规则须写明条件和说明。`);
      }
      checkText(node, rule.holds, report);
    }
    for (const deed of deedsOf(node)) {
      if (!deed.name) report('name-missing', node, `${label(node)} 的行为没有写名称。`);
      checkText(node, deed.when, report);
      for (const fact of deed.facts ?? []) checkText(node, fact.value, report);
    }
  }
}

/** Messages and signals are matched by name, so they need one. */
function checkName(node: FlowNode, type: string, reference: BpmnElement | undefined, report: Report): void {
  const needed = ['bpmn:MessageEventDefinition', 'bpmn:SignalEventDefinition', 'bpmn:ReceiveTask'];
  if (needed.includes(type) && !reference?.name) {
    report(
      'name-missing',
      node,
      `${label(node)} 没有引用有名称的${type.includes('Signal') ? '信号' : '消息'}。`,
    );
  }
}

interface Deed {
  readonly $type: string;
  readonly name?: string;
  readonly when?: string;
  readonly facts?: readonly { readonly value?: string }[];
}

interface Form {
  readonly $type: string;
  readonly rules?: readonly { readonly holds?: string; readonly says?: string }[];
}

const deedsOf = (node: FlowNode): readonly Deed[] => extensionsOf<Deed>(node, 'duty:Deed');

const rulesOf = (node: FlowNode) =>
  extensionsOf<Form>(node, 'duty:Form').flatMap(({ rules }) => [...(rules ?? [])]);

function extensionsOf<T extends { readonly $type: string }>(node: FlowNode, type: string): readonly T[] {
  const extensions = node.get('extensionElements') as { readonly values?: readonly T[] } | undefined;
  return (extensions?.values ?? []).filter(({ $type }) => $type === type);
}

const served = new Set(['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask']);

function checkHandler(node: FlowNode, handlers: ReadonlySet<string>, report: Report): void {
  if (!served.has(node.$type)) return;
  const handler = duty(node, 'handler');
  if (node.$type === 'bpmn:BusinessRuleTask' && duty(node, 'decision') !== undefined) {
    if (handler !== undefined)
      report('handler-and-decision', node, `${label(node)} 既写了处理程序，又写了决策表：只能由一个来定。`);
    return;
  }
  if (handler === undefined) {
    const or = node.$type === 'bpmn:BusinessRuleTask' ? '，也没有写明决策表' : '';
    report('handler-missing', node, `${label(node)} 没有写明处理程序${or}。`);
  } else if (!handlers.has(handler)) {
    report('handler-unknown', node, `${label(node)} 的处理程序 ${handler} 没有登记。`);
  }
}

function expressionCheck(definition: Definition, report: Report) {
  const { root } = definition.diagram;
  // moddle returns the standard's default (XPath) for diagrams without a language; only a written one counts.
  const general = Object.hasOwn(root, 'expressionLanguage') ? root.expressionLanguage : undefined;
  return (element: BpmnElement, expression: Expression | undefined): void => {
    const text = expression?.body?.trim();
    if (expression === undefined || !text) {
      if (expression !== undefined) report('expression-empty', element, `${label(element)} 的表达式是空的。`);
      return;
    }
    const language = expression.language ?? general;
    if (language !== undefined && !/feel/i.test(language)) {
      report('expression-language', element, `${label(element)} 的表达式语言是 ${language}，只支持 FEEL。`);
      return;
    }
    checkText(element, text, report);
  };
}

/** Reports a text that is not FEEL. */
export function checkText(element: BpmnElement, text: string | undefined, report: Report): void {
  const objection = text === undefined ? null : feelObjection(text);
  if (objection !== null) report('expression-invalid', element, `${label(element)} 的${objection}`);
}

/** The fault of a FEEL text; null if valid. */
export function feelObjection(text: string): string | null {
  try {
    feel(text);
    return null;
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return cause.message;
  }
}

/**
 * Rule 20: everything caught is thrown somewhere, and everything thrown is caught. Messages go
 * between processes; people and the program send some. Signals go to all cases, unless they must
 * stay in their instance. Errors and escalations stay within their process.
 */
import {
  duty,
  eventDefinitions,
  isActivity,
  label,
  type BpmnElement,
  type EventDefinition,
  type FlowNode,
} from '../../../engine/model/index.js';
import { isAdded, modelsOf } from '../doing.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

export const listeners: Rule = (subject, say) => {
  checkPrepared(subject, say);
  checkBegun(subject, say);
  for (const node of subject.elements.nodes) {
    if (node.$type === 'bpmn:StartEvent' && node.$parent === subject.process) checkStart(subject, node, say);
    for (const event of eventDefinitions(node)) {
      checkSignal(subject, node, event, say);
      checkCaught(subject, node, event, say);
      checkThrown(node, event, say);
      checkMessage(subject, node, event, say);
    }
    if (node.$type === 'bpmn:ReceiveTask') checkMessage(subject, node, node, say);
    checkHandler(subject, node, say);
  }
};

const throws = ({ $type }: FlowNode): boolean => /Throw|EndEvent/.test($type);

/**
 * If the version in force has a start event that the program triggers, the draft needs it, too;
 * otherwise the process would never begin.
 */
function checkPrepared({ process, annotations, inForce }: Subject, say: Say): void {
  const nameOf = (event: string): string => {
    const found = inForce.own?.elements.nodes.find(({ id }) => id === event);
    return found?.name ?? event;
  };
  for (const { event, prepare } of inForce.own?.annotations.timerStarts ?? []) {
    if (prepare === null || annotations.timerStarts.some((one) => one.prepare === prepare)) continue;
    say({
      element: process,
      message: `现行的图由程序备好数字以后从“${nameOf(event)}”开始，这里没有这样的定时开始事件：到时不会开始。`,
      fix: '留着这个定时的开始事件，“到时由谁开始”选程序备好数字以后开始。',
    });
  }
}

/** The program starts no new process; a diagram deployed later may call it. */
function checkBegun(subject: Subject, say: Say): void {
  const { elements, process, key } = subject;
  if (!isAdded(subject)) return;
  const starts = elements.nodes.filter(
    (node) => node.$type === 'bpmn:StartEvent' && node.$parent === process,
  );
  const isCalled = modelsOf(subject).some((model) =>
    model.elements.nodes.some((node) => node.calledElement === key),
  );
  if (isCalled || starts.some((start) => eventDefinitions(start).length > 0)) return;
  say({
    severity: 'warning',
    element: starts[0] ?? process,
    message: '没有什么引起这个流程：它的开始事件不等什么，也没有流程调用它。生效以后一件也不会开。',
    fix: '给开始事件加上定时、消息或者信号；由别的流程图调用的，在提交时写明，等它生效以后再画调用它的环节。',
  });
}

/** The program must know what the start event asks it to prepare. */
function checkStart({ context }: Subject, node: FlowNode, say: Say): void {
  for (const event of eventDefinitions(node)) {
    const prepare = duty(event, 'prepare');
    if (prepare !== undefined && !context.sent.includes(prepare)) {
      say({
        element: node,
        message: `${label(node)} 要程序准备“${prepare}”，程序没有这一项：到时不会开始。`,
        fix: `改成程序准备得了的，或者“到时由谁开始”选流程自己开始。`,
      });
    }
  }
}

/** Signals go to all cases, so any process may throw or catch them; signals within an instance stay in it. */
function checkSignal(subject: Subject, node: FlowNode, event: EventDefinition, say: Say): void {
  const signal = event.signalRef;
  const name = signal?.name;
  if (signal === undefined || name === undefined) return;
  const stays = duty(signal, 'within') !== undefined;
  const models: readonly Pick<ProcessModel, 'elements'>[] = stays ? [subject] : modelsOf(subject);
  const others = models
    .flatMap(({ elements }) => elements.nodes)
    .filter(
      (other) =>
        throws(other) !== throws(node) &&
        eventDefinitions(other).some(({ signalRef }) => signalRef?.name === name),
    );
  if (others.length > 0) return;
  const where = stays ? '这个流程里' : '各个流程里都';
  say({
    element: node,
    message: throws(node)
      ? `${label(node)} 抛出的信号“${name}”，${where}没有事件接收。`
      : `${label(node)} 等的信号“${name}”，${where}没有事件抛出：它永远等不到。`,
    fix: throws(node)
      ? '加上接收它的事件，或者删去这个抛出。'
      : '加上抛出它的事件；由人、由程序告知的，改用消息。',
  });
}

const kinds: {
  readonly [type: string]: readonly [word: string, ref: 'errorRef' | 'escalationRef', code: string];
} = {
  'bpmn:ErrorEventDefinition': ['错误', 'errorRef', 'errorCode'],
  'bpmn:EscalationEventDefinition': ['升级', 'escalationRef', 'escalationCode'],
};

const codeOf = (event: EventDefinition): string | undefined => {
  const [, ref, code] = kinds[event.$type] ?? [];
  if (ref === undefined || code === undefined) return undefined;
  const value = (event[ref] as { readonly [name: string]: unknown } | undefined)?.[code];
  return typeof value === 'string' ? value : undefined;
};

/**
 * An error or escalation must be thrown below the element that catches it: by an event, a handler
 * or a called process.
 */
function checkCaught(subject: Subject, node: FlowNode, event: EventDefinition, say: Say): void {
  const [word] = kinds[event.$type] ?? [];
  if (word === undefined || throws(node)) return;
  const host = node.$type === 'bpmn:BoundaryEvent' ? node.attachedToRef : node.$parent?.$parent;
  if (!host) return;
  const code = codeOf(event);
  const thrown = thrownIn(subject, host, event.$type);
  if (thrown === 'any' || (code === undefined ? thrown.length > 0 : thrown.includes(code))) return;
  say({
    element: node,
    message: `${label(node)} 等的${word}${code === undefined ? '' : `“${code}”`}，${label(host)} 里没有什么抛出：这条路永远走不到。`,
    fix:
      thrown.length > 0
        ? `改成抛得出的：${[...new Set(thrown)].join('、')}。`
        : '删去它，或者在里面加上抛出它的结束事件、处理程序。',
  });
}

function thrownIn(subject: Subject, host: BpmnElement, type: string): readonly string[] | 'any' {
  const codes: string[] = [];
  for (const node of [
    host,
    ...subject.elements.nodes.filter((one) => isWithin(one, host)),
  ] as readonly FlowNode[]) {
    // A called process may throw anything, and it may be in another file.
    if (node.$type === 'bpmn:CallActivity') return 'any';
    for (const event of eventDefinitions(node)) {
      if (event.$type === type && throws(node)) codes.push(codeOf(event) ?? '');
    }
    const handler = subject.context.handlers.find(({ name }) => name === duty(node, 'handler'));
    if (type === 'bpmn:ErrorEventDefinition') codes.push(...(handler?.errors ?? []));
  }
  return codes;
}

function isWithin(node: BpmnElement, host: BpmnElement): boolean {
  for (let at = node.$parent; at; at = at.$parent) if (at === host) return true;
  return false;
}

/** Uncaught, an error ends the whole case's process; an escalation is lost. */
function checkThrown(node: FlowNode, event: EventDefinition, say: Say): void {
  const [word] = kinds[event.$type] ?? [];
  if (word === undefined || !throws(node)) return;
  const code = codeOf(event);
  if (isCaught(node.$parent, event.$type, code)) return;
  say({
    element: node,
    message: `${label(node)} 抛出的${word}${code === undefined ? '' : `“${code}”`}，外面没有事件接收。`,
    fix: `在包着它的子流程上附一个接收这个${word}的边界事件，或者加一个事件子流程。`,
  });
}

/** A handler's error that nobody catches ends the process. */
function checkHandler({ context, elements }: Subject, node: FlowNode, say: Say): void {
  const handlerOf = (one: FlowNode) => context.handlers.find(({ name }) => name === duty(one, 'handler'));
  const catches = (one: FlowNode, code: string): boolean => isCaught(one, 'bpmn:ErrorEventDefinition', code);
  const handler = handlerOf(node);
  for (const code of handler?.errors ?? []) {
    // An earlier handler with the same error, where it is caught, has made the check already.
    const looked = elements.nodes.some((one) => handlerOf(one)?.errors.includes(code) && catches(one, code));
    if (looked || catches(node, code)) continue;
    say({
      element: node,
      message: `${label(node)} 的处理程序 ${handler?.name ?? ''} 会报错“${code}”，没有事件接收：报了错，流程就此结束。`,
      fix: `在它的边框上附一个接收错误“${code}”的边界事件，接到报错以后该办的环节。`,
    });
  }
}

function isCaught(from: BpmnElement | undefined, type: string, code: string | undefined): boolean {
  for (let level = from; level; level = level.$parent) if (catchesIn(level, type, code)) return true;
  return false;
}

function catchesIn(level: BpmnElement, type: string, code: string | undefined): boolean {
  const hears = (node: FlowNode): boolean =>
    eventDefinitions(node).some((one) => one.$type === type && (codeOf(one) ?? code) === code);
  const around = ((level.$parent as FlowNode | undefined)?.flowElements ?? []) as readonly FlowNode[];
  const inside = ((level as FlowNode).flowElements ?? []) as readonly FlowNode[];
  return (
    around.some((node) => node.attachedToRef === level && hears(node)) ||
    inside.some(
      (node) =>
        isActivity(node) &&
        node.triggeredByEvent === true &&
        ((node.flowElements ?? []) as readonly FlowNode[]).some(
          (start) => start.$type === 'bpmn:StartEvent' && hears(start),
        ),
    )
  );
}

/** Rule 7 reports thrown messages that no process receives. */
function checkMessage(
  subject: Subject,
  node: FlowNode,
  event: Pick<EventDefinition, 'messageRef'>,
  say: Say,
): void {
  const name = event.messageRef?.name;
  if (name === undefined || throws(node)) return;
  if (subject.annotations.element(node.id ?? '')?.form.length) return;
  if (subject.context.sent.includes(name) || modelsOf(subject).some((model) => isThrown(model, name))) return;
  say({
    element: node,
    message: `${label(node)} 等的消息“${name}”没有谁发：没有流程抛出它，程序不发它，它也没有给人填的表单。`,
    fix: '改成发得出的消息，或者给它一张表单，由人发。',
  });
}

const isThrown = ({ elements }: ProcessModel, name: string): boolean =>
  elements.nodes.some(
    (node) =>
      (throws(node) && eventDefinitions(node).some(({ messageRef }) => messageRef?.name === name)) ||
      (node.$type === 'bpmn:SendTask' && node.messageRef?.name === name),
  );

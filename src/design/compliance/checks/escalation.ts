/**
 * Rule 7: a passed deadline leads to a level, a user task, or a message that another process
 * receives. Clocks and deeds determine which timers are deadlines, and whether they are in
 * statutory days; links only add to them.
 */
import { isDefinite } from '../../../kernel/limit.js';
import { duty, eventDefinitions, label, type FlowNode } from '../../../engine/model/index.js';
import { pathGraphOf, type PathGraph } from '../flow/path-graph.js';
import { isLimitOf, isRunningLimit, limitOfNorm, timerOf } from '../limits/timer.js';
import { lightTitle, type Law } from '../../../kernel/law.js';
import type { Norm } from '../../../law/regulation/model/index.js';
import { does, modelsOf } from '../doing.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

/**
 * Levels that suffice after a limit in days has passed; neither a milder level nor a reminder to
 * the hotline itself does.
 */
const isSevere = (level: string, law: Law): boolean =>
  law.levels.some(({ key, light }) => key === level && light === 'red');

export const escalation: Rule = (subject, say) => {
  const ways = pathGraphOf(subject);
  for (const node of subject.elements.nodes) {
    if (isRunningLimit(subject, node)) checkLimit(subject, ways, node, say);
    checkMessage(subject, node, say);
  }
};

function checkLimit(subject: Subject, ways: PathGraph, limit: FlowNode, say: Say): void {
  const owed = subject.context.norms.filter(
    (norm) => isDefinite(limitOfNorm(subject, norm)) && isLimitOf(subject, limit, norm),
  );
  const numbered = owed.length > 0;
  const following = [limit, ...afterwards(subject, limit)].flatMap((timer) => reachable(ways, timer));
  if (!following.some((node) => leadsSomewhere(subject, node, numbered))) {
    const announced = following.some((node) => duty(node, 'level') !== undefined);
    say({
      element: limit,
      message: announced
        ? `期限 ${label(limit)} 届满以后只有提醒，没有升级：没有${lightTitle('red', subject.context.law)}，没有人接手，也没有转入督办。`
        : `期限 ${label(limit)} 届满以后没有升级：后面没有升级的级别，没有人接手，也没有消息转入督办。`,
      fix: '在届满以后接一个写明“走到这里是哪一级”的环节、要人办的任务，或者启动督办的消息。',
    });
    return;
  }
  const [wanting] = remediesOf(subject, owed);
  if (!wanting || following.some((node) => isWork(node) || callsFor(subject, node, wanting))) return;
  say({
    element: limit,
    article: wanting.provisions[0] ?? '',
    message: `期限 ${label(limit)} 届满以后给了级别，却没有什么引起“${wanting.says}”（${wanting.id}）：超期的到此为止。`,
    fix: `在给${lightTitle('red', subject.context.law)}的环节上恢复启动督办的消息（例如 overdue），或者接一个要人办的任务。`,
  });
}

/** The first remedy that the law provides for violating the duty, as far as a case can contain it. */
const remediesOf = ({ context }: Subject, owed: readonly Norm[]): readonly Norm[] =>
  owed
    .flatMap(({ compensatedBy, duty: rule }) =>
      compensatedBy.filter((id) => rule?.madeGood.some(({ by, of }) => by === id && of === 'missed')),
    )
    .flatMap((id) => context.norms.filter((norm) => norm.id === id && norm.duty !== null));

/** Whether the element opens the norm's duty, or throws a message to an element that does. */
function callsFor(subject: Subject, node: FlowNode, { duty: rule }: Norm): boolean {
  const opens = (model: ProcessModel, one: FlowNode): boolean =>
    (rule?.opens ?? []).some((act) => does(model, one, act, subject.context));
  const messages = thrownBy(node);
  return (
    opens(subject, node) ||
    modelsOf(subject).some((model) =>
      model.elements.nodes.some(
        (one) => messages.some((message) => catches(one, message)) && opens(model, one),
      ),
    )
  );
}

/** Timers counted from the limit and firing after it. */
function afterwards({ elements }: Subject, limit: FlowNode): readonly FlowNode[] {
  const found: FlowNode[] = [];
  const open = [limit];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const node of elements.nodes) {
      const timer = timerOf(node);
      if (!timer || duty(timer, 'after') !== at.id || found.includes(node)) continue;
      if (node.attachedToRef !== limit.attachedToRef) continue;
      found.push(node);
      open.push(node);
    }
  }
  return found;
}

function reachable(ways: PathGraph, from: FlowNode): readonly FlowNode[] {
  const seen = new Set([from.id ?? '']);
  const nodes: FlowNode[] = [];
  const open = [from.id ?? ''];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const point = ways.points.get(key);
    if (!point || point.key === ways.end) continue;
    nodes.push(point.node);
    // The escalation has reached a user task, which suffices.
    if (isWork(point.node)) continue;
    for (const { to } of point.steps) {
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return nodes;
}

const isWork = (node: FlowNode): boolean => node.$type === 'bpmn:UserTask';

function leadsSomewhere(subject: Subject, node: FlowNode, numbered: boolean): boolean {
  if (isWork(node)) return duty(node, 'role') !== undefined;
  const level = duty(node, 'level');
  if (level !== undefined) return !numbered || isSevere(level, subject.context.law);
  return thrownBy(node).some((message) => isTaken(subject, message));
}

const thrownBy = (node: FlowNode): readonly string[] =>
  /Throw|EndEvent/.test(node.$type)
    ? eventDefinitions(node).flatMap(({ messageRef }) => (messageRef?.name ? [messageRef.name] : []))
    : [];

const isTaken = (subject: Subject, message: string): boolean =>
  modelsOf(subject).some(({ elements }) => elements.nodes.some((node) => catches(node, message)));

const catches = (node: FlowNode, message: string): boolean =>
  !/Throw|EndEvent/.test(node.$type) &&
  [node.messageRef, ...eventDefinitions(node).map(({ messageRef }) => messageRef)].some(
    (reference) => reference?.name === message,
  );

/** A message that no process receives leads nowhere. */
function checkMessage(subject: Subject, node: FlowNode, say: Say): void {
  for (const message of thrownBy(node)) {
    if (isTaken(subject, message)) continue;
    say({
      element: node,
      message: `${label(node)} 抛出的消息“${message}”没有流程接收，到此为止。`,
      fix: '改为有流程接收的消息（例如 overdue、handled），或者在别的流程里先加上接收它的事件。',
    });
  }
}

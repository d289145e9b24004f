/** Rule 4: a triggered norm is fulfilled on every path, interruptions included, unless a waiver is recorded. */
import { eventDefinitions, label, type BpmnElement, type FlowNode } from '../../engine/model/index.js';
import { pathAvoiding } from '../flow/path-avoiding.js';
import { pathGraphOf, type PathGraph } from '../flow/path-graph.js';
import { does, inWords, isLinked, linked, normsOf } from '../links.js';
import { closing, responseDuties } from '../obligations.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';

export const response: Rule = (subject, say) => {
  const ways = pathGraphOf(subject);
  for (const [norm, provision] of new Map(responseDuties.map((duty) => [duty.after, duty.provision]))) {
    checkBegun(subject, norm, provision, say);
  }
  for (const duty of responseDuties) {
    for (const trigger of beginnings(subject, duty.after)) {
      const way = pathAvoiding(subject, ways, {
        from: ways.after(trigger),
        given: new Map(Object.entries(duty.unlessWaived)),
        hits: (node) => duty.deeds.some((deed) => does(subject, node, deed)),
      });
      if (way === undefined) continue;
      say({
        element: trigger,
        article: duty.provision,
        message: `“转出”以后有一条路没有${duty.what}就结束了:${inWords(way)}。`,
        fix: `让这条路也经过${duty.what}的环节(表单必填 ${duty.deeds[0]?.field ?? ''}),或者由来电人的意愿、政策免去并有记载。`,
      });
    }
  }
  checkClosing(subject, ways, say);
  for (const trigger of subject.elements.nodes) checkTriggered(subject, ways, trigger, say);
};

/** Start events of this process that trigger the norm; not throw events towards another process. */
const beginnings = (model: ProcessModel, norm: string): readonly FlowNode[] =>
  linked(model, { norm, relation: 'triggers' }).filter(({ $type }) => $type === 'bpmn:StartEvent');

/** Without a trigger the rule would check nothing. */
function checkBegun(subject: Subject, norm: string, provision: string, say: Say): void {
  const { own } = subject.inForce;
  if (own === undefined || beginnings(own, norm).length === 0 || beginnings(subject, norm).length > 0) return;
  say({
    element: beginnings(own, norm)[0]?.id ?? '?',
    article: provision,
    message: `没有哪个开始事件触发 ${norm} 了,期限和回复、反馈就都无从说起。`,
    fix: `在开始事件上恢复条文链接(${norm},触发)。`,
  });
}

function checkClosing(subject: Subject, ways: PathGraph, say: Say): void {
  for (const trigger of beginnings(subject, closing.after.norm)) {
    const way = pathAvoiding(subject, ways, {
      from: ways.after(trigger),
      hits: (node) => closing.deeds.some((deed) => does(subject, node, deed)),
    });
    if (way === undefined) continue;
    say({
      element: way.at(-2)?.id ?? trigger.id ?? '?',
      article: closing.provision,
      message: `反馈未经审核,工单就结束了:${inWords(way)}。`,
      fix: '让这条路在结束以前经过审核反馈的环节(表单必填 auditResult)。',
    });
  }
}

const demanding = new Set(['shall', 'consequence']);

/** For every other norm: an element that triggers it is followed by one that fulfils it. */
function checkTriggered(subject: Subject, ways: PathGraph, trigger: FlowNode, say: Say): void {
  const set = normsOf(subject, trigger).filter(({ relation }) => relation === 'triggers');
  for (const { norm, provision } of set) {
    const known = subject.context.norms.find(({ id }) => id === norm);
    if (!known || !demanding.has(known.modality) || responseDuties.some(({ after }) => after === norm))
      continue;
    if (isBeside(trigger)) continue;
    const fulfilling = linked(subject, { norm, relation: 'fulfils' });
    if (fulfilling.length === 0) {
      checkHandedOver(subject, trigger, norm, provision, say);
      continue;
    }
    const hits = (node: BpmnElement): boolean =>
      isLinked(subject, node, { norm, relation: 'fulfils' }) ||
      refuses(subject, node) ||
      endsByRecord(
        subject,
        node,
        set.map((link) => link.norm),
      );
    const way = pathAvoiding(subject, ways, { from: ways.after(trigger), hits });
    if (way === undefined) continue;
    say({
      element: trigger,
      article: provision,
      message: `${label(trigger)} 以后有一条路没有履行“${known.says}”(${norm})就结束了:${inWords(way)}。`,
      fix: '让这条路也经过履行它的环节,或者接到核对前提的环节上。',
    });
  }
}

/** Paths from a deadline or another non-interrupting event belong to the rule on escalation. */
function isBeside(node: BpmnElement): boolean {
  for (let at: BpmnElement | undefined = node; at !== undefined; at = at.$parent) {
    if ((at as FlowNode).triggeredByEvent === true) return true;
  }
  return false;
}

/** An error at an element that checks a precondition: if it fails, nothing more is owed. */
const refuses = (subject: Subject, node: BpmnElement): boolean => {
  const host = (node as FlowNode).attachedToRef;
  const isError = eventDefinitions(node)[0]?.$type === 'bpmn:ErrorEventDefinition';
  return isError && host !== undefined && isLinked(subject, host, { relation: 'checks' });
};

/** Inside an interrupting event sub-process: a recorded end of what was triggered. */
const endsByRecord = (subject: Subject, node: BpmnElement, norms: readonly string[]): boolean =>
  isBeside(node) && norms.some((norm) => isLinked(subject, node, { norm, relation: 'records' }));

/** Triggered here, fulfilled elsewhere: a message must start a process that fulfils it. */
function checkHandedOver(
  subject: Subject,
  trigger: FlowNode,
  norm: string,
  provision: string,
  say: Say,
): void {
  const thrown = new Set(
    subject.elements.nodes
      .filter(({ $type }) => /Throw|End/.test($type))
      .flatMap((node) => eventDefinitions(node).map(({ messageRef }) => messageRef?.name)),
  );
  const taken = subject.inForce.others.some(
    (other) =>
      linked(other, { norm, relation: 'fulfils' }).length > 0 &&
      [...other.annotations.messageStarts.keys()].some((message) => thrown.has(message)),
  );
  if (taken) return;
  say({
    element: trigger,
    article: provision,
    message: `${label(trigger)} 触发了 ${norm},但是本流程没有履行它的环节,也没有抛出消息启动履行它的流程。`,
    fix: '在后面加上履行的环节,或者抛出启动那个流程的消息(例如 overdue)。',
  });
}

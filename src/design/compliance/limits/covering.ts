/** Limits that run while an element is performed. */
import type { BpmnElement, FlowNode } from '../../../engine/model/index.js';
import { beginKey, pathGraphOf } from '../flow/path-graph.js';
import { linked } from '../links.js';
import type { Subject } from '../subject.js';
import { timerOf } from './timer.js';

/** Boundary timers of the element and of everything that contains it. */
export function coveringLimits({ elements }: Subject, node: FlowNode): readonly FlowNode[] {
  const around = new Set<BpmnElement>();
  for (let at: BpmnElement | undefined = node; at !== undefined; at = at.$parent) around.add(at);
  return elements.nodes.filter(
    (boundary) =>
      boundary.attachedToRef !== undefined &&
      around.has(boundary.attachedToRef) &&
      timerOf(boundary) !== undefined,
  );
}

const waits = /UserTask|ManualTask|ReceiveTask|Catch|SubProcess|CallActivity|EventBased/;

/** The element that delays the limit between the norm's trigger and the limit's start. */
export function lateStart(subject: Subject, limit: FlowNode, norm: string): FlowNode | undefined {
  const host = limit.attachedToRef;
  if (!host) return undefined;
  const { points } = pathGraphOf(subject);
  const start = linked(subject, { norm, relation: 'triggers' }).filter(
    ({ $type }) => $type === 'bpmn:StartEvent',
  );
  const seen = new Set<string>(start.map(beginKey));
  const open = [...seen];
  const before = new Map<string, string[]>();
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const point = points.get(key);
    if (!point || point.node === host) continue;
    for (const { to } of point.steps) {
      before.set(to, [...(before.get(to) ?? []), key]);
      if (seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  const leading = new Set<string>();
  const back = [beginKey(host)];
  for (let key = back.pop(); key !== undefined; key = back.pop()) {
    for (const earlier of before.get(key) ?? []) {
      if (leading.has(earlier)) continue;
      leading.add(earlier);
      back.push(earlier);
    }
  }
  for (const key of leading) {
    const node = points.get(key)?.node;
    if (node !== undefined && waits.test(node.$type) && !contains(node, host)) return node;
  }
  return undefined;
}

function contains(outer: BpmnElement, inner: BpmnElement): boolean {
  for (let at = inner.$parent; at !== undefined; at = at.$parent) if (at === outer) return true;
  return false;
}

/** Whether something always happens before something else; if not, a path on which it does not. */
import type { BpmnElement } from '../../../engine/model/index.js';
import type { Subject } from '../subject.js';
import { statesOf, type Question } from './states.js';
import type { PathGraph } from './path-graph.js';

export interface Precedence extends Question {
  readonly first: (node: BpmnElement) => boolean;
  /** @param done true: the activity is completed; false: it has begun */
  readonly then: (node: BpmnElement, done: boolean) => boolean;
}

/**
 * A path that reaches `then` without `first` before it; undefined if there is none. At a join, one
 * branch with `first` is enough.
 */
export function pathWithout(
  model: Subject,
  ways: PathGraph,
  { first, then, ...question }: Precedence,
): readonly BpmnElement[] | undefined {
  const states = statesOf(model, ways, question);
  // Predecessor of each state that is reached without `first`; a join is reached only if all its
  // inputs are.
  const from = new Map<number, number | undefined>();
  const arrived = new Map<number, Set<BpmnElement>>();
  const open: number[] = [];
  const entries = new Map<BpmnElement, Set<BpmnElement>>();
  states.forEach(({ point, next }) => {
    for (const following of next) {
      const target = states[following]?.point;
      if (target?.joins === true)
        entries.set(target.node, (entries.get(target.node) ?? new Set()).add(point.node));
    }
  });
  for (const key of question.from) {
    states.forEach(({ point }, index) => {
      if (point.key !== key || from.has(index)) return;
      from.set(index, undefined);
      open.push(index);
    });
  }
  for (let index = open.shift(); index !== undefined; index = open.shift()) {
    const state = states[index];
    if (!state) continue;
    const { point, next } = state;
    if (point.node.$type !== 'bpmn:Process' && then(point.node, point.done)) return back(states, from, index);
    if (point.done && first(point.node)) continue;
    for (const following of next) {
      if (from.has(following)) continue;
      const target = states[following]?.point;
      if (target?.joins === true) {
        const seen = (arrived.get(following) ?? new Set<BpmnElement>()).add(point.node);
        arrived.set(following, seen);
        if (seen.size < (entries.get(target.node)?.size ?? 1)) continue;
      }
      from.set(following, index);
      open.push(following);
    }
  }
  return undefined;
}

function back(
  states: readonly { readonly point: { readonly node: BpmnElement } }[],
  from: ReadonlyMap<number, number | undefined>,
  last: number,
): readonly BpmnElement[] {
  const passed: BpmnElement[] = [];
  for (let at: number | undefined = last; at !== undefined; at = from.get(at)) {
    const node = states[at]?.point.node;
    if (node !== undefined && passed[0] !== node) passed.unshift(node);
  }
  return [...new Set(passed)];
}

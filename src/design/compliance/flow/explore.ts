/** Explores all reachable markings of a net. */
import type { FlowNode } from '../../../engine/model/index.js';
import type { Net, Place, Transition } from './net.js';

export interface Explored {
  /** Elements passed from the start to the first occurrence; empty if there is none. */
  readonly wayTo: (about: 'stuck' | 'doubled' | 'endless', node: FlowNode) => readonly FlowNode[];
  /** Elements that the tokens of a deadlock wait for. */
  readonly stuck: readonly FlowNode[];
  /** Elements reached by a second token while one is still there. */
  readonly doubled: readonly FlowNode[];
  /** Elements from which the level can continue but never end. */
  readonly endless: readonly FlowNode[];
  /** The limit was exceeded. */
  readonly tooLarge: boolean;
}

/** Limit in markings, not time: the same result on every machine. */
const usual = 2000;
const mostLooks = 1_000_000;

export function explored(net: Net, start: readonly Place[], most = usual): Explored {
  const consumers = new Map<Place, Transition[]>();
  for (const transition of net.transitions) {
    const [first] = transition.inputs;
    if (first === undefined) continue;
    for (const place of transition.waitsForAll ? transition.inputs : [first]) {
      consumers.set(place, [...(consumers.get(place) ?? []), transition]);
    }
  }
  const reach = reachability(net);
  const doubled = new Map<FlowNode, Passed>();
  /** How each marking was first reached; undefined for the start. */
  const reachedBy: (Passed | undefined)[] = [];
  const markings: (readonly Place[])[] = [];
  const known = new Map<string, number>();
  const before: number[][] = [];
  const ends: number[] = [];
  const stuck: number[] = [];

  const visit = (marking: readonly Place[], passed?: Passed): void => {
    const sorted = [...marking].sort((a, b) => a - b);
    const key = sorted.join(',');
    let index = known.get(key);
    if (index === undefined) {
      index = markings.length;
      known.set(key, index);
      markings.push(sorted);
      before.push([]);
      reachedBy.push(passed);
    }
    if (passed) before[index]?.push(passed.from);
  };

  visit(start);
  let looks = 0;
  for (let index = 0; index < markings.length && index < most && looks < mostLooks; index++) {
    const marking = new Set(markings[index]);
    if (marking.size === 0) {
      ends.push(index);
      continue;
    }
    let moved = false;
    const tried = new Set<Transition>();
    for (const transition of [...marking].flatMap((place) => consumers.get(place) ?? [])) {
      if (tried.has(transition)) continue;
      tried.add(transition);
      looks += 1;
      const taken = takenBy(transition, marking, reach);
      if (!taken) continue;
      moved = true;
      looks += marking.size;
      if (transition.ends) {
        ends.push(index);
        continue;
      }
      const next = new Set(marking);
      for (const place of taken) next.delete(place);
      for (const place of transition.outputs) {
        const ahead = net.ahead.get(place);
        if (next.has(place) && ahead !== undefined && !isHarmless(ahead) && !doubled.has(ahead)) {
          doubled.set(ahead, { from: index, node: transition.node });
        }
        next.add(place);
      }
      visit([...next], { from: index, node: transition.node });
    }
    if (!moved) stuck.push(index);
  }

  // A loop without exit was reduced to a place that no transition leaves.
  const left = new Set(net.transitions.flatMap(({ inputs }) => [...inputs]));
  const looping = (index: number): boolean => (markings[index] ?? []).some((place) => !left.has(place));
  const aheadOf = (indices: readonly number[]): readonly FlowNode[] => [
    ...new Set(
      indices
        .flatMap((index) => [...(markings[index] ?? [])])
        .map((place) => net.ahead.get(place))
        .filter((node) => node !== undefined),
    ),
  ];
  const tooLarge = markings.length >= most || looks >= mostLooks;
  const good = backwards([...ends, ...stuck], before);
  const endless = tooLarge ? [] : [...markings.keys()].filter((index) => !good.has(index));
  const found = {
    stuck: stuck.filter((index) => !looping(index)),
    endless: [...endless, ...stuck.filter(looping)],
  };
  const passedUntil = (last: Passed | undefined): readonly FlowNode[] => {
    const way: FlowNode[] = [];
    for (let at = last; at; at = reachedBy[at.from]) way.unshift(at.node);
    return way;
  };
  return {
    stuck: aheadOf(found.stuck),
    doubled: [...doubled.keys()],
    endless: aheadOf(found.endless),
    tooLarge,
    wayTo: (about, node) => {
      if (about === 'doubled') return passedUntil(doubled.get(node));
      const first = found[about].find((index) =>
        (markings[index] ?? []).some((place) => net.ahead.get(place) === node),
      );
      return first === undefined ? [] : passedUntil(reachedBy[first]);
    },
  };
}

interface Passed {
  /** The marking before. */
  readonly from: number;
  /** What the tokens passed. */
  readonly node: FlowNode;
}

/** Two tokens may arrive at an end event or exclusive gateway; what follows is checked on its own. */
const isHarmless = ({ $type }: FlowNode): boolean =>
  $type === 'bpmn:EndEvent' || $type === 'bpmn:ExclusiveGateway';

/** Tokens consumed; undefined if the transition is not enabled. */
function takenBy(
  { inputs, waitsForAll }: Transition,
  marking: ReadonlySet<Place>,
  reach: (from: Place) => ReadonlySet<Place>,
): readonly Place[] | undefined {
  const there = inputs.filter((place) => marking.has(place));
  if (there.length === inputs.length) return there;
  if (!waitsForAll || there.length === 0) return undefined;
  const missing = inputs.filter((place) => !marking.has(place));
  const others = [...marking].filter((place) => !inputs.includes(place));
  const coming = others.some((place) => missing.some((input) => reach(place).has(input)));
  return coming ? undefined : there;
}

function reachability({ transitions }: Net): (from: Place) => ReadonlySet<Place> {
  const next = new Map<Place, Set<Place>>();
  for (const { inputs, outputs } of transitions) {
    for (const place of inputs) {
      const reached = next.get(place) ?? new Set();
      for (const output of outputs) reached.add(output);
      next.set(place, reached);
    }
  }
  const kept = new Map<Place, ReadonlySet<Place>>();
  return (from) => {
    const known = kept.get(from);
    if (known) return known;
    const reached = new Set<Place>();
    const open = [from];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      for (const output of next.get(place) ?? []) {
        if (reached.has(output)) continue;
        reached.add(output);
        open.push(output);
      }
    }
    kept.set(from, reached);
    return reached;
  };
}

function backwards(from: readonly number[], before: readonly (readonly number[])[]): ReadonlySet<number> {
  const found = new Set(from);
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const earlier of before[index] ?? []) {
      if (found.has(earlier)) continue;
      found.add(earlier);
      open.push(earlier);
    }
  }
  return found;
}

/**
 * What may happen in a case while a token stands at a point of its path: between one look at a variable and the next,
 * somebody else may have answered anew. Says too much rather than too little.
 */
import type { FlowNode } from '../../../engine/model/index.js';
import type { Subject } from '../subject.js';
import {
  behind,
  eachAgainstOthers,
  offOf,
  pointsIn,
  repetitionsIn,
  splitsIn,
  type Keys,
  type Pair,
} from './areas.js';
import { beginsAgain, isCalled } from './begins-again.js';
import { interrupts } from './net.js';
import { pathGraphOf, type PathGraph } from './path-graph.js';

export interface Beside {
  /** Points that no token of the case's own path comes to: events beside it, compensation, what no flow leads to. */
  readonly off: Keys;
  /**
   * Where a token may stand, or have been interrupted, while one of the points is passed.
   *
   * @param own whether only what the same instance does counts
   */
  readonly while: (points: readonly string[], own: boolean) => Keys;
}

export function besideOf(subject: Subject): Beside {
  const graph = pathGraphOf(subject);
  const off = offOf(graph);
  const all = new Set(graph.points.keys());
  const within: readonly Pair[] = [
    { done: all, stands: off },
    { done: off, stands: all },
    ...splitsIn(graph),
    ...repetitionsIn(graph),
    ...interruptionsIn(graph),
  ];
  const between = instancesIn(subject, graph);
  const isApart = !isCalled(subject, subject.key);
  return {
    off,
    while: (points, own) => {
      const found = new Set<string>();
      for (const { done, stands } of own && isApart ? within : [...within, ...between]) {
        if (points.some((key) => done.has(key))) for (const key of stands) found.add(key);
      }
      return found;
    },
  };
}

/** Whatever is interrupted may have come to any of its points. */
function interruptionsIn(graph: PathGraph): readonly Pair[] {
  return [...graph.points.values()].flatMap(({ key, node }): readonly Pair[] => {
    const { $type, attachedToRef, $parent } = node as FlowNode;
    const level =
      $type === 'bpmn:BoundaryEvent' && interrupts(node)
        ? attachedToRef
        : $type === 'bpmn:StartEvent' && ($parent as FlowNode | undefined)?.triggeredByEvent === true
          ? $parent?.$parent
          : undefined;
    return level ? [{ done: pointsIn(graph, level), stands: new Set([key]) }] : [];
  });
}

/** A case may have several instances of the process, begun by different events or by the same again. */
function instancesIn(subject: Subject, graph: PathGraph): readonly Pair[] {
  const areas = graph.starts.map((key) => behind(graph, [key]));
  const again = graph.starts.flatMap((key, index): readonly Pair[] => {
    const node = graph.points.get(key)?.node as FlowNode | undefined;
    const area = areas[index];
    return node && area && beginsAgain(subject, node) ? [{ done: area, stands: area }] : [];
  });
  return [...eachAgainstOthers(areas), ...again];
}

/** The element's points: begun, completed, left out. */
export const pointsOf = ({ points }: PathGraph, id: string | undefined): readonly string[] =>
  [...points.values()].filter(({ node }) => node.id === id).map(({ key }) => key);

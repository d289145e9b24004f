/**
 * What may happen in a case while a token stands at a point: somebody else may change a variable
 * between two reads. It may report too much, never too little.
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
  /** Points that no token of the case's main path reaches: events beside it, compensation, unconnected elements. */
  readonly off: Keys;
  /**
   * Where a token may stand, or have been interrupted, while one of the points is passed.
   *
   * @param own counts only acts of the same instance
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

/** An interrupted part may have reached any of its points. */
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

/** A case may have several instances of the process, started by different events or repeatedly by the same one. */
function instancesIn(subject: Subject, graph: PathGraph): readonly Pair[] {
  const areas = graph.starts.map((key) => behind(graph, [key]));
  const again = graph.starts.flatMap((key, index): readonly Pair[] => {
    const node = graph.points.get(key)?.node as FlowNode | undefined;
    const area = areas[index];
    return node && area && beginsAgain(subject, node) ? [{ done: area, stands: area }] : [];
  });
  return [...eachAgainstOthers(areas), ...again];
}

/** The element's points: begun, completed, skipped. */
export const pointsOf = ({ points }: PathGraph, id: string | undefined): readonly string[] =>
  [...points.values()].filter(({ node }) => node.id === id).map(({ key }) => key);

/** Finds the element that restricted a variable's values. */
import type { BpmnElement, FlowNode } from '../../../engine/model/index.js';
import { comingTo } from '../flow/areas.js';
import type { PathGraph, Point, Step } from '../flow/path-graph.js';
import type { Bits } from './followed.js';

interface Looked {
  readonly index: number;
  readonly writers: ReadonlySet<string | undefined>;
  readonly after: (point: Point) => Bits | undefined;
  readonly onFrom: (point: Point) => readonly (readonly [Step, Bits])[];
}

/** Goes back from the element to the nearest one that writes the variable or excludes some of its values. */
export function deciders(
  graph: PathGraph,
  node: FlowNode,
  { index, writers, after, onFrom }: Looked,
): readonly BpmnElement[] {
  const { points } = graph;
  const coming = comingTo(graph);
  const found = new Set<BpmnElement>();
  const seen = new Set([...points.values()].filter((point) => point.node === node).map(({ key }) => key));
  for (const key of seen) {
    const here = points.get(key);
    if (here?.done && writers.has(here.node.id)) {
      found.add(here.node);
      continue;
    }
    for (const point of coming.get(key) ?? []) {
      for (const [{ to, flow }, values] of onFrom(point)) {
        if (to !== key) continue;
        if (values[index] !== after(point)?.[index]) found.add(flow ?? point.node);
        else seen.add(point.key);
      }
    }
  }
  return [...found];
}

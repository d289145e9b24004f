/** Parts of a case's paths that can run at the same time. It may report too many, never too few. */
import { isActivity, isContainer, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import { beginKey, doneKey, type PathGraph, type Point } from './path-graph.js';

export type Keys = ReadonlySet<string>;

/** Anything done at one of these points may be done while a token stands at one of the others, or moves there. */
export interface Pair {
  readonly done: Keys;
  readonly stands: Keys;
}

export function offOf(graph: PathGraph): Keys {
  const main = behind(graph, graph.starts);
  const roots = [...graph.points.values()].filter(({ key, node }) => {
    // The path enters an event sub-process through its start events, not through the sub-process
    // itself.
    const isEntered = (node as FlowNode).triggeredByEvent === true && main.has(doneKey(node));
    return !main.has(key) && !isEntered;
  });
  // A path beside the main one may end its level, but only after the main path has ended there as
  // well.
  const ends = [...main].filter((key) => {
    const node = graph.points.get(key)?.node as FlowNode | undefined;
    return node && key === doneKey(node) && isContainer(node);
  });
  return behind(
    graph,
    roots.map(({ key }) => key),
    { until: new Set(ends) },
  );
}

interface Bounds {
  /** Points at which the search stops; they are neither passed nor included. */
  readonly until?: Keys | undefined;
  /** Points outside this level are neither passed nor included. */
  readonly level?: BpmnElement | undefined;
}

export function behind(
  { points }: PathGraph,
  from: readonly string[],
  { until, level }: Bounds = {},
): Set<string> {
  const isOut = (key: string): boolean => {
    const node = points.get(key)?.node;
    return until?.has(key) === true || !node || (level !== undefined && !isInside(node, level));
  };
  const seen = new Set(from.filter((key) => !isOut(key)));
  for (const key of seen) {
    for (const { to } of points.get(key)?.steps ?? []) if (!isOut(to)) seen.add(to);
  }
  return seen;
}

function isInside(node: BpmnElement, level: BpmnElement): boolean {
  for (let at = node.$parent; at; at = at.$parent) if (at === level) return true;
  return false;
}

/** Pairs each branch of a split with the other branches, until they join. */
export function splitsIn(graph: PathGraph): readonly Pair[] {
  return [...graph.points.values()].flatMap((split): readonly Pair[] => {
    const branches = branchesOf(graph, split);
    if (branches.length < 2) return [];
    const begins = isActivity(split.node) && !split.done && split.key === beginKey(split.node);
    const level = begins ? split.node : split.node.$parent;
    const until = begins ? undefined : joinOf(graph, split, branches);
    const areas = branches.map((branch) =>
      behind(graph, [branch], { level, ...(until === undefined ? {} : { until: new Set([until]) }) }),
    );
    return eachAgainstOthers(areas);
  });
}

export const eachAgainstOthers = (areas: readonly Keys[]): readonly Pair[] =>
  areas.map((stands, index) => ({
    stands,
    done: new Set(areas.flatMap((area, other) => (other === index ? [] : [...area]))),
  }));

/** Returns the first points of all branches that begin at the same time. */
function branchesOf(
  { points }: PathGraph,
  { key, node, done, forks, chooses, steps }: Point,
): readonly string[] {
  const activity = isActivity(node);
  if (activity && !done && key === beginKey(node)) {
    return steps.filter(({ to }) => points.get(to)?.node.$parent === node).map(({ to }) => to);
  }
  const several = forks || node.$type === 'bpmn:InclusiveGateway' || (activity && chooses);
  return several ? steps.map(({ to }) => to) : [];
}

/** Most joins examined, the nearest first. */
const mostJoins = 12;

/**
 * The point where all branches meet and nothing else does: no branch leads elsewhere, into another
 * or back, and nothing enters from outside.
 */
function joinOf(graph: PathGraph, split: Point, branches: readonly string[]): string | undefined {
  const before = comingTo(graph);
  const joins = [...behind(graph, branches.slice(0, 1))]
    .flatMap((key) => graph.points.get(key) ?? [])
    .filter(
      ({ node, joins: waits }) =>
        (waits || node.$type === 'bpmn:InclusiveGateway') &&
        node !== split.node &&
        node.$parent === split.node.$parent,
    )
    .slice(0, mostJoins);
  return joins.find(({ key: join }) => {
    const areas = branches.map((branch) => behind(graph, [branch], { until: new Set([join]) }));
    const inside = new Set(areas.flatMap((area) => [...area]));
    const isApart = inside.size === areas.reduce((sum, { size }) => sum + size, 0);
    const level = split.node.$parent;
    const stays = [...inside].every((key) => {
      const node = graph.points.get(key)?.node;
      return node && node !== split.node && level && isInside(node, level);
    });
    const isClosed = (key: string): boolean =>
      (before.get(key) ?? []).every((point) => inside.has(point.key) || point.node === split.node);
    return isApart && stays && [...inside, join].every(isClosed);
  })?.key;
}

const comingKept = new WeakMap<PathGraph, ReadonlyMap<string, readonly Point[]>>();

/** The points from which each point can be reached. */
export function comingTo(graph: PathGraph): ReadonlyMap<string, readonly Point[]> {
  const known = comingKept.get(graph);
  if (known) return known;
  const coming = new Map<string, Point[]>();
  for (const point of graph.points.values()) {
    for (const { to } of point.steps) {
      const others = coming.get(to);
      if (others) others.push(point);
      else coming.set(to, [point]);
    }
  }
  comingKept.set(graph, coming);
  return coming;
}

export const pointsIn = ({ points }: PathGraph, level: BpmnElement): Keys =>
  new Set(
    [...points.values()].filter(({ node }) => node === level || isInside(node, level)).map(({ key }) => key),
  );

/** Pairs one repetition of a loop with the next. */
export function repetitionsIn(graph: PathGraph): readonly Pair[] {
  const nodes = new Set([...graph.points.values()].map(({ node }) => node));
  return [...nodes]
    .filter((node) => (node as FlowNode).loopCharacteristics !== undefined)
    .map((node) => pointsIn(graph, node))
    .map((inside) => ({ done: inside, stands: inside }));
}

/** Whether two tokens of one instance may reach the point. */
export const comesTwice = (graph: PathGraph, key: string): boolean =>
  offOf(graph).has(key) ||
  [...splitsIn(graph), ...repetitionsIn(graph)].some(({ done, stands }) => done.has(key) && stands.has(key));

/** Whether something happens on every path; if not, a path on which it does not. */
import type { BpmnElement } from '../../../engine/model/index.js';
import type { Subject } from '../subject.js';
import { statesOf, type Question, type State } from './states.js';
import type { PathGraph, Point } from './path-graph.js';

export interface Avoidance extends Question {
  /** Tested on completed elements. */
  readonly hits: (node: BpmnElement) => boolean;
}

/**
 * A path from the given start to the end of the process without a hit; undefined if there is none.
 * Among parallel branches one hit is enough, unless another branch may terminate the level first.
 */
export function pathAvoiding(
  model: Subject,
  ways: PathGraph,
  { hits, ...question }: Avoidance,
): readonly BpmnElement[] | undefined {
  const states = statesOf(model, ways, question);
  const blocked = states.map(({ point }) => point.done && hits(point.node));
  const toEnd = (isEnough: (fork: State, branch: number) => boolean) =>
    spread(states, blocked, ({ point }) => point.key === ways.end, isEnough);
  const aborting = (mayEnd: (index: number) => boolean) => (fork: State, branch: number) =>
    abortsAlone(states, blocked, { fork, branch, shared: sharedJoins(ways, fork), mayEnd });
  // A branch that terminates the level decides alone only if its termination leads to the end
  // without a hit.
  const roughly = toEnd(aborting(() => true));
  const starts = question.from.map((key) => states.findIndex(({ point }) => point.key === key));
  if (!starts.some((index) => roughly.has(index))) return undefined;
  const found = toEnd(aborting((index) => roughly.has(index)));
  const first = starts.find((index) => found.has(index));
  return first === undefined ? undefined : trace(states, first, found);
}

interface Branch {
  readonly fork: State;
  /** The state after the fork. */
  readonly branch: number;
  /** Joins that the branch cannot pass without the other branches. */
  readonly shared: ReadonlySet<string>;
  readonly mayEnd: (state: number) => boolean;
}

/** Whether the branch can terminate the fork's level without a hit and without the other branches. */
function abortsAlone(
  states: readonly State[],
  blocked: readonly boolean[],
  { fork, branch, shared, mayEnd }: Branch,
): boolean {
  const level = fork.point.node.$parent;
  if (!levelsWithAborts(states).has(level)) return false;
  const reached = new Set([branch]);
  for (const index of reached) {
    const state = states[index];
    if (!state || blocked[index] === true || shared.has(state.point.key)) continue;
    if (state.point.aborts && state.point.node.$parent === level && mayEnd(index)) return true;
    for (const following of state.next) reached.add(following);
  }
  return false;
}

const abortsKnown = new WeakMap<readonly State[], ReadonlySet<BpmnElement | undefined>>();

function levelsWithAborts(states: readonly State[]): ReadonlySet<BpmnElement | undefined> {
  const known = abortsKnown.get(states);
  if (known) return known;
  const levels = new Set(states.flatMap(({ point }) => (point.aborts ? [point.node.$parent] : [])));
  abortsKnown.set(states, levels);
  return levels;
}

const joinsKnown = new WeakMap<Point, ReadonlySet<string>>();

/** Joins that more than one branch of the fork leads to. */
function sharedJoins(ways: PathGraph, { point }: State): ReadonlySet<string> {
  const joins = joinsKnown.get(point) ?? joinsBehind(ways, point);
  joinsKnown.set(point, joins);
  return joins;
}

function joinsBehind({ points }: PathGraph, point: Point): ReadonlySet<string> {
  const joins = point.steps.map(({ to }) => {
    const reached = new Set([to]);
    for (const key of reached) for (const step of points.get(key)?.steps ?? []) reached.add(step.to);
    return [...reached].filter((key) => points.get(key)?.joins === true);
  });
  const all = joins.flat();
  return new Set(all.filter((key, index) => all.indexOf(key) !== index));
}

/**
 * States that can reach a target without passing a blocked state, each with its successor. At a
 * fork all branches must reach it, unless one is enough.
 */
function spread(
  states: readonly State[],
  blocked: readonly boolean[],
  isTarget: (state: State) => boolean,
  isEnough: (fork: State, branch: number) => boolean,
): ReadonlyMap<number, number> {
  const before = predecessors(states);
  const found = new Map<number, number>();
  const left = states.map(({ point, next }) => (point.forks ? next.length : 1));
  const open: number[] = [];
  states.forEach((state, index) => {
    if (isTarget(state) && blocked[index] !== true) {
      found.set(index, index);
      open.push(index);
    }
  });
  for (let reached = open.pop(); reached !== undefined; reached = open.pop()) {
    for (const index of before[reached] ?? []) {
      if (found.has(index) || blocked[index] === true) continue;
      const remaining = (left[index] ?? 1) - 1;
      left[index] = remaining;
      const state = states[index];
      if (remaining > 0 && state !== undefined && !isEnough(state, reached)) continue;
      found.set(index, reached);
      open.push(index);
    }
  }
  return found;
}

const predecessorsKnown = new WeakMap<readonly State[], readonly (readonly number[])[]>();

/** Cached, because the same states are searched many times. */
function predecessors(states: readonly State[]): readonly (readonly number[])[] {
  const known = predecessorsKnown.get(states);
  if (known) return known;
  const before: number[][] = states.map(() => []);
  states.forEach(({ next }, index) => {
    for (const following of next) before[following]?.push(index);
  });
  predecessorsKnown.set(states, before);
  return before;
}

/** Elements on the path, each once. */
function trace(
  states: readonly State[],
  first: number,
  next: ReadonlyMap<number, number>,
): readonly BpmnElement[] {
  const passed = new Set<BpmnElement>();
  const seen = new Set<number>();
  for (let at: number | undefined = first; at !== undefined && !seen.has(at); at = next.get(at)) {
    seen.add(at);
    const state = states[at];
    if (state) passed.add(state.point.node);
  }
  return [...passed];
}

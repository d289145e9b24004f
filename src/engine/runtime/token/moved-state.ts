/**
 * Maps an instance's saved state to another version of its process. A state is a set of positions in a model: each
 * token, repetition, timer and completed activity must find an element of the same kind at the same place. Pure;
 * nothing is fired or recomputed.
 */
import type { Definition, State } from '../interface.js';
import { programOf } from './compile.js';
import { nodeOf, type Instance, type LogEntry, type Token } from './instance.js';
import { lostJoins, unservedJoins } from './joins-after-move.js';
import type { Loop, Node, Program } from './program.js';
import { readState, writeState } from './saved-state.js';
import { subscribers } from './subscriptions.js';

/** Ids of the old version's elements and flows → ids of the new one; unlisted ones keep their id. */
export type ElementMapping = { readonly [element: string]: string };

export interface Hindrance {
  /** Id of the element in the old version. */
  readonly element: string;
  /** Why a token waiting there cannot be migrated, in Chinese. */
  readonly why: string;
}

export interface MovedState {
  readonly state: State;
  /** New elements by old ones, as far as this instance uses them. */
  readonly placed: ReadonlyMap<string, string>;
  /** Tokens and timers of the process itself, not of a called one. */
  readonly own: { readonly tokens: ReadonlySet<string>; readonly timers: ReadonlySet<string> };
  /** Timers whose event the new version lacks. */
  readonly disarmed: readonly string[];
  /** Events that are new, on hosts with waiting tokens: to be armed. */
  readonly toArm: readonly string[];
}

export type Move =
  | { readonly moved: MovedState; readonly hindrances: readonly [] }
  | { readonly moved?: never; readonly hindrances: readonly Hindrance[] };

export function moveState(state: State, from: Definition, to: Definition, mapping: ElementMapping): Move {
  const [source, target] = [programOf(from), programOf(to)];
  const instance = readState(state, source, {}, new Date(0));
  const places = placesOf(source, target, mapping);
  const hindrances: Hindrance[] = [];
  const hinder = (node: Node, why: string): void => void hindrances.push({ element: node.id, why });
  const own = [...instance.scopes].filter((scope) => scope.program === source);

  const imageOf = (node: Node): Node | undefined => target.nodes[places.node(node.index)];
  for (const scope of own) {
    for (const token of scope.tokens) {
      const why = misfit(token, imageOf, places);
      if (why !== undefined) hinder(nodeOf(token), why);
    }
    for (const lost of lostJoins(scope, imageOf)) hinder(lost, '几路还在走，而新版没有这个汇合');
  }
  const disarmed: string[] = [];
  const timers = [...instance.timers.values()].filter(({ program }) => program === source);
  for (const { id, node: index } of timers) {
    const node = source.nodes[index];
    const image = node && imageOf(node);
    if (!node) continue;
    if (!image) disarmed.push(String(id));
    else if (image.trigger.kind !== 'timer' || image.role !== node.role)
      hinder(node, '正在计时，而新版的这一处不计时');
    else if (node.host >= 0 && image.host !== places.node(node.host))
      hinder(node, '正在计时，而新版把它挂在别的环节上');
  }
  for (const scope of own) for (const entry of scope.log) checkLog(entry, source, places, hinder);
  if (hindrances.length > 0) return { hindrances: unique(hindrances) };

  const unserved = own.flatMap((scope) => unservedJoins(source, scope.tokens).map(({ id }) => id));
  const placed = new Map(source.nodes.flatMap((node) => [[node.id, imageOf(node)?.id ?? node.id] as const]));
  const tokens = new Set(own.flatMap((scope) => [...scope.tokens].map(({ id }) => String(id))));
  carryOver(instance, source, target, places);
  for (const scope of own) {
    for (const join of unservedJoins(target, scope.tokens)) {
      const before = source.nodes.find((node) => imageOf(node) === join);
      if (before && unserved.includes(before.id)) continue;
      hindrances.push({
        element: before?.id ?? join.id,
        why: `新版在“${join.id}”等待的几路，有的不会再来：会一直等下去`,
      });
    }
  }
  if (hindrances.length > 0) return { hindrances: unique(hindrances) };
  const written = writeState(instance) as readonly State[];
  const moved: State = [target.mark, ...written.slice(1)];
  return {
    hindrances: [],
    moved: {
      state: moved,
      placed,
      own: { tokens, timers: new Set(timers.map(({ id }) => String(id))) },
      disarmed,
      toArm: newTimers(moved, source, target, places),
    },
  };
}

/** The old version's nodes and flows in the new one; -1 if missing. */
interface Places {
  node(index: number): number;
  flow(index: number): number;
}

function placesOf(source: Program, target: Program, mapping: ElementMapping): Places {
  const called = (id: string): string => (Object.hasOwn(mapping, id) ? (mapping[id] ?? id) : id);
  const node = (index: number): number => target.byId.get(called(source.nodes[index]?.id ?? '')) ?? -1;
  return {
    node,
    flow: (index) => {
      const flow = source.flows[index];
      if (!flow) return -1;
      const named = target.flows.findIndex(({ id }) => id === called(flow.id));
      if (named >= 0) return named;
      const [from, to] = [node(flow.source), node(flow.target)];
      const between = target.flows.flatMap((one, at) =>
        one.source === from && one.target === to ? [at] : [],
      );
      return between.length === 1 ? (between[0] ?? -1) : -1;
    },
  };
}

const joins = new Set<Node['role']>(['parallel', 'inclusive']);

/** Why a token cannot keep waiting at its place in the new version; undefined if it can. */
function misfit(token: Token, imageOf: (node: Node) => Node | undefined, places: Places): string | undefined {
  const node = nodeOf(token);
  const image = imageOf(node);
  if (!image) return '新版没有这个环节';
  if (image.role !== node.role || image.trigger.kind !== node.trigger.kind) return '新版的这一处是另一种环节';
  if (image.container !== (node.container < 0 ? -1 : places.node(node.container))) {
    return '新版把这个环节放进了别的子流程';
  }
  if (shapeOf(image.loop) !== shapeOf(node.loop)) return '新版里这个环节的重复方式不同';
  if (token.child && node.role === 'call-activity' && image.called !== node.called) {
    return '正在办所调用的流程，而新版调用的是别的流程';
  }
  if (joins.has(node.role) && token.flow >= 0 && !image.incoming.includes(places.flow(token.flow))) {
    return '已到汇合处，而新版没有它来的那一路';
  }
  if ((token.pending ?? []).some((index) => places.node(index) < 0))
    return '正在撤销已办的环节，而新版没有其中的环节';
  return undefined;
}

const shapeOf = (loop: Loop | null): string =>
  loop === null ? 'once' : loop.kind === 'standard' ? 'standard' : loop.sequential ? 'in turn' : 'at once';

function checkLog(
  entry: LogEntry,
  source: Program,
  places: Places,
  hinder: (node: Node, why: string) => void,
): void {
  const [index, inside] = typeof entry === 'number' ? [entry, []] : entry;
  const node = source.nodes[index];
  if (!node) return;
  if (places.node(index) < 0) hinder(node, '已办完、可以撤销，而新版没有这个环节');
  if (node.role !== 'call-activity') for (const inner of inside) checkLog(inner, source, places, hinder);
}

/** Variables that the new version adds are null, as at the activity's beginning. */
function ownAfter({ node, locals, scope }: Token, target: Program): Token['locals'] {
  const own = target.nodes[node]?.own;
  const hosts = target.nodes[node]?.loop !== null && scope.loop === null;
  if (!own || hosts) return null;
  return { ...Object.fromEntries(own.locals.map(({ name }) => [name, null])), ...locals };
}

function carryOver(instance: Instance, source: Program, target: Program, places: Places): void {
  const logged = (entry: LogEntry): LogEntry => {
    if (typeof entry === 'number') return places.node(entry);
    const [index, inside] = entry;
    const called = source.nodes[index]?.role === 'call-activity';
    return [places.node(index), called ? inside : inside.map(logged)];
  };
  const owners = new Map<number, boolean>();
  for (const scope of instance.scopes) {
    const isOwn = scope.program === source;
    owners.set(scope.id, isOwn);
    if (isOwn) scope.log = scope.log.map(logged);
    for (const token of scope.tokens) {
      owners.set(token.id, isOwn);
      if (!isOwn) continue;
      token.flow = places.flow(token.flow);
      token.node = places.node(token.node);
      token.pending = token.pending && token.pending.map((index) => places.node(index));
      token.locals = ownAfter(token, target);
    }
  }
  for (const timer of [...instance.timers.values()]) {
    if (timer.program !== source) continue;
    const node = places.node(timer.node);
    if (node < 0) instance.timers.delete(timer.id);
    else instance.timers.set(timer.id, { ...timer, node });
  }
  for (const truth of [...instance.truths]) {
    const [owner, node] = truth.split(':').map(Number);
    if (owner === undefined || node === undefined || owners.get(owner) !== true) continue;
    instance.truths.delete(truth);
    if (places.node(node) >= 0) instance.truths.add(`${owner}:${places.node(node)}`);
  }
}

/** Timers of the new version at waiting tokens without a counterpart in the old one. */
function newTimers(state: State, source: Program, target: Program, places: Places): string[] {
  const moved = readState(state, target, {}, new Date(0));
  const known = new Set(source.nodes.map(({ index }) => places.node(index)));
  const found = subscribers(moved, ({ kind }) => kind === 'timer').filter((one) => {
    const scope = one.kind === 'open' ? one.scope : one.token.scope;
    return scope.program === target && !known.has(one.node.index);
  });
  return [...new Set(found.map(({ node }) => node.id))];
}

const unique = (hindrances: readonly Hindrance[]): readonly Hindrance[] => [
  ...new Map(hindrances.map((one) => [`${one.element} ${one.why}`, one])).values(),
];

/**
 * Computes with which values a case can arrive at an element, over every path from the start and
 * every answer of its forms and handlers. Where branches run in parallel, or another process
 * writes, a value is unsure and can be anything.
 */
import type { BpmnElement, FlowNode, SequenceFlow } from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import { knownValue } from '../flow/choices.js';
import { pathGraphOf, type PathGraph, type Point } from '../flow/path-graph.js';
import type { Subject } from '../subject.js';
import type { Origin } from './own.js';
import type { Variables } from './variables.js';

/** A variable that is not listed is not set yet. */
type Values = ReadonlyMap<string, Json | typeof unsure>;
export const unsure = Symbol('any value that it can have');

export interface Arrival {
  readonly values: Values;
  readonly path: readonly BpmnElement[];
}

export interface Tracked {
  readonly variables: Variables;
  /** Name → representative values, which its conditions tell apart. */
  readonly domains: ReadonlyMap<string, readonly Json[]>;
}

const mostStates = 20_000;

interface State {
  readonly key: string;
  readonly values: Values;
  readonly from: State | undefined;
}

/** @returns undefined if there are too many combinations */
export function arrivalsAt(
  subject: Subject,
  target: FlowNode,
  tracked: Tracked,
): readonly Arrival[] | undefined {
  const graph = pathGraphOf(subject);
  const beside = besideOf(subject, graph, tracked);
  const first = new Map(beside.map((name) => [name, unsure] as const));
  const open: State[] = graph.starts.map((key) => ({ key, values: first, from: undefined }));
  const seen = new Set(open.map(keyOf));
  const found: Arrival[] = [];
  const mixed = mixedAt(subject, graph, tracked);
  for (const state of open) {
    if (seen.size > mostStates) return undefined;
    const point = graph.points.get(state.key);
    if (!point) continue;
    const arrived = new Map(state.values);
    for (const name of mixed(point)) arrived.set(name, unsure);
    const after = point.done
      ? writtenBy(subject, point.node, arrived, tracked)
      : begunWith(point.node, arrived, tracked);
    if (point.node === target && (point.done || !target.$instanceOf('bpmn:Activity'))) {
      for (const values of after) found.push({ values, path: pathTo(graph, state) });
    }
    for (const values of after) {
      for (const key of nextOf(point, values)) {
        const next = { key, values, from: state };
        if (seen.has(keyOf(next))) continue;
        seen.add(keyOf(next));
        open.push(next);
      }
    }
  }
  return found;
}

const keyOf = ({ key, values }: State): string =>
  JSON.stringify([
    key,
    [...values].map(([name, value]) => [name, value === unsure ? '\u0002' : value]).sort(),
  ]);

function pathTo({ points }: PathGraph, last: State): readonly BpmnElement[] {
  const path: BpmnElement[] = [];
  for (let at: State | undefined = last; at; at = at.from) {
    const node = points.get(at.key)?.node;
    if (node && path[0] !== node) path.unshift(node);
  }
  return [...new Set(path)];
}

/** A form writes all its fields; a handler may write or leave what it declares. */
function writtenBy(
  subject: Subject,
  node: BpmnElement,
  values: Values,
  { variables, domains }: Tracked,
): Values[] {
  let all: Values[] = [values];
  for (const [name, domain] of domains) {
    const origins = variables
      .get(name)
      ?.origins.filter(({ element, process }) => element === node.id && process === subject.key);
    const origin = origins?.find(({ kind }) => kind !== 'local' && kind !== 'unset');
    if (!origin || origin.kind === 'repetition') continue;
    const type = origin.type;
    const own =
      type.kind === 'text' && type.values
        ? domain.filter((one) => typeof one === 'string' && type.values?.includes(one))
        : domain;
    const written = [...own, ...(type.nullable ? [null] : [])];
    all = all.flatMap((one) => [
      ...(origin.kind === 'handler' ? [one] : []),
      ...(copied(origin, one, domains) ?? written).map((value) => having(one, name, value)),
    ]);
  }
  // Variables of the activity end with it.
  const gone = [...domains.keys()].filter((name) => variables.get(name)?.keepers.includes(node));
  if (gone.length === 0) return all;
  return all.map((one) => new Map([...one].filter(([name]) => !gone.includes(name))));
}

const having = (values: Values, name: string, value: Json | typeof unsure): Values =>
  new Map<string, Json | typeof unsure>([...values, [name, value]]);

/** Variables of an activity start with the value handed in, or empty. */
function begunWith(node: BpmnElement, values: Values, { variables, domains }: Tracked): Values[] {
  let all: Values[] = [values];
  for (const [name, domain] of domains) {
    const origin = variables
      .get(name)
      ?.origins.find(({ kind, keeper }) => keeper === node && (kind === 'local' || kind === 'unset'));
    if (!origin) continue;
    all = all.flatMap((one) => {
      const begun = origin.kind === 'unset' ? [null] : (copied(origin, one, domains) ?? [...domain, null]);
      return begun.map((value) => having(one, name, value));
    });
  }
  return all;
}

/** The present value of the variable that this one copies; undefined if it is unknown. */
const copied = (
  { copies }: Origin,
  values: Values,
  domains: Tracked['domains'],
): readonly (Json | typeof unsure)[] | undefined =>
  copies !== undefined && domains.has(copies) ? [values.get(copies) ?? null] : undefined;

function nextOf({ steps, chooses, node }: Point, values: Values): readonly string[] {
  if (!chooses && node.$type !== 'bpmn:InclusiveGateway') return steps.map(({ to }) => to);
  const known = new Map(
    [...values].flatMap(([name, value]) => (value === unsure ? [] : [[name, value] as const])),
  );
  const holds = (flow: SequenceFlow | undefined): boolean | undefined => {
    const text = flow?.conditionExpression?.body;
    return text === undefined ? undefined : knownValue(text, known);
  };
  const taken: string[] = [];
  for (const { to, flow } of steps) {
    const answer = holds(flow);
    if (answer === false) continue;
    taken.push(to);
    if (answer === true && chooses && flow !== (node as FlowNode).default) break;
  }
  return taken;
}

/** Variables that others write: another process of the case, the program, or an event beside the case's path. */
function besideOf(
  subject: Subject,
  { points, starts }: PathGraph,
  { variables, domains }: Tracked,
): readonly string[] {
  const seen = new Set(starts);
  const onPath = new Set<string | undefined>();
  for (const key of seen) {
    const point = points.get(key);
    if (!point) continue;
    onPath.add(point.node.id);
    for (const { to } of point.steps) seen.add(to);
  }
  return [...domains.keys()].filter((name) =>
    variables
      .get(name)
      ?.origins.some(({ process, element }) => process !== subject.key || !onPath.has(element)),
  );
}

/** At a join: variables that a parallel branch may have written. */
function mixedAt(subject: Subject, { points }: PathGraph, { variables, domains }: Tracked) {
  const behind = new Map<string, ReadonlySet<string>>();
  const reach = (key: string): ReadonlySet<string> => {
    const known = behind.get(key);
    if (known) return known;
    const seen = new Set([key]);
    for (const one of seen) for (const { to } of points.get(one)?.steps ?? []) seen.add(to);
    behind.set(key, seen);
    return seen;
  };
  const splits = [...points.values()].filter(
    ({ forks, steps, node }) => forks || (node.$type === 'bpmn:InclusiveGateway' && steps.length > 1),
  );
  const known = new Map<string, readonly string[]>();
  return ({ key, node, joins }: Point): readonly string[] => {
    const merges = joins || node.$type === 'bpmn:InclusiveGateway';
    if (!merges || (node as FlowNode).incoming?.length === 1) return [];
    const before = known.get(key);
    if (before) return before;
    const names = [...domains.keys()].filter((name) =>
      variables
        .get(name)
        ?.origins.some(
          ({ element, process }) =>
            element !== undefined &&
            process === subject.key &&
            reach(element).has(key) &&
            splits.some(
              (split) => split.key !== element && reach(split.key).has(element) && reach(split.key).has(key),
            ),
        ),
    );
    known.set(key, names);
    return names;
  };
}

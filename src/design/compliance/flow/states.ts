/** Paths with known form answers: a state is a point plus the answers given before it. */
import { optionsUnder, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import type { Subject } from '../subject.js';
import { possibleFlows, knownValue, type Valuation } from './choices.js';
import type { Point, Step, PathGraph } from './path-graph.js';

export interface State {
  readonly point: Point;
  readonly known: Valuation;
  /** Indices of successor states. */
  readonly next: number[];
}

export interface Question {
  /** Keys of the starting points. */
  readonly from: readonly string[];
  /** Assumed answers that never change. */
  readonly given?: Valuation;
}

/** Beyond this many states answers are no longer tracked. */
const most = 20_000;
/** Beyond this many combinations in one form, its remaining fields are not tracked. */
const mostAnswers = 1000;

/** Cached, because several duties ask the same question about a diagram. */
const explored = new WeakMap<PathGraph, Map<string, readonly State[]>>();

export function statesOf(
  model: Subject,
  ways: PathGraph,
  { from, given = new Map() }: Question,
): readonly State[] {
  const known = explored.get(ways) ?? new Map<string, readonly State[]>();
  explored.set(ways, known);
  const question = JSON.stringify([from, ...sorted(given)]);
  const states = known.get(question) ?? exploreWithin(model, ways, from, given);
  known.set(question, states);
  return states;
}

function exploreWithin(
  model: Subject,
  ways: PathGraph,
  from: readonly string[],
  given: Valuation,
): readonly State[] {
  const tracked = trackedIn(model, given);
  for (let domains = tracked; ; domains = new Map()) {
    const states = explore(model, ways, from, given, domains);
    if (states !== undefined || domains.size === 0) return states ?? [];
  }
}

function explore(
  { annotations }: Subject,
  { points }: PathGraph,
  from: readonly string[],
  given: Valuation,
  domains: ReadonlyMap<string, readonly Json[]>,
): readonly State[] | undefined {
  const states: State[] = [];
  const index = new Map<Valuation, Map<string, number>>([[given, new Map()]]);
  const at = (key: string, known: Valuation): number | undefined => {
    const point = points.get(key);
    const places = index.get(known);
    if (point === undefined || places === undefined) return undefined;
    let found = places.get(key);
    if (found === undefined) {
      found = states.length;
      places.set(key, found);
      states.push({ point, known, next: [] });
    }
    return found;
  };
  /** Equal answers share one object, so that looking up a state compares no texts. */
  const valuations = new Map([[textOf(given), given]]);
  const theOne = (known: Valuation): Valuation => {
    const found = valuations.get(textOf(known)) ?? known;
    valuations.set(textOf(known), found);
    if (!index.has(found)) index.set(found, new Map());
    return found;
  };
  /** Cached, because thousands of states extend the same few valuations alike. */
  const extended = new Map<Valuation, Map<string, readonly Valuation[]>>();
  const extendedBy = (known: Valuation, key: string, values: readonly Json[]): readonly Valuation[] => {
    const byKey = extended.get(known) ?? new Map<string, readonly Valuation[]>();
    extended.set(known, byKey);
    const found = byKey.get(key) ?? values.map((value) => theOne(sorted(new Map([...known, [key, value]]))));
    byKey.set(key, found);
    return found;
  };
  const answered = (node: BpmnElement, known: Valuation): readonly Valuation[] => {
    let all: readonly Valuation[] = [known];
    for (const { key } of annotations.element(node.id ?? '')?.form ?? []) {
      const values = given.has(key) ? undefined : domains.get(key);
      if (values && all.length * values.length <= mostAnswers)
        all = all.flatMap((one) => extendedBy(one, key, values));
    }
    return all;
  };
  for (const key of from) at(key, given);
  for (let current = 0; current < states.length; current++) {
    if (states.length > most && domains.size > 0) return undefined;
    const state = states[current];
    if (state === undefined) break;
    const { point, known, next } = state;
    for (const one of point.done ? answered(point.node, known) : [known]) {
      for (const { to } of taken(point, one)) {
        const following = at(to, one);
        if (following !== undefined && !next.includes(following)) next.push(following);
      }
    }
  }
  return states;
}

function taken({ node, steps, chooses }: Point, known: Valuation): readonly Step[] {
  if (!chooses || known.size === 0) {
    return node.$type === 'bpmn:InclusiveGateway' ? steps.filter((step) => mayHold(step, known)) : steps;
  }
  const flows = steps.flatMap(({ flow }) => (flow ? [flow] : []));
  const possible = possibleFlows(flows, (node as FlowNode).default, known);
  return steps.filter(({ flow }) => flow === undefined || possible.includes(flow));
}

const mayHold = ({ flow }: Step, known: Valuation): boolean =>
  flow?.conditionExpression?.body === undefined || knownValue(flow.conditionExpression.body, known) !== false;

/**
 * Tracks the answers that decide in more than one place (a path that took "no" first may not take
 * "yes" later), and those that the question names.
 */
function trackedIn(
  { elements, annotations, context }: Subject,
  given: Valuation,
): ReadonlyMap<string, readonly Json[]> {
  const askedAt = new Map<string, Set<unknown>>();
  for (const { conditionExpression, sourceRef } of elements.flows) {
    for (const [name] of conditionExpression?.body?.matchAll(/[A-Za-z_]\w*/g) ?? []) {
      askedAt.set(name, (askedAt.get(name) ?? new Set()).add(sourceRef));
    }
  }
  const domains = new Map<string, readonly Json[]>();
  for (const { id } of elements.nodes) {
    for (const field of annotations.element(id ?? '')?.form ?? []) {
      const { key, type } = field;
      if (given.has(key) || (askedAt.get(key)?.size ?? 0) < 2) continue;
      if (type === 'boolean') domains.set(key, [true, false]);
      else if (type === 'choice') {
        const options = optionsUnder(field, context.law);
        if (options.length > 12) continue;
        domains.set(
          key,
          options.map(({ value }) => value),
        );
      }
    }
  }
  return new Map([...domains].slice(0, 4));
}

const textOf = (known: Valuation): string => JSON.stringify([...known]);

const sorted = (known: Valuation): Valuation =>
  new Map([...known].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/**
 * Computes which values a variable can have at each point of a case's path. At first it can have
 * any value; a form or a branch leaves some of them. A variable that something else may write
 * meanwhile (flow/beside.ts) can have any value again.
 */
import {
  isActivity,
  typed,
  type BpmnElement,
  type FlowNode,
  type SequenceFlow,
  type ValueType,
} from '../../../engine/model/index.js';
import { besideOf, pointsOf } from '../flow/beside.js';
import { beginKey, pathGraphOf, type Point, type Step } from '../flow/path-graph.js';
import type { Subject } from '../subject.js';
import { deciders } from './deciders.js';
import { outcomesOf } from './domains.js';
import {
  allOf,
  bitsOf,
  followedOf,
  joined,
  setOf,
  valuesOf,
  written,
  type Bits,
  type Followed,
  type Values,
} from './followed.js';
import { typesAt } from './variables.js';

export interface Along {
  /** All possible values of the followed variables. */
  readonly any: Values;
  /** Values when a token arrives at the element, and while it waits there. */
  readonly coming: (node: FlowNode) => Values | undefined;
  /** Values when the token leaves the element. */
  readonly leaving: (node: FlowNode) => Values | undefined;
  /** Values before and after the element together. */
  readonly during: (node: FlowNode) => Values | undefined;
  /** The elements that restricted a variable to these values. */
  readonly decidedBy: (node: FlowNode, name: string) => readonly BpmnElement[];
}

const readKept = new WeakMap<FlowNode, Map<string, Read>>();
type Read = Pick<ReturnType<typeof typed>, 'names'> & {
  readonly types: ReadonlyMap<string, ValueType> | undefined;
};

/** @returns undefined if it cannot be determined */
export function outcomes(
  subject: Subject,
  at: FlowNode,
  outside: boolean,
  text: string,
  values: Values,
): ReturnType<typeof outcomesOf> {
  const kept = readKept.get(at) ?? new Map<string, Read>();
  readKept.set(at, kept);
  const key = `${outside ? 'outside' : 'inside'} ${text}`;
  const read = kept.get(key) ?? readOf(typesAt(subject, at, outside), text);
  kept.set(key, read);
  return read.types && outcomesOf(text, read.names, read.types, values);
}

function readOf(types: ReadonlyMap<string, ValueType>, text: string): Read {
  const { names, faults } = typed(text, types);
  return { names, types: faults.length > 0 ? undefined : types };
}

export function valuesAlong(
  subject: Subject,
  told: ReadonlyMap<string, readonly string[]>,
): Along | undefined {
  const followed = followedOf(subject, told);
  if (followed.length === 0) return undefined;
  const judge = judging(subject, followed);
  const graph = pathGraphOf(subject);
  const beside = besideOf(subject);
  const any = followed.map(({ domain }) => allOf(domain));
  const widened = followed.map(({ own, variable: { origins } }) => {
    const writers = new Set(origins.map(({ element }) => element));
    return beside.while(
      [...writers].flatMap((id) => pointsOf(graph, id)),
      own,
    );
  });
  const came = new Map<string, Bits>();
  const open = new Set<string>();
  const come = (key: string, values: Bits): void => {
    const before = came.get(key);
    if (before && values.every((bits, index) => (bits | (before[index] ?? 0)) === before[index])) return;
    came.set(key, before ? joined(before, values) : values);
    open.add(key);
  };
  const at = ({ key }: Point): Bits | undefined =>
    came.get(key)?.map((bits, index) => (widened[index]?.has(key) ? (any[index] ?? bits) : bits));
  const after = (point: Point): Bits | undefined => {
    const values = at(point);
    if (!values || !point.done) return values;
    return ruled(subject, judge, point.node, written(followed, point.node, values));
  };
  const onFrom = (point: Point): readonly (readonly [Step, Bits])[] => {
    const values = after(point);
    return values ? ways(judge, point, values) : [];
  };
  for (const key of [...graph.starts, ...beside.off]) come(key, any);
  for (const key of open) {
    open.delete(key);
    const point = graph.points.get(key);
    for (const [{ to }, values] of point ? onFrom(point) : []) come(to, values);
  }
  const pointsAt = ({ id }: FlowNode): readonly Point[] =>
    pointsOf(graph, id).flatMap((key) => graph.points.get(key) ?? []);
  const united = (all: readonly (Bits | undefined)[]): Values | undefined => {
    const come = all.filter((bits) => bits !== undefined);
    return come.length > 0 ? valuesOf(followed, come.reduce(joined)) : undefined;
  };
  return {
    any: valuesOf(followed, any),
    coming: (node) => united(pointsAt(node).map(at)),
    during: (node) => united(pointsAt(node).flatMap((point) => [at(point), after(point)])),
    leaving: (node) =>
      united(
        pointsAt(node)
          .filter(({ key, done }) => done || !isActivity(node) || key !== beginKey(node))
          .map(after),
      ),
    decidedBy: (node, name) => {
      const index = followed.findIndex((one) => one.name === name);
      const writers = new Set(followed[index]?.variable.origins.map(({ element }) => element));
      return deciders(graph, node, { index, writers, after, onFrom });
    },
  };
}

type Judge = (at: FlowNode, text: string, values: Bits) => Judged | undefined;
type Judged = Readonly<Record<'holds' | 'fails', Bits | undefined>>;

/** Keeps the values for which the condition of an exit can hold. */
function judging(subject: Subject, followed: readonly Followed[]): Judge {
  return (at, text, values) => {
    const asked = followed.flatMap((one, index) => (text.includes(one.name) ? [{ one, index }] : []));
    const given = new Map(asked.map(({ one, index }) => [one.name, setOf(one, values[index] ?? 0)]));
    const found = outcomes(subject, at, true, text, given);
    const left = (some: Values | undefined): Bits | undefined => {
      if (!some) return undefined;
      const bits = [...values];
      for (const { one, index } of asked) bits[index] = bitsOf(one, some.get(one.name) ?? new Set());
      return bits;
    };
    return found && { holds: left(found.holds), fails: left(found.fails) };
  };
}

/**
 * Keeps the values that the rules of a form allow. A rule on an optional field is ignored: if the
 * field is left open the rule sees nothing, although the case may hold an older answer.
 */
function ruled({ annotations }: Subject, judge: Judge, node: BpmnElement, values: Bits): Bits {
  if (node.$type !== 'bpmn:UserTask') return values;
  const { form = [], rules = [] } = annotations.element(node.id ?? '') ?? {};
  const open = form.filter(({ required }) => !required);
  const told = rules.filter(({ holds }) => !open.some(({ key }) => holds.includes(key)));
  return told.reduce((left, { holds }) => judge(node as FlowNode, holds, left)?.holds ?? left, values);
}

const conditionOf = (flow: SequenceFlow | undefined): string | undefined =>
  flow?.conditionExpression?.body?.trim() || undefined;

/**
 * Each exit with the values for which it is taken: its own condition holds and, if only the first
 * match is taken, none of the earlier ones does.
 */
function ways(judge: Judge, point: Point, values: Bits): readonly (readonly [Step, Bits])[] {
  const node = point.node as FlowNode;
  const isFirstOnly = node.$type === 'bpmn:ExclusiveGateway';
  const decides = isFirstOnly || node.$type === 'bpmn:InclusiveGateway' || isActivity(node);
  const taken: (readonly [Step, Bits])[] = [];
  let rest: Bits | undefined = values;
  let fallback: Step | undefined;
  for (const step of point.steps) {
    if (step.flow !== undefined && step.flow === node.default) {
      fallback = step;
      continue;
    }
    const text = conditionOf(step.flow);
    const before: Bits | undefined = isFirstOnly ? rest : values;
    if (!before) continue;
    const told: Judged | undefined = text !== undefined && decides ? judge(node, text, before) : undefined;
    const holds = told ? told.holds : before;
    if (holds) taken.push([step, holds]);
    if (!told || text === undefined || !rest) continue;
    const failing: Judged | undefined = isFirstOnly ? told : judge(node, text, rest);
    rest = failing ? failing.fails : rest;
  }
  if (fallback && rest) taken.push([fallback, rest]);
  return taken;
}

/** Rule 19: at least one exit of a split holds for any answers, because a case without an exit is stuck. */
import {
  feel,
  label,
  optionsUnder,
  typed,
  type FlowNode,
  type SequenceFlow,
} from '../../../engine/model/index.js';
import type { Json, JsonObject } from '../../../kernel/json.js';
import { arrivalsAt, unsure, type Arrival } from '../data/arrivals.js';
import { combinations, domainOf, isPlain } from '../data/domains.js';
import { typesAt, typesOf, variablesOf, type Variables } from '../data/variables.js';
import { inWords } from '../links.js';
import { proofOf } from '../proof.js';
import type { Rule, Say, Subject } from '../subject.js';
import { isFeel } from '../data/is-feel.js';

export const exits: Rule = (subject, say) => {
  for (const node of subject.elements.nodes) {
    const conditions = conditionsOf(subject, node);
    if (conditions) checkExits(subject, node, conditions, say);
  }
};

/** The conditions of a split without a default exit; undefined for all other elements. */
function conditionsOf({ elements }: Subject, node: FlowNode): readonly string[] | undefined {
  const flows = elements.flows.filter(({ sourceRef }) => sourceRef === node);
  const texts = flows.map(conditionOf);
  const splits = /^bpmn:(Exclusive|Inclusive)Gateway$/.test(node.$type) || node.$instanceOf('bpmn:Activity');
  if (!splits || flows.length === 0 || flows.includes(node.default as SequenceFlow)) return undefined;
  // An exit without a condition is always open; rule 12 reports a text that is no FEEL.
  return texts.every((text) => text !== undefined && isFeel(text)) ? (texts as string[]) : undefined;
}

const conditionOf = (flow: SequenceFlow): string | undefined =>
  flow.conditionExpression?.body?.trim() || undefined;

function checkExits(subject: Subject, node: FlowNode, texts: readonly string[], say: Say): void {
  const variables = variablesOf(subject);
  const types = typesAt(subject, node, true);
  const read = texts.map((text) => typed(text, types));
  // Rules 17 and 18 report these faults first.
  if (read.some(({ faults }) => faults.length > 0)) return;
  const names = [...new Set(read.flatMap((one) => one.names))];
  const domains = new Map<string, readonly Json[]>();
  for (const name of names) {
    const type = types.get(name);
    const domain = type && domainOf(type, texts);
    if (domain) domains.set(name, domain);
  }
  const tells = domains.size === names.length && texts.every((text) => isPlain(text));
  const comingBy = (tracked: ReadonlyMap<string, readonly Json[]>) =>
    tells ? arrivalsAt(subject, node, { variables, domains: tracked }) : undefined;
  const roughly = comingBy(domains);
  // Considering only the exit's own answers allows more combinations than can occur. If each of
  // those finds an exit, so does every real case.
  if (roughly && gapsIn(roughly, texts, domains, variables).length === 0) return;
  const arrivals = roughly && (comingBy(withOthers(subject, domains)) ?? roughly);
  const fix = '给它加一条出口，或者把其中一条设为默认出口。';
  if (!arrivals) {
    say({
      element: node,
      message: `${label(node)} 的各条出口合起来是否周全，看不出来：都不成立时，流程停在这里。`,
      fix,
    });
    return;
  }
  const gaps = gapsIn(arrivals, texts, domains, variables);
  const [first] = gaps;
  if (!first) return;
  const told = [...new Set(gaps.map(({ values }) => answersInWords(subject, variables, values)))];
  const shown = told.length > 4 ? `${told.slice(0, 4).join('；')} 等 ${told.length} 种` : told.join('；');
  say({
    element: node,
    message: `${label(node)}：${shown}时，没有一条出口成立，流程停在这里：${inWords(first.path)}。`,
    fix,
    proof: proofOf(first.path, { kind: 'no-way-out', element: node.id ?? '' }),
  });
}

interface Gap extends Pick<Arrival, 'path'> {
  readonly values: JsonObject;
}

function gapsIn(
  arrivals: readonly Arrival[],
  texts: readonly string[],
  domains: ReadonlyMap<string, readonly Json[]>,
  variables: Variables,
): readonly Gap[] {
  const instant = new Date(0);
  const expressions = texts.map((text) => feel(text));
  const tried = new Set<string>();
  return arrivals.flatMap(({ values, path }) => {
    const possible = [...domains].map(([name, domain]): readonly [string, readonly Json[]] => {
      const value = values.get(name);
      if (value === undefined) return [name, [null]];
      if (value !== unsure) return [name, [value]];
      return [name, variables.get(name)?.type.nullable ? [...domain, null] : domain];
    });
    return (combinations(possible) ?? []).flatMap((one): Gap[] => {
      const key = JSON.stringify(one);
      if (tried.has(key)) return [];
      tried.add(key);
      return expressions.some((expression) => expression.holds(one, instant)) ? [] : [{ values: one, path }];
    });
  });
}

const mostOthers = 3;

/** Adds answers that another split decides by: a case that took one of its exits cannot have given another answer. */
function withOthers(
  subject: Subject,
  domains: ReadonlyMap<string, readonly Json[]>,
): ReadonlyMap<string, readonly Json[]> {
  const variables = variablesOf(subject);
  const types = typesOf(variables);
  const askedAt = new Map<string, Set<unknown>>();
  for (const flow of subject.elements.flows) {
    const text = conditionOf(flow);
    if (text === undefined || !isFeel(text)) continue;
    for (const name of typed(text, types).names) {
      askedAt.set(name, (askedAt.get(name) ?? new Set()).add(flow.sourceRef));
    }
  }
  const all = subject.elements.flows.flatMap((flow) => conditionOf(flow) ?? []);
  const others = [...askedAt]
    .filter(([name, places]) => places.size > 1 && !domains.has(name))
    .flatMap(([name]) => {
      const type = types.get(name);
      const domain = type && domainOf(type, all);
      return domain && domain.length <= 8 ? [[name, domain] as const] : [];
    });
  const copied = [...domains.keys()].flatMap((name) => variables.get(name)?.origins ?? []);
  const sources = copied.flatMap(({ copies = '' }) => {
    const type = domains.has(copies) ? undefined : types.get(copies);
    const domain = type && domainOf(type, all);
    return domain && domain.length <= 8 ? [[copies, domain] as const] : [];
  });
  return new Map([...domains, ...sources, ...others.slice(0, mostOthers)]);
}

/** Produces, for example: 栏目“怎么办”(way)选“放弃”(drop)、…没有填 */
function answersInWords({ annotations, context }: Subject, variables: Variables, values: JsonObject): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const field = annotations.elements.flatMap(({ form }) => form).find(({ key }) => key === name);
      const asked = field
        ? `栏目“${field.label || name}”（${name}）`
        : `${name}（${variables.get(name)?.origins[0]?.says ?? ''}）`;
      if (value === null) return `${asked}没有填`;
      if (typeof value === 'boolean') return `${asked}为“${value ? '是' : '否'}”`;
      const option = field && optionsUnder(field, context.law).find((one) => one.value === value);
      if (option) return `${asked}选“${option.label || option.value}”（${option.value}）`;
      return typeof value === 'string' && value.includes('\u0001')
        ? `${asked}填别的`
        : `${asked}为 ${JSON.stringify(value)}`;
    })
    .join('、');
}

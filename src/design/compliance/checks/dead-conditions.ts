/**
 * Rule 21: each condition still has something to decide, given all answers and choices on the way
 * to it. It only warns, because cases of an older version, and repaired cases, may have come
 * another way.
 */
import {
  eventDefinitions,
  feel,
  label,
  optionsUnder,
  type BpmnElement,
  type FlowNode,
} from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import { rangesInWords } from '../data/cells.js';
import { outcomes, valuesAlong, type Along } from '../data/along.js';
import { placesIn, type Place } from '../data/expressions.js';
import type { Values } from '../data/followed.js';
import { variablesOf } from '../data/variables.js';
import { idsOf } from '../proof.js';
import type { Rule, Subject } from '../subject.js';
import { isFeel } from '../data/is-feel.js';

export const deadConditions: Rule = (subject, say) => {
  const all = placesIn(subject).filter(({ text }) => isFeel(text));
  const places = all.filter(decidesTheWay);
  const names = new Set(places.flatMap(({ text }) => feel(text).names));
  const told = [...names].map((name) => {
    const texts = all.filter(({ text }) => feel(text).names.includes(name)).map(({ text }) => text);
    return [name, texts] as const;
  });
  const along = valuesAlong(subject, new Map(told));
  if (!along) return;
  for (const place of places) {
    const { element, at, outside, text, what } = place;
    const values = valuesAt(along, place);
    const outcomesOf = (some: Values) => outcomes(subject, at, outside === true, text, some);
    const always = values && outcomesOf(values);
    const anyhow = outcomesOf(along.any);
    // Rule 18 reports conditions that are constant for any values.
    if (!always || !anyhow?.holds || !anyhow.fails) continue;
    const narrowed = feel(text).names.filter((name) => values.get(name)?.size !== along.any.get(name)?.size);
    const arriving = () => inWords(subject, along, at, narrowed, values);
    const decidedBy = idsOf([...new Set(narrowed.flatMap((name) => along.decidedBy(at, name)))]);
    if (!always.holds) {
      say({
        severity: 'warning',
        element,
        message: `${what}在这里永远不成立：${arriving()}。`,
        fix: '按走到这里还有的值改写条件，或者删去这条走不到的路。',
        decidedBy,
      });
    } else if (!always.fails && hasOthers(subject, place)) {
      say({
        severity: 'warning',
        element,
        message: `${what}在这里总是成立：${arriving()}。`,
        fix: '删去不用再分的分支，或者按走到这里还有的值改写条件。',
        decidedBy,
      });
    }
  }
};

function decidesTheWay({ element, at, text }: Place): boolean {
  if (element.$type === 'bpmn:SequenceFlow') return true;
  const { completionCondition, loopCondition } = at.loopCharacteristics ?? {};
  const looked = [
    completionCondition,
    loopCondition,
    ...eventDefinitions(at).map(({ condition }) => condition),
  ];
  return looked.some((expression) => expression?.body === text);
}

function valuesAt(along: Along, { element, at }: Place): Values | undefined {
  if (element.$type === 'bpmn:SequenceFlow') return along.leaving(at);
  const coming = along.coming(at);
  return at.loopCharacteristics === undefined ? coming : coming && along.during(at);
}

/** Only for a flow that is no default; an event or a repetition may well be true at once. */
const hasOthers = ({ elements }: Subject, { element, at }: Place): boolean =>
  element.$type === 'bpmn:SequenceFlow' &&
  at.default !== element &&
  elements.flows.filter(({ sourceRef }) => sourceRef === at).length > 1;

/** Produces, for example: 走到“再分”,栏目“怎么办”(way)只会选“转出”(pass)——由顺序流“不放弃”定 */
function inWords(
  subject: Subject,
  along: Along,
  at: FlowNode,
  names: readonly string[],
  values: Values,
): string {
  const told = names.flatMap((name) => {
    const some = values.get(name);
    if (!some) return [];
    const deciders = along.decidedBy(at, name).map(decider);
    const by = deciders.length > 0 ? `（由${deciders.slice(0, 3).join('、')}定）` : '';
    return [`${titleOf(subject, name)}只会是${valuesInWords(subject, along, name, some)}${by}`];
  });
  return `走到${label(at)}，${told.join('；')}`;
}

function decider(element: BpmnElement): string {
  if (element.$type !== 'bpmn:SequenceFlow') return label(element);
  const { sourceRef, targetRef } = element as {
    readonly sourceRef?: FlowNode;
    readonly targetRef?: FlowNode;
  };
  const to = element.name ? `“${element.name}”` : `到${targetRef ? label(targetRef) : '下一步'}`;
  return `${sourceRef ? label(sourceRef) : ''}的出口${to}`;
}

const fieldOf = ({ annotations }: Subject, name: string) =>
  annotations.elements.flatMap(({ form }) => form).find(({ key }) => key === name);

function titleOf(subject: Subject, name: string): string {
  const field = fieldOf(subject, name);
  if (field) return `栏目“${field.label || name}”（${name}）`;
  return `${name}（${variablesOf(subject).get(name)?.origins[0]?.says ?? ''}）`;
}

function valuesInWords(subject: Subject, along: Along, name: string, values: ReadonlySet<Json>): string {
  const kind = variablesOf(subject).get(name)?.type.kind;
  if (kind === 'number' || kind === 'date') {
    const cells = [...(along.any.get(name) ?? [])].filter(
      (value) => typeof value === 'string' || typeof value === 'number',
    );
    return [...rangesInWords(kind, cells, values), ...(values.has(null) ? ['没有填'] : [])].join('，或者');
  }
  const field = fieldOf(subject, name);
  const options = field ? optionsUnder(field, subject.context.law) : [];
  const words = [...values].map((value) => {
    if (value === null) return '没有填';
    if (typeof value === 'boolean') return value ? '“是”' : '“否”';
    const option = options.find((one) => one.value === value);
    return option ? `“${option.label || option.value}”（${option.value}）` : JSON.stringify(value);
  });
  return words.length > 4 ? `${words.slice(0, 4).join('、')} 等 ${words.length} 种` : words.join('、');
}

/** Rule 17: every variable that an expression reads is set somewhere on every path to it. */
import { isContainer, label, typed, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import { placesIn, type Place } from '../data/expressions.js';
import { isFeel } from '../data/is-feel.js';
import { keeperOf, scopesIn } from '../data/own.js';
import { typesAt, variablesOf, type Variable } from '../data/variables.js';
import { pathGraphOf } from '../flow/path-graph.js';
import { pathWithout } from '../flow/path-without.js';
import { inWords } from '../links.js';
import { proofOf } from '../proof.js';
import type { Rule, Say, Subject } from '../subject.js';

/** A name that the designer accepts and FEEL reads as one name. */
const isKey = (key: string): boolean => /^[a-z][A-Za-z0-9]*$/.test(key);

export const names: Rule = (subject, say) => {
  checkKeys(subject, say);
  checkOwn(subject, say);
  const variables = variablesOf(subject);
  for (const place of placesIn(subject)) {
    if (!isFeel(place.text)) continue;
    const found = typed(place.text, typesAt(subject, place.at, place.outside === true));
    for (const { what, message, fix, name = '' } of found.faults) {
      if (what !== 'name') continue;
      const [keeper] = variables.get(name)?.keepers ?? [];
      const said = keeper
        ? {
            message: `${place.what}：${name} 只在${label(keeper)}里面有，到这里没有了。`,
            fix: `让${label(keeper)}把它带出来（duty:output），或者把它用在里面。`,
          }
        : { message: `${place.what}：${message}。`, fix };
      say({ element: place.element, ...said });
    }
    for (const name of found.names) {
      const variable = variables.get(name);
      if (variable) checkSet(subject, place, variable, say);
    }
  }
};

/** A name must mean one variable wherever it is read. */
function checkOwn(subject: Subject, say: Say): void {
  const scopes = scopesIn(subject);
  if (scopes.length === 0) return;
  const variables = variablesOf(subject);
  for (const { node, scope } of scopes) {
    for (const { name } of scope.locals) {
      const around = keeperOf(scopes, node.$parent, name);
      const other = variables.get(name)?.origins.find(({ keeper }) => keeper === undefined);
      const whose = around ? `${label(around)}自己的变量` : other?.says;
      if (whose === undefined) continue;
      say({
        element: node,
        message: `${label(node)}自己的变量 ${name} 与外面的同名（${whose}）：看不出说的是哪一个。`,
        fix: '给里面的另起一个名字。',
      });
    }
  }
}

function checkKeys({ annotations }: Subject, say: Say): void {
  for (const { id, name, form } of annotations.elements) {
    const seen = new Set<string>();
    for (const { key, label: title } of form) {
      if (!isKey(key)) {
        say({
          element: id,
          message: `“${name}”的栏目“${title}”的变量名“${key}”不合规定。`,
          fix: '变量名以小写字母开头，只用字母和数字，例如 approvedBy。',
        });
      } else if (seen.has(key)) {
        say({
          element: id,
          message: `“${name}”有两个栏目的变量名都是 ${key}：后一个盖掉前一个。`,
          fix: '给其中一个另起变量名。',
        });
      }
      seen.add(key);
    }
  }
}

/**
 * Only variables that this process alone sets; those that other processes or the program set may
 * exist from the start.
 */
function checkSet(subject: Subject, place: Place, { name, origins }: Variable, say: Say): void {
  if (
    origins.some(
      ({ kind, process }) => ['given', 'repetition', 'local'].includes(kind) || process !== subject.key,
    )
  )
    return;
  const set = origins.filter(({ kind }) => kind !== 'unset');
  const setters = new Set(set.map(({ element }) => element));
  if (place.after && setters.has(place.at.id)) return;
  const isSetBefore = subject.elements.nodes.some(
    (node) => setters.has(node.id) && leadsTo(subject, node, place.at),
  );
  if (isSetBefore && isOnlyCompared(place.text, name)) return;
  const way = wayWithout(subject, place, (node) => setters.has(node.id));
  if (!way) return;
  say({
    element: place.element,
    message: `${place.what}用到 ${name}，${isSetBefore ? '有一条路' : '没有一条路'}到这里${isSetBefore ? '还没有填它' : '填过它'}：${inWords(way)}。${set[0] ? `它在${set[0].says}才有` : '没有哪一处填它'}。`,
    fix: `让每一条路都先经过填 ${name} 的环节，或者把条件移到那以后。`,
    proof: proofOf(way, {
      kind: 'reached',
      element: place.at.id ?? '',
      without: [...setters].flatMap((id) => id ?? []),
      deeds: [],
      since: [],
      given: {},
    }),
  });
}

/**
 * Whether the text only compares the name: `way = "keep"` is "no" without an answer, as it should
 * be, whereas `flag` alone and `count > 3` are null.
 */
function isOnlyCompared(text: string, name: string): boolean {
  const one = `(?<![\\w."])${name}(?![\\w."])`;
  const plain = text.trim().replace(/^=/, '');
  const uses = plain.match(new RegExp(one, 'g')) ?? [];
  const compared = plain.match(new RegExp(`${one}\\s*(?:!=|=|in\\b)|(?<![<>])=\\s*${one}`, 'g')) ?? [];
  return uses.length > 0 && uses.length === compared.length;
}

const reached = new WeakMap<FlowNode, ReadonlySet<BpmnElement> | 'all'>();

/** Variables set from outside the case's path may be set at any time. */
function leadsTo(subject: Subject, from: FlowNode, to: FlowNode): boolean {
  const behind = reached.get(from) ?? behindOf(subject, from);
  reached.set(from, behind);
  return behind === 'all' || behind.has(to);
}

function behindOf(subject: Subject, from: FlowNode): ReadonlySet<BpmnElement> | 'all' {
  const graph = pathGraphOf(subject);
  const { points, starts } = graph;
  const nodesFrom = (keys: readonly string[]): Set<BpmnElement> => {
    const seen = new Set(keys);
    const nodes = new Set<BpmnElement>();
    for (const key of seen) {
      const point = points.get(key);
      if (!point) continue;
      nodes.add(point.node);
      for (const { to } of point.steps) seen.add(to);
    }
    return nodes;
  };
  return nodesFrom(starts).has(from) ? nodesFrom(graph.after(from)) : 'all';
}

function wayWithout(
  subject: Subject,
  { at, after }: Place,
  sets: (node: BpmnElement) => boolean,
): readonly BpmnElement[] | undefined {
  const ways = pathGraphOf(subject);
  // Elements inside a container may set the variable.
  const inside = after && isContainer(at);
  const then = (node: BpmnElement, done: boolean): boolean => node === at && (done || !inside);
  return pathWithout(subject, ways, { from: ways.starts, first: sets, then });
}

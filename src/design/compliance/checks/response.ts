/** Rule 4: once a duty is opened, every path discharges it, interruptions included, unless it is waived or void. */
import { eventDefinitions, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import { voidingActs, type Act, type DutyRule, type Norm } from '../../../law/regulation/model/index.js';
import { actsInWords, alone, answersAgainst, answersOf, does, linkTo, modelsOf } from '../doing.js';
import type { Valuation } from '../flow/choices.js';
import { pathAvoiding } from '../flow/path-avoiding.js';
import { beginKey, pathGraphOf } from '../flow/path-graph.js';
import { wayTo } from '../flow/way-to.js';
import { inWords } from '../links.js';
import { proofOf } from '../proof.js';
import type { Rule, Say, Subject } from '../subject.js';

export const response: Rule = (subject, say) => {
  /** Duties that are discharged alike are reported once. */
  const told = new Set<string>();
  for (const norm of subject.context.norms) {
    const { duty: rule } = norm;
    if (!rule || isDischargedElsewhere(subject, rule)) continue;
    const alike = JSON.stringify(rule.discharged);
    if (!told.has(alike) && checkDuty(subject, norm, rule, say)) told.add(alike);
  }
};

/** Another process discharges the duty: that process is checked on its own, and rule 7 checks the message to it. */
const isDischargedElsewhere = (subject: Subject, { discharged }: DutyRule): boolean => {
  const done = (act: Act) => subject.elements.nodes.some((node) => does(subject, node, act, subject.context));
  return !discharged.flat().some(done);
};

/** @returns whether there is a path on which the duty is not discharged */
function checkDuty(subject: Subject, norm: Norm, rule: DutyRule, say: Say): boolean {
  for (const { node, from, given } of openingsOf(subject, rule)) {
    const missing = new Map<string, { readonly way: readonly BpmnElement[]; readonly acts: Act[] }>();
    for (const needed of combinations(rule.discharged)) {
      const [first] = needed;
      // The opening deed itself may discharge it, as in the interpreter.
      if (!first || needed.some((act) => does(subject, node, act, subject.context))) continue;
      if ([...missing.values()].some(({ acts }) => acts.some(({ deed }) => deed === first.deed))) continue;
      const enough = [...needed, ...voidingActs(rule, subject.context.vocabulary)];
      const doing = new Set<BpmnElement>(
        subject.elements.nodes.filter((one) =>
          enough.some((act) => does(subject, one, act, subject.context)),
        ),
      );
      const question = { given: new Map([...given, ...unlessWaived(subject, rule, needed)]) };
      const avoiding = (keys: readonly string[], hits: (one: BpmnElement) => boolean) =>
        pathAvoiding(subject, pathGraphOf(subject), { ...question, from: keys, hits });
      // What an element starts beside the path discharges it too, if no path there avoids it.
      const starting = new Set<BpmnElement>(
        startsBeside(subject).flatMap(({ thrower, start }) =>
          avoiding([beginKey(start)], (one) => doing.has(one)) === undefined ? [thrower] : [],
        ),
      );
      const way = avoiding(from, (one) => doing.has(one) || starting.has(one));
      if (way === undefined) continue;
      const words = inWords(way);
      missing.set(words, { way, acts: [...(missing.get(words)?.acts ?? []), first] });
    }
    for (const [words, { way, acts }] of missing) {
      say({
        element: node,
        article: norm.provisions[0] ?? '',
        message: `“${norm.says}”（${norm.id}）由“${node.name ?? ''}”引起以后，有一条路没有${actsInWords(subject, acts)}就结束了：${words}。`,
        fix: `让这条路也经过${rule.discharged.map((list) => actsInWords(subject, list)).join('或者')}的环节，或者由来电人的意愿、政策免去并有记载。`,
        proof: proofOf([...wayTo(subject, node), ...way], {
          kind: 'unanswered',
          norm: norm.id,
          deeds: acts.map(({ deed }) => deed),
        }),
      });
    }
    if (missing.size > 0) return true;
  }
  return false;
}

/** Signals thrown within a level that start an event sub-process of a level around it, and so always start it. */
const startsBeside = ({ elements }: Subject) =>
  elements.nodes.flatMap((thrower) => {
    const signal = eventDefinitions(thrower)[0]?.signalRef;
    if (thrower.$type !== 'bpmn:IntermediateThrowEvent' || signal === undefined) return [];
    return elements.nodes
      .filter(
        (start) =>
          start.$type === 'bpmn:StartEvent' &&
          start.isInterrupting === false &&
          eventDefinitions(start)[0]?.signalRef === signal &&
          isAround(start.$parent?.$parent, thrower),
      )
      .map((start) => ({ thrower, start }));
  });

function isAround(level: BpmnElement | undefined, node: FlowNode): boolean {
  for (let outer = node.$parent; outer !== undefined; outer = outer.$parent) {
    if (outer === level) return outer !== node.$parent;
  }
  return false;
}

interface Opening {
  readonly node: FlowNode;
  readonly from: readonly string[];
  readonly given: Valuation;
}

const openingsOf = (subject: Subject, { opens }: DutyRule): readonly Opening[] =>
  opens.flatMap((act) =>
    subject.elements.nodes.flatMap((node) => {
      const element = subject.annotations.element(node.id ?? '');
      const link = element && linkTo(element, act, alone(subject), subject.context);
      if (!link) return [];
      const from = link.on === 'begun' ? [beginKey(node)] : pathGraphOf(subject).after(node);
      return [{ node, from, given: answersOf(link, act) }];
    }),
  );

/** Combinations with one act of each list: on every path one act of each combination must be done. */
const combinations = (lists: readonly (readonly Act[])[]): readonly (readonly Act[])[] =>
  lists.reduce<readonly (readonly Act[])[]>(
    (made, list) => list.flatMap((act) => made.map((one) => [...one, act])),
    [[]],
  );

/** Considers only paths on which nothing waives any of the acts. */
const unlessWaived = (subject: Subject, { waived }: DutyRule, needed: readonly Act[]): Valuation =>
  new Map(
    waived
      .filter(({ deed }) => needed.some((act) => act.deed === deed))
      .flatMap(({ when }) => [...answersAgainst(modelsOf(subject), when)]),
  );

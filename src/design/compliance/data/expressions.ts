/** Every FEEL text of a process, with its place and the type of answer it must give. */
import {
  duty,
  eventDefinitions,
  label,
  scopeOf,
  type BpmnElement,
  type FlowNode,
  limitReference,
} from '../../../engine/model/index.js';
import type { ProcessModel } from '../subject.js';

export interface Place {
  /** The element to name in a finding. */
  readonly element: BpmnElement;
  /** Position of the token at evaluation. */
  readonly at: FlowNode;
  /** True if it is evaluated after the element's own form or handler has written. */
  readonly after: boolean;
  readonly text: string;
  /** `顺序流“要求不回复”的条件`, `“登记”的表单规则“…”`. */
  readonly what: string;
  /** True for a condition: any answer but true counts as false. */
  readonly judges: boolean;
  /**
   * True if it cannot see the element's own variables, because it is evaluated after the element or
   * before its begin.
   */
  readonly outside?: true;
  /** True for a form's rule, which other forms' answers may make always or never hold. */
  readonly rule?: true;
}

export function placesIn({ elements, annotations }: ProcessModel): readonly Place[] {
  const places: Place[] = [];
  const put = (text: string | null | undefined, place: Omit<Place, 'text'>): void => {
    if (text?.trim()) places.push({ ...place, text });
  };
  for (const flow of elements.flows) {
    const { sourceRef, targetRef, name } = flow;
    if (!sourceRef) continue;
    const to = name ? `“${name}”` : `到${targetRef ? label(targetRef) : '下一步'}`;
    const what = `顺序流${to}的条件`;
    const leaving = { element: flow, at: sourceRef, after: true, what, judges: true } as const;
    put(flow.conditionExpression?.body, { ...leaving, outside: true });
  }
  for (const node of elements.nodes) {
    const of = { element: node, at: node } as const;
    const element = annotations.element(node.id ?? '');
    for (const { holds, says } of element?.rules ?? []) {
      put(holds, { ...of, after: true, what: `${label(node)}的表单规则“${says}”`, judges: true, rule: true });
    }
    for (const { name, on, when, facts } of element?.deeds ?? []) {
      const after = on === 'done';
      put(when, { ...of, after, what: `${label(node)}的行为 ${name} 的条件`, judges: true });
      for (const fact of facts) {
        put(fact.value, {
          ...of,
          after,
          what: `${label(node)}的行为 ${name} 的事实 ${fact.name}`,
          judges: false,
        });
      }
    }
    for (const event of eventDefinitions(node)) {
      put(event.condition?.body, { ...of, after: false, what: `${label(node)}的条件`, judges: true });
      for (const timer of [event.timeDate, event.timeDuration, event.timeCycle]) {
        const body = timer?.body?.trim();
        if (body?.startsWith('=') && !limitReference(body))
          put(body, { ...of, after: false, what: `${label(node)}的时间`, judges: false });
      }
    }
    const scope = scopeOf(node);
    for (const { name, value } of scope?.locals ?? []) {
      const what = `${label(node)}带进去的 ${name}`;
      put(value, { ...of, after: false, what, judges: false, outside: true });
    }
    for (const { name, value } of scope?.outputs ?? []) {
      put(value ?? name, { ...of, after: true, what: `${label(node)}带出来的 ${name}`, judges: false });
    }
    const loop = node.loopCharacteristics;
    if (!loop) continue;
    const repeats = { ...of, what: `${label(node)}的重复` };
    put(duty(loop, 'collection'), { ...repeats, after: false, judges: false, outside: true });
    put(loop.loopCardinality?.body, { ...repeats, after: false, judges: false, outside: true });
    put(loop.completionCondition?.body, { ...repeats, after: true, judges: true });
    put(loop.loopCondition?.body, { ...repeats, after: true, judges: true });
  }
  return places;
}

/** Where variables are set, and which activities keep those of their own (`duty:scope`). */
import {
  scopeOf,
  type BpmnElement,
  type FlowNode,
  type ScopeOfActivity,
  type ValueType,
} from '../../../engine/model/index.js';
import type { ProcessModel } from '../subject.js';

/** Where a variable is set. */
export interface Origin {
  /** `local`: of an activity, from its beginning; `unset`: the same, with nothing in it yet; `output`: handed out by one. */
  readonly kind: 'form' | 'handler' | 'message' | 'given' | 'repetition' | 'local' | 'unset' | 'output';
  /** In words: “登记”的栏目“渠道”, 处理程序 assignUnit, 受理登记. */
  readonly says: string;
  readonly process?: string;
  readonly element?: string;
  readonly type: ValueType;
  /** The activity that keeps it; without one it is the case's. */
  readonly keeper?: BpmnElement;
  /** The variable whose value it is. */
  readonly copies?: string;
}

export interface OwnScope {
  readonly node: FlowNode;
  readonly scope: ScopeOfActivity;
}

const kept = new WeakMap<BpmnElement, readonly OwnScope[]>();

export function scopesIn({
  process,
  elements,
}: Pick<ProcessModel, 'process' | 'elements'>): readonly OwnScope[] {
  const known = kept.get(process);
  if (known) return known;
  const scopes = elements.nodes.flatMap((node): OwnScope[] => {
    const scope = scopeOf(node);
    return scope ? [{ node, scope }] : [];
  });
  kept.set(process, scopes);
  return scopes;
}

/** The activity that keeps what is set under this name at the element; undefined: the case. */
export function keeperOf(
  scopes: readonly OwnScope[],
  from: BpmnElement | undefined,
  name: string,
): BpmnElement | undefined {
  if (scopes.length === 0) return undefined;
  for (let at = from; at; at = at.$parent) {
    const own = scopes.find(({ node }) => node === at);
    if (own && (own.scope.closed || own.scope.locals.some((local) => local.name === name))) return at;
  }
  return undefined;
}

/** @param outside of the element itself: after it, or before it has begun */
export function isWithin(at: BpmnElement, keepers: readonly BpmnElement[], outside: boolean): boolean {
  for (let level = outside ? at.$parent : at; level; level = level.$parent) {
    if (keepers.includes(level)) return true;
  }
  return false;
}

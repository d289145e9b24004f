/** Where variables are set, and which activities have variables of their own (`duty:scope`). */
import {
  scopeOf,
  type BpmnElement,
  type FlowNode,
  type ScopeOfActivity,
  type ValueType,
} from '../../../engine/model/index.js';
import type { ProcessModel } from '../subject.js';

/** A place where a variable is set. */
export interface Origin {
  /**
   * `local`: an activity's own variable, from its beginning; `unset`: the same, still empty;
   * `output`: handed out by an activity.
   */
  readonly kind: 'form' | 'handler' | 'message' | 'given' | 'repetition' | 'local' | 'unset' | 'output';
  /** The place in words: “登记”的栏目“渠道”, 处理程序 assignUnit, 受理登记. */
  readonly says: string;
  readonly process?: string;
  readonly element?: string;
  readonly type: ValueType;
  /** The activity that owns the variable; undefined if the case does. */
  readonly keeper?: BpmnElement;
  /** The variable that it is a copy of. */
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

/** The activity that owns a variable set under this name at the element; undefined if the case does. */
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

/** @param outside sees the element from outside: after it, or before its begin */
export function isWithin(at: BpmnElement, keepers: readonly BpmnElement[], outside: boolean): boolean {
  for (let level = outside ? at.$parent : at; level; level = level.$parent) {
    if (keepers.includes(level)) return true;
  }
  return false;
}

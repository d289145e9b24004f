/** Joins, and the event-based gateway. */
import { nodeAt, nodeOf, type Instance, type Scope, type Token } from './instance.js';
import { leave } from './flows.js';
import type { Node } from './program.js';
import { arm, ownerOf } from './timers.js';
import { remove, rest, report } from './tokens.js';

export function enterGateway(instance: Instance, token: Token): void {
  report(instance, 'entered', token);
  const node = nodeOf(token);
  const joins = node.role !== 'exclusive' && node.incoming.length > 1;
  if (node.role === 'event-gateway') return offer(instance, token, node);
  if (!joins) return leave(instance, token);
  rest(instance, token);
  if (node.role === 'parallel') joinParallel(instance, token.scope, node);
}

/** The events behind an event-based gateway, each with its flow. */
export function offeredBy(token: Token): readonly { readonly node: Node; readonly flow: number }[] {
  return nodeOf(token).outgoing.map((flow) => ({
    flow,
    node: nodeAt(token.scope, token.scope.program.flows[flow]?.target ?? -1),
  }));
}

function offer(instance: Instance, token: Token, gateway: Node): void {
  if (gateway.outgoing.length === 0) return leave(instance, token);
  rest(instance, token);
  for (const { node } of offeredBy(token)) {
    arm(instance, ownerOf(token), node);
    instance.events.push({ kind: 'waiting', element: node.id, token: String(token.id) });
  }
}

/** One token per incoming flow; a second one on the same flow does not replace a missing one. */
function joinParallel(instance: Instance, scope: Scope, gateway: Node): void {
  const held = oldestByFlow(scope, gateway);
  if (held.size === gateway.incoming.length) merge(instance, [...held.values()]);
}

/**
 * Fires one inclusive join that has nothing left to wait for, once all other tokens wait. BPMN 2.0.2, 13.4.3: it waits
 * while some token can reach one of its empty flows but none of those that hold a token.
 */
export function settleInclusive(instance: Instance): boolean {
  for (const scope of instance.scopes) {
    for (const token of scope.tokens) {
      const gateway = nodeOf(token);
      if (gateway.role !== 'inclusive' || !token.resting) continue;
      const held = oldestByFlow(scope, gateway);
      if (isAwaited(scope, gateway, held)) continue;
      merge(instance, [...held.values()]);
      return true;
    }
  }
  return false;
}

function isAwaited(scope: Scope, gateway: Node, held: ReadonlyMap<number, Token>): boolean {
  if (held.size === gateway.incoming.length) return false;
  for (const token of scope.tokens) {
    if (token.node === gateway.index) continue;
    let reachesEmpty = false;
    let reachesHeld = false;
    gateway.incoming.forEach((flow, position) => {
      if (gateway.upstream[position]?.[token.node] !== 1) return;
      if (held.has(flow)) reachesHeld = true;
      else reachesEmpty = true;
    });
    if (reachesEmpty && !reachesHeld) return true;
  }
  return false;
}

function oldestByFlow(scope: Scope, gateway: Node): Map<number, Token> {
  const held = new Map<number, Token>();
  for (const token of scope.tokens) {
    if (token.node !== gateway.index || !token.resting) continue;
    const known = held.get(token.flow);
    if (!known || token.since < known.since) held.set(token.flow, token);
  }
  return held;
}

function merge(instance: Instance, tokens: readonly Token[]): void {
  const [first, ...others] = [...tokens].sort((one, other) => one.since - other.since);
  for (const token of others) {
    report(instance, 'left', token);
    remove(instance, token);
  }
  if (first) leave(instance, first);
}

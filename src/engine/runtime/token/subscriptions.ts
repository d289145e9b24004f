/** Subscriptions: catching events, receive tasks, boundary events and event sub-processes. */
import { finishActivity } from './activities.js';
import { leave } from './flows.js';
import { offeredBy } from './gateways.js';
import { isRepetition, nodeAt, nodeOf, type Instance, type Scope, type Token } from './instance.js';
import { openOwn } from './own-variables.js';
import type { Node, Trigger } from './program.js';
import { openBody } from './scopes.js';
import { cancelToken, createToken, rest, send, report, withdraw } from './tokens.js';

export type Subscriber =
  /** The token waits at the event itself, or at a receive task. */
  | { readonly kind: 'catch'; readonly token: Token; readonly node: Node }
  | { readonly kind: 'offer'; readonly token: Token; readonly node: Node; readonly flow: number }
  | { readonly kind: 'boundary'; readonly token: Token; readonly node: Node }
  /** `node` is the event sub-process's start event. */
  | { readonly kind: 'open'; readonly scope: Scope; readonly owner: Node; readonly node: Node };

/** All subscriptions of the instance to this kind of trigger, oldest first. */
export function subscribers(
  instance: Instance,
  wanted: (trigger: Trigger) => boolean,
): readonly Subscriber[] {
  const found: Subscriber[] = [];
  for (const scope of instance.scopes) {
    found.push(...openers(scope, wanted));
    for (const token of scope.tokens) {
      if (token.resting) found.push(...subscriptionsOf(token, wanted));
    }
  }
  return found.sort((one, other) => ageOf(one) - ageOf(other));
}

function ageOf(subscriber: Subscriber): number {
  return subscriber.kind === 'open' ? subscriber.scope.id : subscriber.token.since;
}

function subscriptionsOf(token: Token, wanted: (trigger: Trigger) => boolean): readonly Subscriber[] {
  const node = nodeOf(token);
  if (node.role === 'event-gateway') {
    return offeredBy(token)
      .filter((offer) => wanted(offer.node.trigger))
      .map((offer): Subscriber => ({ kind: 'offer', token, ...offer }));
  }
  const found: Subscriber[] = boundariesOf(token)
    .filter((boundary) => wanted(boundary.trigger))
    .map((boundary) => ({ kind: 'boundary', token, node: boundary }));
  const itself = (node.role === 'catch' || node.role === 'task') && token.child === null;
  if (itself && wanted(node.trigger)) found.push({ kind: 'catch', token, node });
  return found;
}

/** Boundary events belong to the activity as a whole, not to each of its repetitions. */
export function boundariesOf(token: Token): readonly Node[] {
  if (isRepetition(token)) return [];
  return nodeOf(token).boundaries.map((index) => nodeAt(token.scope, index));
}

export function openers(scope: Scope, wanted: (trigger: Trigger) => boolean): readonly Subscriber[] {
  if (scope.closed || scope.over) return [];
  return (scope.body?.eventSubProcesses ?? []).flatMap((index): readonly Subscriber[] => {
    const owner = nodeAt(scope, index);
    const node = nodeAt(scope, owner.opener);
    return wanted(node.trigger) ? [{ kind: 'open', scope, owner, node }] : [];
  });
}

/** False if the same step has withdrawn it. */
export function isAlive(subscriber: Subscriber): boolean {
  if (subscriber.kind === 'open') return !subscriber.scope.closed && !subscriber.scope.over;
  return !subscriber.token.gone && subscriber.token.resting;
}

/** The awaited trigger has occurred. */
export function fire(instance: Instance, subscriber: Subscriber): void {
  switch (subscriber.kind) {
    case 'catch':
      return goOn(instance, subscriber.token);
    case 'offer': {
      const { token, node, flow } = subscriber;
      withdraw(instance, token.id);
      report(instance, 'left', token);
      instance.events.push({ kind: 'taken', flow: token.scope.program.flows[flow]?.id ?? '' });
      token.node = node.index;
      token.flow = flow;
      report(instance, 'entered', token);
      return goOn(instance, token);
    }
    case 'boundary': {
      const { token, node } = subscriber;
      const added = createToken(instance, token.scope, node.index);
      if (node.interrupting) cancelToken(instance, token);
      return send(instance, added, node.index);
    }
    case 'open':
      return openEventSubProcess(instance, subscriber);
  }
}

function goOn(instance: Instance, token: Token): void {
  token.resting = false;
  if (nodeOf(token).activity) return finishActivity(instance, token);
  withdraw(instance, token.id);
  leave(instance, token);
}

function openEventSubProcess(
  instance: Instance,
  { scope, owner, node }: Subscriber & { kind: 'open' },
): void {
  if (node.interrupting) {
    scope.closed = true;
    withdraw(instance, scope.id);
  }
  const others = [...scope.tokens];
  const token = createToken(instance, scope, owner.index);
  if (node.interrupting) for (const other of others) cancelToken(instance, other);
  report(instance, 'entered', token);
  rest(instance, token);
  openOwn(instance, token);
  openBody(instance, token);
}

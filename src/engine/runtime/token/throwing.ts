/** Signals reach all subscribers; errors and escalations propagate outwards until caught. */
import { nodeOf, isRepetition, type Instance, type Scope, type Token } from './instance.js';
import type { Trigger } from './program.js';
import { boundariesOf, fire, isAlive, openers, subscribers, type Subscriber } from './subscriptions.js';
import { cancelScope } from './tokens.js';

export function throwSignal(instance: Instance, name: string, element: string): void {
  const listeners = subscribers(instance, (trigger) => trigger.kind === 'signal' && trigger.name === name);
  instance.events.push({ kind: 'thrown', what: 'signal', name, element, caught: listeners.length > 0 });
  broadcast(instance, listeners);
}

export function broadcast(instance: Instance, listeners: readonly Subscriber[]): void {
  for (const listener of listeners) if (isAlive(listener)) fire(instance, listener);
}

/**
 * Throws an error or escalation from an activity (`token`) or from an event in a scope. Returns whether it was caught;
 * an uncaught error ends the instance.
 */
export function raise(
  instance: Instance,
  what: 'error' | 'escalation',
  code: string,
  from: { readonly element: string; readonly token: Token | null; readonly scope: Scope },
): boolean {
  const catcher = catcherOf(what, code, from);
  const caught = catcher !== null;
  instance.events.push({ kind: 'thrown', what, name: code, element: from.element, caught });
  if (catcher) fire(instance, catcher);
  else if (what === 'error') {
    cancelScope(instance, instance.root);
    instance.ended = true;
    instance.events.push({ kind: 'ended', how: 'error', element: from.element });
  }
  return caught;
}

function catcherOf(
  what: 'error' | 'escalation',
  code: string,
  from: { readonly token: Token | null; readonly scope: Scope },
): Subscriber | null {
  let { token } = from;
  let scope: Scope = from.scope;
  for (;;) {
    if (token) {
      // A repetition has no boundary events of its own: the loop's host has them.
      while (token.scope.host && isRepetition(token)) token = token.scope.host;
      const host = token;
      const boundary = bestOf(what, code, (wanted) =>
        boundariesOf(host)
          .filter((node) => wanted(node.trigger))
          .map((node): Subscriber => ({ kind: 'boundary', token: host, node })),
      );
      if (boundary) return boundary;
      scope = host.scope;
    }
    const passed = token;
    const level = scope;
    const inside = bestOf(what, code, (wanted) =>
      // A throw from an event sub-process cannot start that same one again.
      openers(level, wanted).filter(
        (opener) => !(passed && opener.kind === 'open' && opener.owner.index === passed.node),
      ),
    );
    if (inside) return inside;
    if (!scope.host) return null;
    token = scope.host;
  }
}

/** A handler of the specific code precedes one of any code. */
function bestOf(
  what: 'error' | 'escalation',
  code: string,
  find: (wanted: (trigger: Trigger) => boolean) => readonly Subscriber[],
): Subscriber | null {
  const named = find((trigger) => trigger.kind === what && trigger.code === code);
  const any = find((trigger) => trigger.kind === what && trigger.code === null);
  return named[0] ?? any[0] ?? null;
}

/** Origin of a throw by an event: its scope, without an activity. */
export function placeOf(token: Token) {
  return { element: nodeOf(token).id, token: null, scope: token.scope };
}

/** Creates, moves and ends tokens, with everything that belongs to them. */
import { ownLocalsOf } from './environment.js';
import { isRepetition, newToken, nodeOf, type Instance, type Scope, type Token } from './instance.js';

export function createToken(
  instance: Instance,
  scope: Scope,
  node: number,
  parts: { readonly item?: number; readonly undoes?: Token } = {},
): Token {
  return newToken({ id: instance.nextId++, scope, node, ...parts });
}

/** Queues the token's arrival at a node. */
export function send(instance: Instance, token: Token, node: number, flow = -1): void {
  token.node = node;
  token.flow = flow;
  token.resting = false;
  instance.moves.push({ kind: 'enter', token });
}

export function rest(instance: Instance, token: Token): void {
  token.resting = true;
  token.since = instance.nextId++;
}

export function report(instance: Instance, kind: 'entered' | 'left' | 'cancelled', token: Token): void {
  token.arrived = kind === 'entered';
  const locals = kind === 'cancelled' ? undefined : ownLocalsOf(token);
  const place = { element: nodeOf(token).id, token: String(token.id) };
  instance.events.push({ kind, ...place, ...(locals ? { locals } : {}) });
}

/** Removes the token; its scope ends if it was the last. */
export function remove(instance: Instance, token: Token): void {
  token.gone = true;
  token.scope.tokens.delete(token);
  if (token.scope.tokens.size === 0) instance.moves.push({ kind: 'close', scope: token.scope });
}

/** Ends whatever belongs to a token or scope: timers, conditions. */
export function withdraw(instance: Instance, owner: number): void {
  for (const timer of instance.timers.values()) {
    if (timer.owner !== owner) continue;
    instance.timers.delete(timer.id);
    const id = String(timer.id);
    const known = instance.armed.length;
    // A timer armed in this same step was never visible outside.
    instance.armed = instance.armed.filter((arm) => arm.timer !== id);
    if (instance.armed.length === known) instance.disarmed.push(id);
  }
  for (const truth of instance.truths) {
    if (truth.startsWith(`${owner}:`)) instance.truths.delete(truth);
  }
}

/** Withdraws a token and everything that runs inside its activity. */
export function cancelToken(instance: Instance, token: Token): void {
  if (token.child) cancelScope(instance, token.child);
  withdraw(instance, token.id);
  if (token.arrived) report(instance, 'cancelled', token);
  // The throwing event of a compensation continues with the next activity.
  if (token.undoes && !isRepetition(token)) instance.moves.push({ kind: 'undo', token: token.undoes });
  remove(instance, token);
}

/** Withdraws everything in a scope, which then ends without having completed. */
export function cancelScope(instance: Instance, scope: Scope): void {
  scope.over = true;
  clearScope(instance, scope);
  withdraw(instance, scope.id);
  instance.scopes.delete(scope);
  if (scope.host) scope.host.child = null;
}

/** Withdraws all tokens of a scope that continues. */
export function clearScope(instance: Instance, scope: Scope): void {
  for (const token of [...scope.tokens]) cancelToken(instance, token);
}

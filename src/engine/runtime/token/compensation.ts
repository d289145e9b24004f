/** Compensates completed activities by their associated compensation activities, in reverse order of completion. */
import { nodeAt, nodeOf, type Instance, type LogEntry, type Scope, type Token } from './instance.js';
import { createToken, send } from './tokens.js';

/**
 * Compensates one activity (`target`, a node) or everything completed in the scope of the throwing event, whose token
 * waits until that is done. Inside an event sub-process, the enclosing scope is compensated, too.
 */
export function throwCompensation(instance: Instance, token: Token, target: number): void {
  const taken = target < 0 ? takeAll(token.scope) : takeOf(token.scope, target);
  const pending = taken.flatMap(({ scope, entry }) => compensatorsFor(scope, entry));
  const name = target < 0 ? '' : nodeAt(token.scope, target).id;
  instance.events.push({
    kind: 'thrown',
    what: 'compensation',
    name,
    element: nodeOf(token).id,
    caught: pending.length > 0,
  });
  token.pending = pending;
  token.resting = true;
  instance.moves.push({ kind: 'undo', token });
}

/** Runs the next compensation activity. Returns true if none is left. */
export function compensateNext(instance: Instance, token: Token): boolean {
  const [next, ...pending] = token.pending ?? [];
  token.pending = next === undefined ? null : pending;
  if (next === undefined) return true;
  send(instance, createToken(instance, token.scope, next, { undoes: token }), next);
  return false;
}

interface Taken {
  readonly scope: Scope;
  readonly entry: LogEntry;
}

function takeAll(scope: Scope): readonly Taken[] {
  const taken: Taken[] = [];
  for (let at: Scope | null = scope; at; at = outside(at)) {
    const level: Scope = at;
    taken.push(...level.log.reverse().map((entry) => ({ scope: level, entry })));
    level.log = [];
    if (!isEventSubProcess(level)) break;
  }
  return taken;
}

/** The nearest enclosing scope in which the activity was completed. */
function takeOf(scope: Scope, target: number): readonly Taken[] {
  for (let at: Scope | null = scope; at; at = outside(at)) {
    const level: Scope = at;
    const found = level.log.filter((entry) => activityOf(entry) === target);
    if (found.length === 0) continue;
    level.log = level.log.filter((entry) => activityOf(entry) !== target);
    return found.reverse().map((entry) => ({ scope: level, entry }));
  }
  return [];
}

function outside(scope: Scope): Scope | null {
  const outer = scope.host?.scope ?? null;
  return outer?.program === scope.program ? outer : null;
}

function isEventSubProcess(scope: Scope): boolean {
  return scope.host !== null && nodeOf(scope.host).role === 'event-sub-process';
}

function activityOf(entry: LogEntry): number {
  return typeof entry === 'number' ? entry : entry[0];
}

/** A sub-process with a compensation activity is compensated by it, otherwise by those of its completed activities. */
function compensatorsFor(scope: Scope, entry: LogEntry): readonly number[] {
  const { compensator } = nodeAt(scope, activityOf(entry));
  if (compensator >= 0) return [compensator];
  if (typeof entry === 'number') return [];
  return [...entry[1]].reverse().flatMap((inner) => compensatorsFor(scope, inner));
}

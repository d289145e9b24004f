import { feel } from '../../model/feel.js';
import { repetitions, timerSpec } from '../../model/timer-spec.js';
import { environmentOf } from './environment.js';
import { nodeAt, type Instance, type Scope, type Timer, type Token } from './instance.js';
import type { Node } from './program.js';
import type { TimerSpec } from '../../../kernel/timer-spec.js';

/** Owner of a timer: a token or, for the start of an event sub-process, a scope. */
export interface Owner {
  readonly id: number;
  readonly scope: Scope;
  /** The token whose local names its expressions see. */
  readonly token: Token | null;
}

export function ownerOf(token: Token): Owner {
  return { id: token.id, scope: token.scope, token };
}

export function scopeOwner(scope: Scope): Owner {
  return { id: scope.id, scope, token: scope.host };
}

/** Arms the event's timer, if it has one. */
export function arm(instance: Instance, owner: Owner, node: Node): void {
  const spec = specOf(instance, owner, node);
  if (spec) armWith(instance, owner, node, spec, 0);
}

/** After a non-interrupting timer has fired: a cycle runs until its repetitions are exhausted. */
export function rearm(instance: Instance, owner: Owner, timer: Timer): void {
  const node = nodeAt(owner.scope, timer.node);
  const spec = specOf(instance, owner, node);
  const fired = timer.fired + 1;
  if (spec?.kind === 'cycle' && fired < repetitions(spec)) armWith(instance, owner, node, spec, fired);
}

/** Announces an armed timer's length again, so that its instant can be recomputed. */
export function reportArmed(instance: Instance, owner: Owner, { id, node: index, fired }: Timer): void {
  const node = nodeAt(owner.scope, index);
  const spec = specOf(instance, owner, node);
  if (spec) report(instance, owner, node, { id, spec, fired });
}

function armWith(instance: Instance, owner: Owner, node: Node, spec: TimerSpec, fired: number): void {
  const { program } = owner.scope;
  const id = instance.nextId++;
  instance.timers.set(id, { id, node: node.index, owner: owner.id, program, fired });
  report(instance, owner, node, { id, spec, fired });
}

function report(
  instance: Instance,
  owner: Owner,
  node: Node,
  { id, spec, fired }: { readonly id: number; readonly spec: TimerSpec; readonly fired: number },
): void {
  const host = node.host >= 0 ? nodeAt(owner.scope, node.host).id : undefined;
  instance.armed.push({
    timer: String(id),
    element: node.id,
    ...(host === undefined ? {} : { host }),
    spec,
    fired,
  });
}

function specOf(instance: Instance, { scope, token }: Owner, node: Node): TimerSpec | null {
  const { trigger } = node;
  if (trigger.kind !== 'timer') return null;
  return timerSpec({
    event: node.id,
    timer: trigger.definition,
    timerOn: (event) => {
      const other = scope.program.nodes[scope.program.byId.get(event) ?? -1]?.trigger;
      return other?.kind === 'timer' ? other.definition : undefined;
    },
    evaluate: (text) => feel(text, node.id).value(environmentOf(instance, token), instance.now),
  });
}

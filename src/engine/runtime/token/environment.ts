/**
 * Names visible to an expression: the variables of the case, those of the activities around it, and the local names of
 * repetitions; the innermost counts.
 */
import type { Json, JsonObject } from '../../../kernel/json.js';
import type { Variables } from '../interface.js';
import { isRepetition, nodeOf, type Instance, type Repetition, type Token } from './instance.js';

/** Variables of every enclosing activity, `loopCounter` and the item of every enclosing repetition; undefined if there is none. */
export function localsOf(token: Token): Variables | undefined {
  let locals: { [name: string]: Json } | undefined;
  for (let at: Token | null = token; at; at = at.scope.host) {
    if (isRepetition(at)) locals = { ...ownLocals(at), ...at.locals, ...locals };
    else if (at.locals) locals = { ...at.locals, ...locals };
  }
  return locals;
}

/** The same, but only if an enclosing activity has variables of its own. */
export function ownLocalsOf(token: Token): Variables | undefined {
  return token.locals || token.scope.isOwned ? localsOf(token) : undefined;
}

/** The names a condition at `token` is evaluated with. */
export function environmentOf(instance: Instance, token: Token | null): Variables {
  let environment: JsonObject | undefined;
  for (let at = token; at; at = at.scope.host) {
    const { loop } = at.scope;
    if (loop) environment = { ...ownLocals(at), ...countsOf(loop), ...at.locals, ...environment };
    else if (at.locals) environment = { ...at.locals, ...environment };
  }
  return environment === undefined ? instance.variables : { ...instance.variables, ...environment };
}

function ownLocals(token: Token): { [name: string]: Json } {
  const { loop: repeated } = nodeOf(token);
  const items = token.scope.loop?.items;
  const name = repeated?.kind === 'instances' ? repeated.item : null;
  return {
    loopCounter: token.item + 1,
    ...(items && name !== null ? { [name]: items[token.item] ?? null } : {}),
  };
}

/** BPMN 2.0.2, table 10.31, and the names used by other engines. */
export function countsOf(loop: Repetition): { [name: string]: Json } {
  const active = loop.started - loop.completed;
  return {
    numberOfInstances: loop.total,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: loop.completed,
    // Instances are only terminated all at once, which ends the activity.
    numberOfTerminatedInstances: 0,
    nrOfInstances: loop.total,
    nrOfActiveInstances: active,
    nrOfCompletedInstances: loop.completed,
  };
}

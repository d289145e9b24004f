/** Tasks, sub-processes and calls: entering, waiting, completing. */
import { beginLoop, countRepetition } from './loops.js';
import { leave } from './flows.js';
import { isRepetition, nodeAt, nodeOf, type Instance, type Token } from './instance.js';
import { localsOf } from './environment.js';
import { handOut, openOwn } from './own-variables.js';
import { openBody } from './scopes.js';
import { arm, ownerOf } from './timers.js';
import { remove, rest, report, withdraw } from './tokens.js';

/** A token enters an activity: either the whole of it or, inside a loop scope, one repetition. */
export function enterActivity(instance: Instance, token: Token): void {
  const node = nodeOf(token);
  report(instance, 'entered', token);
  if (!isRepetition(token)) {
    // Hosting an activity counts as waiting, so that boundary events are served in order of age.
    rest(instance, token);
    for (const boundary of node.boundaries) arm(instance, ownerOf(token), nodeAt(token.scope, boundary));
    if (node.loop) return beginLoop(instance, token);
  }
  perform(instance, token);
}

function perform(instance: Instance, token: Token): void {
  const node = nodeOf(token);
  openOwn(instance, token);
  switch (node.role) {
    case 'pass':
      instance.moves.push({ kind: 'finish', token });
      return;
    case 'task':
    case 'call-handler': {
      if (!token.resting) rest(instance, token);
      const locals = localsOf(token);
      const place = { element: node.id, token: String(token.id), ...(locals ? { locals } : {}) };
      instance.events.push({ kind: 'waiting', ...place });
      if (node.role === 'call-handler') {
        const call = {
          ...place,
          ...(node.handler === null ? {} : { handler: node.handler }),
          ...(node.decision === null ? {} : { decision: node.decision }),
        };
        instance.calls.push({ call, token });
      }
      return;
    }
    default:
      if (!token.resting) rest(instance, token);
      openBody(instance, token);
  }
}

/** The token's activity is completed. */
export function finishActivity(instance: Instance, token: Token): void {
  token.resting = false;
  handOut(instance, token);
  if (!isRepetition(token)) return completeActivity(instance, token);
  report(instance, 'left', token);
  const host = countRepetition(instance, token);
  if (host) instance.moves.push({ kind: 'finish', token: host });
}

function completeActivity(instance: Instance, token: Token): void {
  const node = nodeOf(token);
  withdraw(instance, token.id);
  if (token.undoes) {
    report(instance, 'left', token);
    instance.moves.push({ kind: 'undo', token: token.undoes });
    return remove(instance, token);
  }
  if (token.inherited.length > 0) token.scope.log.push([node.index, token.inherited]);
  else if (node.compensator >= 0) token.scope.log.push(node.index);
  token.inherited = [];
  leave(instance, token);
}

/** Moves tokens until all of them wait. */
import { Refusal } from '../../../kernel/refusal.js';
import type { Rounds } from '../rounds.js';
import { enterActivity, finishActivity } from './activities.js';
import { throwCompensation, compensateNext } from './compensation.js';
import { settleConditions } from './conditions.js';
import { leave } from './flows.js';
import { enterGateway, settleInclusive } from './gateways.js';
import { nodeOf, type Instance, type Move, type Token } from './instance.js';
import { handOut } from './own-variables.js';
import { close } from './scopes.js';
import { placeOf, raise, throwSignal } from './throwing.js';
import { arm, ownerOf } from './timers.js';
import { clearScope, remove, rest, send, report, withdraw } from './tokens.js';

/**
 * A process of some hundred nodes needs a few dozen moves per step; 5,000 repetitions (`loops`)
 * need some for each. Cycles in the drawing are stopped long before (`rounds`); this limit stops
 * processes that call themselves and the like.
 */
const mostMoves = 100_000;

/** @throws {Refusal} `flow.endless`, `flow.no-way-out`, `expression.invalid`, `timer.invalid` */
export function advance(instance: Instance, rounds: Rounds): void {
  let done = 0;
  let noted = 0;
  const { events } = instance;
  do {
    for (; done < instance.moves.length && !instance.ended; done += 1) {
      const move = instance.moves[done];
      if (move) perform(instance, move);
      for (; noted < events.length; noted += 1) {
        const event = events[noted];
        if (event) rounds.note(event);
      }
      if (done >= mostMoves) throw endless(instance, move);
    }
  } while (!instance.ended && (settleInclusive(instance) || settleConditions(instance)));
}

function perform(instance: Instance, move: Move): void {
  if (move.kind === 'close') return close(instance, move.scope);
  const { token } = move;
  if (token.gone) return;
  switch (move.kind) {
    case 'enter':
      return enter(instance, token);
    case 'finish':
      if (nodeOf(token).role === 'event-sub-process') return closeEventSubProcess(instance, token);
      return finishActivity(instance, token);
    case 'undo':
      if (compensateNext(instance, token)) pass(instance, token);
  }
}

function enter(instance: Instance, token: Token): void {
  const { role, activity } = nodeOf(token);
  if (activity) return enterActivity(instance, token);
  switch (role) {
    case 'exclusive':
    case 'parallel':
    case 'inclusive':
    case 'event-gateway':
      return enterGateway(instance, token);
    case 'catch':
      return enterCatch(instance, token);
    case 'throw':
    case 'end':
      return enterThrow(instance, token);
    default:
      report(instance, 'entered', token);
      return leave(instance, token);
  }
}

function enterCatch(instance: Instance, token: Token): void {
  const node = nodeOf(token);
  report(instance, 'entered', token);
  if (node.trigger.kind === 'link') return leave(instance, token);
  rest(instance, token);
  arm(instance, ownerOf(token), node);
  instance.events.push({ kind: 'waiting', element: node.id, token: String(token.id) });
}

function enterThrow(instance: Instance, token: Token): void {
  const { id: element, trigger } = nodeOf(token);
  report(instance, 'entered', token);
  switch (trigger.kind) {
    case 'message':
      instance.events.push({ kind: 'thrown', what: 'message', name: trigger.name, element, caught: false });
      return pass(instance, token);
    case 'signal':
      throwSignal(instance, trigger.name, element);
      return pass(instance, token);
    case 'escalation':
      raise(instance, 'escalation', trigger.code ?? '', placeOf(token));
      return pass(instance, token);
    case 'error': {
      const place = placeOf(token);
      pass(instance, token);
      raise(instance, 'error', trigger.code ?? '', place);
      return;
    }
    case 'compensation':
      return throwCompensation(instance, token, trigger.activity);
    case 'terminate':
      return terminate(instance, token);
    case 'link':
      report(instance, 'left', token);
      return send(instance, token, trigger.target);
    default:
      return pass(instance, token);
  }
}

/**
 * Continues after a throw event; an end event has no continuation. The event's own throw may have
 * withdrawn the token.
 */
function pass(instance: Instance, token: Token): void {
  if (token.gone || instance.ended) return;
  if (nodeOf(token).role !== 'end') return leave(instance, token);
  report(instance, 'left', token);
  remove(instance, token);
}

/** BPMN 2.0.2, 10.5.3: ends only the scope of the end event; a sub-process then completes as usual. */
function terminate(instance: Instance, token: Token): void {
  const { scope } = token;
  scope.terminatedBy = nodeOf(token).id;
  report(instance, 'left', token);
  remove(instance, token);
  clearScope(instance, scope);
}

function closeEventSubProcess(instance: Instance, token: Token): void {
  handOut(instance, token);
  report(instance, 'left', token);
  withdraw(instance, token.id);
  token.scope.log.push(...(token.inherited.length > 0 ? [[token.node, token.inherited] as const] : []));
  remove(instance, token);
}

function endless({ program }: Instance, move: Move | undefined): Refusal {
  const where = move === undefined || move.kind === 'close' ? undefined : nodeOf(move.token).id;
  return new Refusal(
    'flow.endless',
    `流程 ${program.key} 一步之内走了 ${mostMoves} 次仍未停下，陷入了死循环。`,
    {
      remedy: '请在循环中加入会等待的任务或事件，或改正循环的条件。',
      ...(where === undefined ? {} : { where }),
    },
  );
}

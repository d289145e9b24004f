/** Applies a stimulus to a running instance, or explains why it does not fit. */
import { Refusal } from '../../../kernel/refusal.js';
import type { Stimulus } from '../interface.js';
import { finishActivity } from './activities.js';
import { nodeOf, type Instance, type Timer, type Token } from './instance.js';
import { write } from './own-variables.js';
import type { Node, Trigger } from './program.js';
import { assignOwn, moveToken, withdrawToken } from './relocate.js';
import { fire, subscribers, type Subscriber } from './subscriptions.js';
import { broadcast, raise } from './throwing.js';
import { arm, ownerOf, rearm, scopeOwner, reportArmed } from './timers.js';
import { cancelScope } from './tokens.js';

type Given<K extends Stimulus['kind']> = Stimulus & { readonly kind: K };

/** @throws {Refusal} `stimulus.not-waiting` */
export function take(instance: Instance, stimulus: Exclude<Stimulus, Given<'start'>>): void {
  switch (stimulus.kind) {
    case 'complete':
      return complete(instance, stimulus);
    case 'timer':
      return fireTimer(instance, stimulus);
    case 'message': {
      const [oldest] = subscribers(instance, hears('message', stimulus.name));
      if (!oldest) throw nobodyWaits(`消息“${stimulus.name}”`);
      write(instance, receiverOf(oldest), stimulus.variables ?? {});
      return fire(instance, oldest);
    }
    case 'signal': {
      const listeners = subscribers(instance, hears('signal', stimulus.name));
      if (listeners.length === 0) throw nobodyWaits(`信号“${stimulus.name}”`);
      return broadcast(instance, listeners);
    }
    case 'error':
    case 'escalation':
      return fail(instance, stimulus);
    case 'rearm':
      return rearmTimers(instance, stimulus);
    case 'settle':
      return;
    case 'move':
      return moveToken(instance, stimulus.token, stimulus.to);
    case 'assign':
      return assignOwn(instance, stimulus);
    case 'withdraw':
      return withdrawToken(instance, stimulus.token);
    case 'cancel':
      cancelScope(instance, instance.root);
      instance.ended = true;
      instance.events.push({ kind: 'ended', how: 'cancelled' });
  }
}

/** Tasks at which the token itself waits, and receive tasks behind an event-based gateway. */
export function isTask(node: Node): boolean {
  return node.role === 'task' || node.role === 'call-handler';
}

function hears(kind: 'message' | 'signal', name: string): (trigger: Trigger) => boolean {
  return (trigger) => trigger.kind === kind && trigger.name === name;
}

/** The token around which the subscriber's variables are looked up. */
function receiverOf(subscriber: Subscriber): Token | null {
  if (subscriber.kind === 'open') return subscriber.scope.host;
  return subscriber.kind === 'boundary' ? subscriber.token.scope.host : subscriber.token;
}

function complete(instance: Instance, { task, token: id, variables }: Given<'complete'>): void {
  const token = restingAt(instance, task, id);
  if (!token) throw notWaiting(instance, task, id);
  const { trigger } = nodeOf(token);
  if (trigger.kind === 'message') {
    throw new Refusal('stimulus.not-waiting', `环节 ${task} 等的是消息“${trigger.name}”，不能直接办结。`, {
      where: task,
      remedy: '请等消息到来，或以消息推进。',
    });
  }
  write(instance, token, variables ?? {});
  finishActivity(instance, token);
}

/**
 * A task's handler ends with an error or an escalation. An error replaces the result. A non-interrupting escalation
 * leaves a person's task open, but completes a handler's.
 */
function fail(instance: Instance, { kind, task, token: id, code }: Given<'error' | 'escalation'>): void {
  const token = restingAt(instance, task, id);
  if (!token) throw notWaiting(instance, task, id);
  raise(instance, kind, code, { element: task, token, scope: token.scope });
  if (kind === 'escalation' && !token.gone && nodeOf(token).role === 'call-handler') {
    finishActivity(instance, token);
  }
}

function fireTimer(instance: Instance, { event, timer: id }: Given<'timer'>): void {
  const armed = [...instance.timers.values()].filter(
    (timer) => timer.program.nodes[timer.node]?.id === event && (id === undefined || String(timer.id) === id),
  );
  const [timer] = armed.sort((one, other) => one.id - other.id);
  const subscriber = timer && subscriberOf(instance, timer);
  if (!timer || !subscriber) throw notWaiting(instance, event, id);
  instance.timers.delete(timer.id);
  const repeats =
    (subscriber.kind === 'boundary' || subscriber.kind === 'open') && !subscriber.node.interrupting;
  if (repeats) {
    const owner = subscriber.kind === 'open' ? scopeOwner(subscriber.scope) : ownerOf(subscriber.token);
    rearm(instance, owner, timer);
  }
  fire(instance, subscriber);
}

/** @throws {Refusal} `stimulus.not-waiting` if none of the events has an active host */
function rearmTimers(instance: Instance, { events }: Given<'rearm'>): void {
  const hosted = subscribers(instance, (trigger) => trigger.kind === 'timer').filter(({ node }) =>
    events.includes(node.id),
  );
  if (hosted.length === 0) throw notWaiting(instance, events[0] ?? '', undefined);
  for (const subscriber of hosted) {
    const owner = subscriber.kind === 'open' ? scopeOwner(subscriber.scope) : ownerOf(subscriber.token);
    const armed = [...instance.timers.values()].find(
      (timer) => timer.owner === owner.id && timer.node === subscriber.node.index,
    );
    if (armed) reportArmed(instance, owner, armed);
    else arm(instance, owner, subscriber.node);
  }
}

function subscriberOf(instance: Instance, timer: Timer): Subscriber | undefined {
  return subscribers(instance, (trigger) => trigger.kind === 'timer').find((one) => {
    const owner = one.kind === 'open' ? one.scope.id : one.token.id;
    return owner === timer.owner && one.node.index === timer.node;
  });
}

function restingAt(instance: Instance, task: string, id: string | undefined): Token | undefined {
  let oldest: Token | undefined;
  for (const scope of instance.scopes) {
    for (const token of scope.tokens) {
      const node = nodeOf(token);
      if (node.id !== task || !isTask(node) || token.child || !isMeant(token, id)) continue;
      if (!oldest || token.since < oldest.since) oldest = token;
    }
  }
  return oldest;
}

function isMeant(token: Token, id: string | undefined): boolean {
  return token.resting && (id === undefined || String(token.id) === id);
}

function notWaiting(instance: Instance, element: string, id: string | undefined): Refusal {
  const known = [...instance.scopes].some((scope) => scope.program.byId.has(element));
  const detail = !known
    ? `流程 ${instance.program.key} 正在进行的部分没有环节 ${element}。`
    : id === undefined
      ? `环节 ${element} 当前不在等待：可能已经办结、已被撤回，或还没有办到。`
      : `环节 ${element} 的这一次（${id}）已经不在等待：可能已经办结或被撤回。`;
  return new Refusal('stimulus.not-waiting', detail, {
    where: element,
    remedy: '请刷新工单，查看当前待办。',
  });
}

function nobodyWaits(what: string): Refusal {
  return new Refusal('stimulus.not-waiting', `流程当前没有环节在等${what}。`, {
    remedy: '请核对名称，并查看工单当前所处的环节。',
  });
}

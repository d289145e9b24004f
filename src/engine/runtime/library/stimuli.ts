/** Checks a stimulus and then applies it to the library, which would silently ignore one that does not fit. */
import { Refusal } from '../../../kernel/refusal.js';
import type { Stimulus, StepEvent } from '../interface.js';
import type { Compiled } from './compile.js';
import type { Activity } from './library.js';
import { positionsOf, type Positions, type Rest } from './positions.js';
import type { EngineRun } from './engine-run.js';

type Delivered = Exclude<Stimulus, { kind: 'start' | 'cancel' }>;

/**
 * Applies the stimulus.
 *
 * @returns what the library does not report itself: an instance of a multi-instance that has ended, an error
 * @throws {Refusal} `stimulus.not-waiting`
 */
export function deliver(run: EngineRun, stimulus: Delivered): readonly StepEvent[] {
  const positions = positionsOf(run.definition, run.compiled);
  switch (stimulus.kind) {
    case 'complete':
      return complete(run, restAt(positions, stimulus));
    case 'timer':
      fire(positions, stimulus);
      return [];
    case 'rearm':
      rearm(positions, stimulus.events);
      return [];
    case 'message':
      send(run, positions, stimulus);
      return [];
    case 'signal':
      broadcast(run, positions, stimulus.name);
      return [];
    case 'error':
      return fail(run, restAt(positions, stimulus), stimulus.code);
    case 'settle':
      return [];
    case 'move':
    case 'withdraw':
    case 'assign':
      throw new Error('only the engine that runs the cases is intervened in');
    case 'escalation':
      return escalate(run, restAt(positions, stimulus), stimulus.code);
  }
}

/** Re-evaluates conditional events until none fires. */
export function reconsider(run: EngineRun): void {
  const seen = new Set<string>();
  for (;;) {
    const next = positionsOf(run.definition, run.compiled).catches.find(
      ({ kind, token }) => kind === 'condition' && !seen.has(token),
    );
    if (!next) return;
    seen.add(next.token);
    next.api.signal();
  }
}

function restAt(
  positions: Positions,
  { task, token }: { readonly task: string; readonly token?: string },
): Rest {
  const found = positions.rests.find(
    (rest) => rest.element === task && (token === undefined || rest.token === token),
  );
  if (!found) throw notWaiting(`环节 ${task} 当前不在等待办理，或已经办过。`, task);
  if (found.kind === 'catch') throw notWaiting(`${task} 是等待事件，不能直接办结。`, task);
  if (found.kind === 'receive') throw notWaiting(`${task} 在等消息，不能直接办结。`, task);
  return found;
}

function complete(run: EngineRun, rest: Rest): readonly StepEvent[] {
  const { element, token, kind, api } = rest;
  // A minimal output: the library stores it, and counting outputs is the only way to know how many are done.
  if (kind === 'service') run.services.get(token)?.(null, 1);
  else api.signal({ done: 1 });
  return api.content.isRootScope === true ? [] : [{ kind: 'left', element, token }];
}

function fire(
  { timers }: Positions,
  { event, timer }: { readonly event: string; readonly timer?: string },
): void {
  const found = timers.find(({ element, id }) => element === event && (timer === undefined || id === timer));
  if (!found) throw notWaiting(`定时事件 ${event} 当前没有在计时。`, event);
  found.timer.fire();
}

/** Running timers announce their duration again; fired ones start again, as when their host was entered. */
function rearm({ timers, spent }: Positions, events: readonly string[]): void {
  const running = timers.filter(({ element }) => events.includes(element));
  const again = spent.filter(({ id }) => events.includes(id));
  if (running.length + again.length === 0) {
    throw notWaiting(`定时事件 ${events.join('、')} 所附的环节当前不在办理。`, events[0]);
  }
  for (const { timer } of running) timer.tell();
  for (const activity of again) {
    const { id, executionId } = activity.attachedTo ?? activity;
    activity.run({ inbound: [{ id, executionId }] });
  }
}

function send(run: EngineRun, { catches, dormant }: Positions, { name }: { readonly name: string }): void {
  const found = catches.find((waiting) => waiting.kind === 'message' && waiting.name === name);
  if (found) return found.api.sendApiMessage('message');
  const [listener] = dormant.filter((activity) => startsBy(run.compiled, activity, 'message', name));
  if (!listener) throw notWaiting(`没有环节在等消息“${name}”。`);
  begin(run, listener, 'message', name);
}

function broadcast(run: EngineRun, { catches, dormant }: Positions, name: string): void {
  const reached = catches.filter((waiting) => waiting.kind === 'signal' && waiting.name === name);
  const listeners = dormant.filter((activity) => startsBy(run.compiled, activity, 'signal', name));
  if (reached.length + listeners.length === 0) throw notWaiting(`没有环节在等信号“${name}”。`);
  for (const { token } of reached) {
    // One of the events may have interrupted another.
    const still = positionsOf(run.definition, run.compiled).catches.find((found) => found.token === token);
    still?.api.signal();
  }
  for (const listener of listeners) begin(run, listener, 'signal', name);
}

/** Starts the event sub-process and then lets its start event catch, as the library does for throws inside. */
function begin(run: EngineRun, listener: Activity, kind: 'message' | 'signal', name: string): void {
  listener.run();
  const start = positionsOf(run.definition, run.compiled).catches.find(
    (waiting) => waiting.kind === kind && waiting.name === name,
  );
  start?.api.sendApiMessage(kind);
}

function startsBy(
  { elements }: Compiled,
  { id }: Activity,
  kind: 'message' | 'signal',
  name: string,
): boolean {
  for (const { type, parent, behaviour } of elements.values()) {
    if (type !== 'bpmn:StartEvent' || parent?.id !== id) continue;
    const triggers = (behaviour['eventDefinitions'] ?? []) as readonly { readonly behaviour: object }[];
    for (const trigger of triggers) {
      const reference = (trigger.behaviour as Record<string, { readonly id?: string } | undefined>)[
        `${kind}Ref`
      ];
      if (reference?.id !== undefined && elements.get(reference.id)?.name === name) return true;
    }
  }
  return false;
}

function fail(run: EngineRun, { element, token, kind, api }: Rest, code: string): readonly StepEvent[] {
  if (kind === 'service') run.services.get(token)?.({ message: code, code });
  else api.sendApiMessage('error', { message: code, code });
  return [{ kind: 'thrown', what: 'error', name: code, element, caught: false }];
}

/** A non-interrupting escalation leaves a person's task open, but completes a handler's. */
function escalate(run: EngineRun, rest: Rest, code: string): readonly StepEvent[] {
  const { element, activity, api, kind, token } = rest;
  const declared = [...run.compiled.elements.values()].find(
    ({ behaviour }) => behaviour['escalationCode'] === code,
  );
  const message = { id: declared?.id, name: declared?.name ?? code };
  const content = { ...api.content, message, state: 'throw' };
  activity.broker.publish('event', 'activity.escalate', content, { type: 'escalate', delegate: true });
  const told: StepEvent = { kind: 'thrown', what: 'escalation', name: code, element, caught: false };
  const events = declared ? [] : [told];
  const { rests } = positionsOf(run.definition, run.compiled);
  if (kind !== 'service' || !rests.some((still) => still.token === token)) return events;
  return [...events, ...complete(run, rest)];
}

function notWaiting(detail: string, where?: string): Refusal {
  return new Refusal('stimulus.not-waiting', detail, {
    remedy: '请刷新后按当前的待办环节办理。',
    ...(where === undefined ? {} : { where }),
  });
}

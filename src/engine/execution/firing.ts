/** Runs a step with everything that follows from it: messages, conditions of the case's other processes, due timers. */
import type { Json } from '../../kernel/index.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import { deadlineKey, inDueOrder, type CaseDraft, type OpenDeadline } from './case-file.js';
import { countRepeats, linked, type Causes } from './causes.js';
import type { DeployedDefinition } from './definitions.js';
import { hearers, inForce, receivers, startOf, type Sender } from './delivery.js';
import { attempt, close, conditionKey, hold, timerKey } from './hold.js';
import type { Firing, Incident } from './incident.js';
import { stepInstance, type Pending, type StepDeps } from './step-instance.js';
import { entryTypeOf } from './stimulus-fields.js';
import { variablesOf } from './own-variables.js';

export interface Firings {
  /** @throws {Refusal} if the step itself is stuck; failing consequences do not refuse it */
  readonly run: (first: Pending) => void;
  /** Runs the step for each receiver; a failing one becomes an incident. @throws {Refusal} if all fail */
  readonly runEach: (reached: readonly Pending[]) => void;
  /**
   * Starts a process because its timer was due or its signal was thrown. If it cannot start, its
   * case stays open with an incident.
   */
  readonly begin: (deployed: DeployedDefinition, by: StartedBy, at: Date) => void;
  /** Delivers a signal; each failing receiver becomes an incident. */
  readonly hear: (reached: readonly Pending[]) => void;
  /** Call after the case's variables were changed from outside: conditions of its processes may have become true. */
  readonly settle: (at: Date) => void;
  /** Fires what is due, in due order, each at its legal instant; retries failed firings only with `again`. */
  readonly fallDue: (isDue: (due: Date) => boolean, again: boolean) => void;
  readonly retry: (incident: Incident, at: Date) => void;
}

/** How a process is started from outside its case. */
interface StartedBy {
  readonly event: string;
  /** Name of the signal; undefined for a timer. */
  readonly signal?: string;
  /** Additional fields of the entry. */
  readonly about: { readonly [name: string]: Json };
}

const startKey = 'start/';

export function createFirings(draft: CaseDraft, deps: StepDeps): Firings {
  const { recordedAt } = deps;
  /** Variables with which each instance's conditions were last evaluated; at first nothing has changed. */
  const seen = new Map<number, Variables>([...draft.instances.keys()].map((one) => [one, draft.variables]));

  interface Delivery {
    readonly message: string;
    readonly sender: Sender;
    readonly at: Date;
  }
  interface Broadcast extends Omit<Delivery, 'message'> {
    readonly signal: string;
  }
  type Queue = { readonly next: Pending | Delivery | Broadcast; readonly causes: Causes }[];

  const step = (pending: Pending, queue: Queue, causes: Causes): void => {
    const outcome = stepInstance(draft, pending, deps);
    seen.set(outcome.instance, draft.variables);
    const sender = { instance: outcome.instance, about: { from: outcome.process } };
    const { at } = pending;
    for (const message of outcome.messages) queue.push({ next: { message, sender, at }, causes });
    for (const signal of outcome.signals) {
      draft.signals.push({ name: signal, at, process: outcome.process });
      queue.push({ next: { signal, sender, at }, causes });
    }
  };

  const againAtOnce = countRepeats();

  const deployedOf = (instance: number) =>
    deps.definitions.byId(draft.instances.get(instance)?.definitionId ?? 0);
  const nameOf = ({ starting, instance }: Pending): string =>
    (starting?.deployed ?? deployedOf(instance)).name;

  /** Messages are delivered one after the other, because an earlier one may change who waits for a later one. */
  const follow = (queue: Queue, at: Date, settles = true): void => {
    const again = countRepeats();
    const first = (pending: readonly Pending[], causes: Causes): void => {
      queue.unshift(...pending.map((next) => ({ next, causes })));
    };
    for (;;) {
      const met = queue.length === 0 && settles ? conditionMet(at) : undefined;
      const { next, causes } = queue.shift() ?? { next: met, causes: [] };
      if (!next) return;
      if ('message' in next) {
        first(receivers(draft, next.message, next.sender, next.at, deps), causes);
        continue;
      }
      if ('signal' in next) {
        first(hearers(draft, next.signal, next.sender, next.at, deps), causes);
        continue;
      }
      if (met) {
        again(
          String(met.instance),
          null,
          `工单 ${draft.businessKey} 的流程“${nameOf(met)}”的条件一再成立，连续触发`,
        );
      }
      const longer = linked(causes, nameOf(next), draft.businessKey);
      // The step may end the instance that it is named by.
      const key = keyOf(next);
      const failure = attempt(draft, () => step(next, queue, longer));
      if (failure) hold(draft, firingOf(next), failure, recordedAt);
      else went(key, at);
    }
  };

  const went = (key: string, at: Date): void => {
    const incident = draft.incidents.get(key);
    if (incident) close(draft, incident, 'went-on', at, recordedAt);
  };

  const ofWhat = ({ about, starting, instance }: Pending): string =>
    typeof about['of'] === 'string' ? about['of'] : (starting?.deployed ?? deployedOf(instance)).key;

  /** Names the step among the case's incidents. */
  const keyOf = (pending: Pending): string => {
    const { fired, stimulus, instance, starting, at } = pending;
    if (fired) return timerKey(fired);
    if (stimulus.kind === 'settle') return conditionKey(instance);
    const kind = stimulus.kind === 'signal' ? 'signal' : 'message';
    return `${kind}/${starting ? 'new' : instance}/${ofWhat(pending)}/${at.getTime()}`;
  };

  /** Describes a step that has failed. */
  const firingOf = (pending: Pending): Firing => {
    const { instance, stimulus, at, about, starting, fired } = pending;
    const { key: process, version } = starting?.deployed ?? deployedOf(instance);
    const runs = { key: keyOf(pending), process, version, at };
    if (fired)
      return { ...runs, kind: 'timer', instance, of: fired.element, timer: fired.timer, sender: null };
    if (stimulus.kind === 'settle')
      return { ...runs, kind: 'condition', instance, of: process, timer: null, sender: null };
    const from = typeof about['from'] === 'string' ? about['from'] : null;
    const sender = { process: from, instance: null };
    const of = ofWhat(pending);
    return { ...runs, kind: 'message', instance: starting ? null : instance, of, timer: null, sender };
  };

  const settling = (instance: number, at: Date): Pending => {
    const stimulus: Stimulus = { kind: 'settle' };
    return { instance, stimulus, at, type: entryTypeOf(stimulus), about: {} };
  };

  /** The next instance with a condition that has become true since its last evaluation. */
  const conditionMet = (at: Date): Pending | undefined => {
    for (const instance of draft.instances.values()) {
      const { number } = instance;
      if (seen.get(number) === draft.variables) continue;
      seen.set(number, draft.variables);
      const deployed = deps.definitions.byId(instance.definitionId);
      const { annotations } = deployed;
      if (!annotations.hasConditions && annotations.calledKeys.length === 0) continue;
      const pending = settling(number, at);
      const key = conditionKey(number);
      const failure = attempt(draft, () => {
        const { events, calls, state } = deps.runtime.step(
          deps.definitions.pinned(deployed, instance.called),
          instance.state,
          pending.stimulus,
          variablesOf(draft.variables, annotations.own, number),
          at,
        );
        quiet = events.length + calls.length === 0;
        // Records that a condition no longer holds, so that it can become true again.
        if (quiet && state !== null && JSON.stringify(state) !== JSON.stringify(instance.state)) {
          draft.instances.set(number, { ...instance, state });
        }
      });
      if (failure) {
        if (!draft.incidents.has(key)) hold(draft, firingOf(pending), failure, recordedAt);
      } else if (!quiet) return pending;
      else {
        const incident = draft.incidents.get(key);
        if (incident) close(draft, incident, 'withdrawn', at, recordedAt);
      }
    }
    return undefined;
  };
  let quiet = true;

  const run = (first: Pending): void => {
    const queue: Queue = [];
    step(first, queue, [nameOf(first)]);
    follow(queue, first.at);
  };

  const begin: Firings['begin'] = (deployed, { event, signal, about }, at) => {
    const { key: process, version } = deployed;
    const from = typeof about['from'] === 'string' ? about['from'] : null;
    const firing: Firing = {
      ...{ key: `${startKey}${process}/${event}`, instance: null, process, version, timer: null, at },
      ...(signal === undefined
        ? { kind: 'timer', of: event, sender: null }
        : { kind: 'message', of: signal, sender: { process: from, instance: null } }),
    };
    const failure = attempt(draft, () => {
      run({ ...startOf(draft, deployed, event, { at }, deps), about });
    });
    if (failure) hold(draft, firing, failure, recordedAt);
    else went(firing.key, recordedAt);
  };

  const beginAgain = ({ kind, process, of, sender, at }: Incident): void => {
    const deployed = inForce(deps, process, at);
    if (kind === 'timer') return begin(deployed, { event: of, about: { timer: of } }, at);
    const event = deployed.annotations.signals.starts.get(of) ?? of;
    const about = { signal: of, ...(sender?.process ? { from: sender.process } : {}) };
    begin(deployed, { event, signal: of, about }, at);
  };

  const hear: Firings['hear'] = (reached) => {
    for (const pending of reached) {
      const failure = attempt(draft, () => run(pending));
      if (failure) hold(draft, firingOf(pending), failure, recordedAt);
    }
  };

  const fire = (deadline: OpenDeadline): void => {
    const { instance, element, timer, dueAt: at } = deadline;
    const pending: Pending = {
      ...{ instance, at, type: 'timer.fired', about: { of: element }, fired: deadline },
      stimulus: { kind: 'timer', event: element, timer },
    };
    const failure = attempt(draft, () => {
      // A limit that is already over when it starts would start again at the same instant, if the
      // drawing leads back to it.
      againAtOnce(
        `${instance} ${element} ${at.getTime()}`,
        element,
        `流程“${nameOf(pending)}”的期限 ${element} 在同一时刻届满`,
      );
      draft.deadlines.delete(deadlineKey(instance, timer));
      run(pending);
    });
    if (failure) hold(draft, firingOf(pending), failure, recordedAt);
    else went(timerKey(deadline), recordedAt);
  };

  const retry = (incident: Incident, at: Date): void => {
    const { kind, instance, timer, of, sender } = incident;
    if (incident.key.startsWith(startKey)) return beginAgain(incident);
    if (kind === 'timer') {
      const deadline = draft.deadlines.get(deadlineKey(instance ?? 0, timer ?? ''));
      if (deadline) fire(deadline);
      return;
    }
    if (kind === 'condition') {
      const pending = settling(instance ?? 0, incident.at);
      const failure = attempt(draft, () => run(pending));
      if (failure) hold(draft, incident, failure, recordedAt);
      else went(incident.key, at);
      return;
    }
    const about = sender?.process ? { from: sender.process } : {};
    const failure = attempt(draft, () => {
      const reach = incident.key.startsWith('signal/') ? hearers : receivers;
      const reached = reach(draft, of, { about }, incident.at, deps).filter(
        (one) => instance === null || one.instance === instance,
      );
      for (const pending of reached) run(pending);
      close(draft, incident, reached.length > 0 ? 'went-on' : 'withdrawn', at, recordedAt);
    });
    if (failure) hold(draft, incident, failure, recordedAt);
  };

  return {
    run,
    begin,
    hear,
    runEach: (reached) => {
      const failures = reached.map((pending) => {
        if (reached.length === 1) return void run(pending);
        return attempt(draft, () => run(pending));
      });
      const [first] = failures;
      if (first && failures.every(Boolean)) throw first;
      failures.forEach((failure, index) => {
        const pending = reached[index];
        if (failure && pending) hold(draft, firingOf(pending), failure, recordedAt);
      });
    },
    settle: (at) => follow([], at),
    fallDue: (isDue, again) => {
      const mayTry = (key: string): boolean => {
        const incident = draft.incidents.get(key);
        return !incident || (again && incident.nextTry <= recordedAt);
      };
      if (again) {
        for (const incident of [...draft.incidents.values()]) {
          if ((incident.kind !== 'timer' || incident.key.startsWith(startKey)) && mayTry(incident.key))
            retry(incident, recordedAt);
        }
      }
      for (;;) {
        const next = inDueOrder(draft.deadlines.values()).find(
          (one) => !isDue(one.dueAt) || mayTry(timerKey(one)),
        );
        if (!next || !isDue(next.dueAt)) return;
        fire(next);
      }
    },
    retry,
  };
}

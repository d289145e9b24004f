/**
 * The effect of one command on one case, in memory: the stimulus, the handlers it calls, messages to the case's other
 * processes, deadlines armed, entries written. No I/O: the executor loads before and stores after, in one transaction.
 */
import { Refusal, type Json } from '../../kernel/index.js';
import type { Sealed } from '../ports.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import {
  deadlineKey,
  draftOf,
  inDueOrder,
  type CaseDraft,
  type CaseFile,
  type Instance,
} from './case-file.js';
import type { Command, Recompute, WrongCard } from './command.js';
import type { DeployedDefinition } from './definitions.js';
import { moveCase } from './move-case.js';
import { recompute, type Reasons } from './recompute.js';
import { assignRoles } from './assign-roles.js';
import { variablesOf } from './own-variables.js';
import { stepInstance, type Pending, type StepDeps } from './step-instance.js';
import { actorFields, stimulusFields, entryTypeOf } from './stimulus-fields.js';

export interface AdvanceDeps extends StepDeps {
  /** Derivations of the case's open deadlines; needed by recomputations only. */
  readonly reasons?: ReadonlyMap<string, Reasons>;
}

/** Limit of stimuli per command; more indicate a message loop between processes. */
const mostSteps = 1000;

/** @throws {Refusal} and then has changed nothing. */
export function advance(file: CaseFile, command: Command, deps: AdvanceDeps): CaseDraft {
  const draft = draftOf(file);
  let steps = 0;

  const run = (first: Pending): void => {
    // Messages are delivered one after the other: an earlier one may change who waits for a later one.
    const queue: (Pending | Delivery)[] = [first];
    for (let next = queue.shift(); next; next = queue.shift()) {
      if ('message' in next) {
        queue.unshift(...receivers(draft, next.message, next.sender, next.at, deps));
        continue;
      }
      if ((steps += 1) > mostSteps) {
        throw new Refusal('flow.endless', `工单 ${file.businessKey} 一次推进超过 ${mostSteps} 步`, {
          remedy: '检查各流程之间的消息是否互相触发成环',
        });
      }
      const outcome = stepInstance(draft, next, deps);
      const sender = { instance: outcome.instance, about: { from: outcome.process } };
      for (const message of outcome.messages) queue.push({ message, sender, at: next.at });
    }
  };

  const fallDue = (isDue: (due: Date) => boolean): void => {
    for (;;) {
      const [earliest] = inDueOrder(draft.deadlines.values());
      if (!earliest || !isDue(earliest.dueAt)) return;
      draft.deadlines.delete(deadlineKey(earliest.instance, earliest.timer));
      run({
        instance: earliest.instance,
        stimulus: { kind: 'timer', event: earliest.element, timer: earliest.timer },
        at: earliest.dueAt,
        about: { of: earliest.element },
        type: 'timer.fired',
        fired: earliest,
      });
    }
  };

  switch (command.kind) {
    case 'fall-due':
      fallDue((due) => due <= command.until);
      break;
    case 'recompute':
      recompute(draft, command, { ...deps, reasons: deps.reasons ?? new Map() });
      if (command.tell) {
        const { message, to, variables } = command.tell;
        const about = { actor: command.actor, document: command.document };
        const reached = receivers(draft, message, { about }, command.at, deps).filter(({ instance }) =>
          to.includes(instance),
        );
        if (reached.length > 0) draft.variables = { ...draft.variables, ...variables };
        for (const pending of reached) run(pending);
      }
      for (const resumed of command.resume ?? []) {
        draft.variables = { ...draft.variables, ...resumed.variables };
        run(resumption(draft, resumed, command, deps));
      }
      for (const card of command.revoke) {
        const again = armedAgain(draft, card, command, deps);
        if (again) run(again);
      }
      break;
    case 'migrate': {
      fallDue((due) => due < command.at);
      const retimed = moveCase(draft, command, { ...deps, reasons: deps.reasons ?? new Map() });
      for (const { instance, events, clock, replaced } of retimed) {
        const stimulus: Stimulus = { kind: 'rearm', events };
        const { actor, migration } = command;
        const about = {
          actor,
          migration,
          of: events[0] ?? '',
          ...(replaced.length > 0 ? { replaced } : {}),
        };
        const pending = { instance, stimulus, at: command.at, type: entryTypeOf(stimulus), about };
        run(clock ? { ...pending, clock } : pending);
      }
      break;
    }
    case 'amend': {
      fallDue((due) => due < command.at);
      draft.variables = { ...draft.variables, ...command.variables };
      const recordedAt = deps.recordedAt.toISOString();
      const body = { ...actorFields(command), ...command.body, recordedAt };
      const { type, at, sealed } = command;
      draft.entries.push({ stream: draft.businessKey, type, at, body, ...(sealed ? { sealed } : {}) });
      break;
    }
    case 'start': {
      draft.variables = { ...draft.variables, ...command.variables };
      const deployed = inForce(deps, command.process, command.at);
      const { message } = command;
      const event = message === undefined ? undefined : deployed.annotations.messageStarts.get(message);
      if (message !== undefined && event === undefined) throw nobodyWaits(file, message);
      run(startOf(draft, deployed, event, command, deps));
      break;
    }
    case 'send': {
      fallDue((due) => due < command.at);
      draft.variables = { ...draft.variables, ...command.variables };
      const reached = receivers(draft, command.message, { about: actorFields(command) }, command.at, deps);
      if (reached.length === 0) throw nobodyWaits(file, command.message);
      const { sealed, variables: given } = command;
      for (const pending of reached) {
        run({ ...pending, ...(sealed ? { sealed } : {}), ...(given ? { given } : {}) });
      }
      break;
    }
    case 'stimulate': {
      // A limit ending at this very instant (24:00) is not exceeded by an act at the same instant.
      fallDue((due) => due < command.at);
      draft.variables = { ...draft.variables, ...command.variables };
      run({
        ...(command.variables ? { given: command.variables } : {}),
        instance: command.instance,
        stimulus: command.stimulus,
        at: command.at,
        type: entryTypeOf(command.stimulus),
        about: { ...actorFields(command), ...stimulusFields(command.stimulus) },
        ...(command.sealed ? { sealed: command.sealed } : {}),
      });
      break;
    }
  }
  assignRoles(draft, file.variables, deps);
  const last = draft.entries.at(-1);
  // A card may be revoked after the case has ended; the case does not end again.
  if (draft.instances.size === 0 && last) draft.endedAt ??= last.at;
  return draft;
}

/**
 * Re-arms a timer that fired too early, as of the instant at which it fired; undefined if its host has ended meanwhile.
 */
function armedAgain(
  draft: CaseDraft,
  { instance, element, at, startedAt, adjustments, entry }: WrongCard,
  { actor, document }: Recompute,
  deps: AdvanceDeps,
): Pending | undefined {
  const standing = draft.instances.get(instance);
  const stimulus: Stimulus = { kind: 'rearm', events: [element] };
  if (!standing || !takes(draft, standing, stimulus, at, deps)) return undefined;
  const beside = [...draft.deadlines.values()].find(
    (one) => one.instance === instance && one.startedAt.getTime() === startedAt.getTime(),
  );
  return {
    instance,
    stimulus,
    at,
    type: entryTypeOf(stimulus),
    about: { actor, document, of: element, revoked: entry },
    clock: { startedAt, adjustments, version: beside?.version ?? 2 },
  };
}

/** @throws {Refusal} `definition.not-found` if no process starts with the message: a withdrawal must not be lost */
function resumption(
  draft: CaseDraft,
  { message, instance, clock }: NonNullable<Recompute['resume']>[number],
  { at, actor, document }: Recompute,
  deps: AdvanceDeps,
): Pending {
  const start = deps.definitions.startedBy(message, at);
  if (!start) {
    throw new Refusal('definition.not-found', `没有流程由消息“${message}”开始,撤回的督办无法恢复`, {
      remedy: '部署以该消息开始的督办流程后,再载入放假安排',
    });
  }
  const pending = startOf(draft, start.deployed, start.event, { at }, deps);
  return {
    ...pending,
    about: { actor, document, of: message, resumes: instance },
    clock: { ...clock, version: 2 },
  };
}

function inForce(deps: AdvanceDeps, key: string, at: Date): DeployedDefinition {
  const deployed = deps.definitions.inForce(key, at);
  if (deployed) return deployed;
  throw new Refusal('definition.not-found', `没有部署过名为 ${key} 的流程`, {
    remedy: '先部署该流程,或改用已部署的流程名',
  });
}

function startOf(
  draft: CaseDraft,
  deployed: DeployedDefinition,
  event: string | undefined,
  act: {
    readonly at: Date;
    readonly actor?: string;
    readonly variables?: Variables;
    readonly sealed?: readonly Sealed[];
  },
  deps: AdvanceDeps,
): Pending {
  const number = (draft.instanceCount += 1);
  return {
    instance: number,
    stimulus: { kind: 'start', ...(event === undefined ? {} : { event }) },
    at: act.at,
    type: 'instance.started',
    about: actorFields(act),
    ...(act.sealed ? { sealed: act.sealed } : {}),
    ...(act.variables ? { given: act.variables } : {}),
    starting: {
      deployed,
      runtime: draft.runtime ?? deployed.runtime,
      called: deps.definitions.pinsOf(deployed, act.at),
    },
  };
}

interface Delivery {
  readonly message: string;
  readonly sender: Sender;
  readonly at: Date;
}

interface Sender {
  /** The throwing instance, which does not receive its own message. */
  readonly instance?: number;
  readonly about: { readonly [key: string]: Json };
}

/** A message goes to every instance of the case that waits for it; if there is none, it starts a process. */
function receivers(
  draft: CaseDraft,
  message: string,
  sender: Sender,
  at: Date,
  deps: AdvanceDeps,
): Pending[] {
  const waiting = [...draft.instances.values()]
    .filter((instance) => instance.number !== sender.instance && awaits(draft, instance, message, at, deps))
    .map((instance): Pending => ({
      instance: instance.number,
      stimulus: { kind: 'message', name: message },
      at,
      type: 'message.received',
      about: { ...sender.about, of: message },
    }));
  if (waiting.length > 0) return waiting;
  const start = deps.definitions.startedBy(message, at);
  if (!start) return [];
  const pending = startOf(draft, start.deployed, start.event, { at }, deps);
  return [{ ...pending, about: { ...sender.about, of: message } }];
}

function nobodyWaits(file: CaseFile, message: string): Refusal {
  return new Refusal('stimulus.not-waiting', `工单 ${file.businessKey} 当前没有流程在等消息“${message}”`, {
    remedy: '查看工单当前所处的环节',
  });
}

const awaits = (
  draft: CaseDraft,
  instance: Instance,
  message: string,
  at: Date,
  deps: AdvanceDeps,
): boolean => takes(draft, instance, { kind: 'message', name: message }, at, deps);

/** Tries the step itself: it is pure, takes microseconds, and cannot disagree with the real one. */
function takes(
  draft: CaseDraft,
  instance: Instance,
  stimulus: Stimulus,
  at: Date,
  deps: AdvanceDeps,
): boolean {
  const deployed = deps.definitions.byId(instance.definitionId);
  const definition = deps.definitions.pinned(deployed, instance.called);
  const runtime = deps.runtimeNamed(instance.runtime);
  const variables = variablesOf(draft.variables, deployed.annotations.own, instance.number);
  try {
    runtime.step(definition, instance.state, stimulus, variables, at);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stimulus.not-waiting') return false;
    throw error;
  }
}

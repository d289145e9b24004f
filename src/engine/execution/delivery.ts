/** Determines who receives a message of the case: every process that waits for it; if none waits, the one it starts. */
import { Refusal, type Json } from '../../kernel/index.js';
import type { Sealed } from '../ports.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import type { CaseDraft, CaseFile, Instance } from './case-file.js';
import type { DeployedDefinition } from './definitions.js';
import { variablesOf } from './own-variables.js';
import type { Pending, StepDeps } from './step-instance.js';
import { actorFields } from './stimulus-fields.js';

export interface Sender {
  /** The throwing instance, which does not receive its own message. */
  readonly instance?: number;
  readonly about: { readonly [key: string]: Json };
}

/** A message goes to every instance of the case that waits for it; if there is none, it starts a process. */
export function receivers(
  draft: CaseDraft,
  message: string,
  sender: Sender,
  at: Date,
  deps: StepDeps,
): Pending[] {
  const waiting = [...draft.instances.values()]
    .filter(
      (instance) =>
        instance.number !== sender.instance &&
        takes(draft, instance, { kind: 'message', name: message }, at, deps),
    )
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

/** A signal goes to every other instance that waits for it. The throwing instance gets it from the runtime. */
export function hearers(
  draft: CaseDraft,
  signal: string,
  sender: Sender,
  at: Date,
  deps: StepDeps,
): Pending[] {
  const stimulus: Stimulus = { kind: 'signal', name: signal };
  return [...draft.instances.values()]
    .filter((one) => one.number !== sender.instance && takes(draft, one, stimulus, at, deps))
    .map(({ number: instance }) => ({
      ...{ instance, stimulus, at, type: 'signal.received' },
      about: { ...sender.about, of: signal },
    }));
}

export function startOf(
  draft: CaseDraft,
  deployed: DeployedDefinition,
  event: string | undefined,
  act: {
    readonly at: Date;
    readonly actor?: string;
    readonly variables?: Variables;
    readonly sealed?: readonly Sealed[];
  },
  deps: StepDeps,
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
      called: deps.definitions.pinsOf(deployed, act.at),
    },
  };
}

export function inForce(deps: StepDeps, key: string, at: Date): DeployedDefinition {
  const deployed = deps.definitions.inForce(key, at);
  if (deployed) return deployed;
  throw new Refusal('definition.not-found', `没有部署过名为 ${key} 的流程`, {
    remedy: '先部署该流程，或改用已部署的流程名',
  });
}

export function nobodyWaits(file: CaseFile, message: string): Refusal {
  return new Refusal('stimulus.not-waiting', `工单 ${file.businessKey} 当前没有流程在等消息“${message}”`, {
    remedy: '查看工单当前所处的环节',
  });
}

/**
 * Tries the step itself, which is pure, takes microseconds, and cannot disagree with the real one.
 * An instance that waits but would get stuck also counts: that is the receiver's incident, not the
 * sender's.
 */
export function takes(
  draft: CaseDraft,
  instance: Instance,
  stimulus: Stimulus,
  at: Date,
  deps: StepDeps,
): boolean {
  const deployed = deps.definitions.byId(instance.definitionId);
  const definition = deps.definitions.pinned(deployed, instance.called);
  const variables = variablesOf(draft.variables, deployed.annotations.own, instance.number);
  try {
    deps.runtime.step(definition, instance.state, stimulus, variables, at);
    return true;
  } catch (error) {
    return !(error instanceof Refusal && error.code === 'stimulus.not-waiting');
  }
}

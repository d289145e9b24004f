/** A stimulus and its actor, as recorded in the trail entry. */
import type { Sealed } from '../ports.js';
import type { Stimulus, Variables } from '../runtime/interface.js';
import { asEvidence } from './entry.js';

export function entryTypeOf(stimulus: Stimulus): string {
  switch (stimulus.kind) {
    case 'start':
      return 'instance.started';
    case 'complete':
      return 'task.completed';
    case 'timer':
      return 'timer.fired';
    case 'message':
      return 'message.received';
    case 'signal':
      return 'signal.received';
    case 'error':
    case 'escalation':
      return 'task.failed';
    case 'rearm':
      return 'deadline.rearmed';
    case 'settle':
      return 'condition.met';
    case 'move':
      return 'token.moved';
    case 'withdraw':
      return 'token.withdrawn';
    case 'assign':
      return 'own-variable.corrected';
    case 'cancel':
      return 'instance.cancelled';
  }
}

export function stimulusFields(stimulus: Stimulus): { of?: string; code?: string } {
  switch (stimulus.kind) {
    case 'complete':
      return { of: stimulus.task };
    case 'error':
    case 'escalation':
      return { of: stimulus.task, code: stimulus.code };
    case 'timer':
      return { of: stimulus.event };
    case 'message':
    case 'signal':
      return { of: stimulus.name };
    case 'start':
    case 'rearm':
    case 'settle':
    case 'move':
    case 'withdraw':
    case 'assign':
    case 'cancel':
      return {};
  }
}

/** Actor and answers; a sealed text appears by its digest, not among the answers. */
export function actorFields(act: {
  readonly actor?: string;
  readonly variables?: Variables;
  readonly sealed?: readonly Sealed[];
}) {
  const hidden = new Set(act.sealed?.map((seal) => seal.name));
  const data = Object.entries(act.variables ?? {}).filter(([name]) => !hidden.has(name));
  return {
    ...(act.actor === undefined ? {} : { actor: act.actor }),
    ...(data.length > 0 ? { data: asEvidence(Object.fromEntries(data)) } : {}),
  };
}

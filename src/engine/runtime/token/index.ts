/**
 * The runtime `token`: BPMN 2.0 execution semantics (chapter 13 of the standard) over tokens.
 *
 * A step reads the saved state into a tree of scopes and tokens (`saved-state`), applies the stimulus (`start`,
 * `stimuli`), moves tokens until all wait (`advance`) and writes the state again.
 */
import { Refusal } from '../../../kernel/refusal.js';
import type { Definition, Runtime, State, StepResult, Stimulus, Variables, Waiting } from '../interface.js';
import { countRounds } from '../rounds.js';
import { advance } from './advance.js';
import { programOf } from './compile.js';
import { ownLocalsOf } from './environment.js';
import { offeredBy } from './gateways.js';
import { nodeOf, type Instance, type Token } from './instance.js';
import type { Program } from './program.js';
import { readState, writeState } from './saved-state.js';
import { startInstance } from './start.js';
import { isTask, take } from './stimuli.js';

export const tokenRuntime: Runtime = { step };

function step(
  definition: Definition,
  state: State | null,
  stimulus: Stimulus,
  variables: Variables,
  now: Date,
): StepResult {
  const instance = taken(programOf(definition), state, stimulus, variables, now);
  advance(instance, countRounds(definition));
  return {
    state: instance.ended ? null : writeState(instance),
    events: instance.events,
    timers: { arm: instance.armed, disarm: instance.disarmed },
    calls: instance.calls.filter(({ token }) => !token.gone && token.resting).map(({ call }) => call),
    waiting: instance.ended ? [] : waitingIn(instance),
    assigned: instance.assigned,
    ended: instance.ended,
  };
}

function taken(
  program: Program,
  state: State | null,
  stimulus: Stimulus,
  variables: Variables,
  now: Date,
): Instance {
  if (stimulus.kind === 'start') {
    if (state === null) return startInstance(program, stimulus.event, variables, now);
    throw new Refusal('stimulus.not-waiting', `流程 ${program.key} 已经启动，不能再次启动。`, {
      remedy: '请另行受理为新的工单。',
    });
  }
  if (state === null) {
    throw new Refusal('stimulus.ended', `流程 ${program.key} 已经结束，或者还没有启动。`, {
      remedy: '请刷新工单，查看办理结果。',
    });
  }
  const instance = readState(state, program, variables, now);
  take(instance, stimulus);
  return instance;
}

function waitingIn(instance: Instance): readonly Waiting[] {
  const waiting: (Waiting & { readonly id: number })[] = [];
  const list = (element: string, token: Token) => {
    const locals = ownLocalsOf(token);
    waiting.push({ element, token: String(token.id), id: token.id, ...(locals ? { locals } : {}) });
  };
  for (const scope of instance.scopes) {
    for (const token of scope.tokens) {
      const node = nodeOf(token);
      if (node.role === 'event-gateway') for (const offer of offeredBy(token)) list(offer.node.id, token);
      else if (node.role === 'catch' || (isTask(node) && token.child === null)) list(node.id, token);
    }
  }
  return waiting
    .sort((one, other) =>
      one.element < other.element ? -1 : one.element > other.element ? 1 : one.id - other.id,
    )
    .map(({ id: _id, ...one }) => one);
}

/** One running instance for tests of the token runtime: every step is taken on a frozen copy of the saved state. */
import { definitionOf, parseDiagram } from '../../../../src/engine/model/index.js';
import type {
  Definition,
  State,
  StepEvent,
  StepResult,
  Stimulus,
  TimerArm,
  Variables,
} from '../../../../src/engine/runtime/interface.js';
import { tokenRuntime } from '../../../../src/engine/runtime/token/index.js';
import { Refusal } from '../../../../src/kernel/refusal.js';
import { bpmn } from '../../../support/model-text.js';
import { bringing } from '../../../support/traces.js';

export const now = new Date('2026-03-04T12:00:00+08:00');

export class Case {
  state: State | null = null;
  variables: Variables;
  last: StepResult | undefined;
  /** Timers that are armed according to the step results alone. */
  readonly armed = new Map<string, TimerArm>();
  readonly events: StepEvent[] = [];

  constructor(
    readonly definition: Definition,
    variables: Variables = {},
  ) {
    this.variables = variables;
  }

  get waiting(): readonly string[] {
    return (this.last?.waiting ?? []).map(({ element }) => element);
  }

  get ended(): boolean {
    return this.last?.ended ?? false;
  }

  get timers(): readonly string[] {
    return [...this.armed.values()].map(({ element }) => element).sort();
  }

  take(stimulus: Stimulus, changed: Variables = {}): this {
    const variables = frozen(bringing(stimulus) ? this.variables : { ...this.variables, ...changed });
    const given: Stimulus = bringing(stimulus) ? { ...stimulus, variables: changed } : stimulus;
    const state = frozen(JSON.parse(JSON.stringify(this.state)) as State | null);
    const result = tokenRuntime.step(this.definition, state, given, variables, now);
    this.state = result.state;
    this.variables = { ...variables, ...result.assigned };
    this.last = result;
    this.events.push(...result.events);
    this.#follow(stimulus, result);
    return this;
  }

  #follow(stimulus: Stimulus, { timers, ended }: StepResult): void {
    if (stimulus.kind === 'timer') {
      const fired = [...this.armed.values()].find(
        (arm) =>
          arm.element === stimulus.event && (stimulus.timer === undefined || arm.timer === stimulus.timer),
      );
      if (fired) this.armed.delete(fired.timer);
    }
    for (const timer of timers.disarm) {
      if (!this.armed.delete(timer)) throw new Error(`timer ${timer} was disarmed but never armed`);
    }
    for (const arm of timers.arm) this.armed.set(arm.timer, arm);
    if (ended && this.armed.size > 0) throw new Error(`timers outlive the instance: ${this.timers.join()}`);
  }

  start(event?: string): this {
    return this.take({ kind: 'start', ...(event === undefined ? {} : { event }) });
  }

  complete(task: string, changed: Variables = {}): this {
    return this.take({ kind: 'complete', task }, changed);
  }

  timer(event: string): this {
    return this.take({ kind: 'timer', event });
  }

  message(name: string): this {
    return this.take({ kind: 'message', name });
  }

  signal(name: string): this {
    return this.take({ kind: 'signal', name });
  }

  error(task: string, code: string): this {
    return this.take({ kind: 'error', task, code });
  }

  escalation(task: string, code: string): this {
    return this.take({ kind: 'escalation', task, code });
  }

  /** The refusal that a stimulus meets. */
  refusal(stimulus: Stimulus, changed: Variables = {}): Refusal {
    try {
      this.take(stimulus, changed);
    } catch (cause) {
      if (cause instanceof Refusal) return cause;
      throw cause;
    }
    throw new Error('the stimulus was taken');
  }
}

/** @param text a model as in `test/support/model-text.ts` */
export async function caseOf(text: string, variables: Variables = {}): Promise<Case> {
  return new Case(definitionOf(await parseDiagram(bpmn(text))), variables);
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

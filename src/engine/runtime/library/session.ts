/**
 * One step's run of the library: built from the saved state, asked once, saved again and dropped. Nothing of it
 * outlives the step: no timer, no consumer, no promise.
 */
import type { JsonObject } from '../../../kernel/json.js';
import type { Refusal } from '../../../kernel/refusal.js';
import { feel } from '../feel.js';
import { timerSpec } from '../timer-spec.js';
import type { TimerSpec } from '../door.js';
import type { Compiled } from './context.js';
import { library, type Environment, type LibraryDefinition } from './elements.js';
import { expressions, type Evaluation } from './expressions.js';
import { ScopedEnvironment } from './scoped-environment.js';

export type Answer = (
  error: { readonly message: string; readonly code: string } | null,
  output?: unknown,
) => void;

export class Session implements Evaluation {
  readonly definition: LibraryDefinition;
  /** Answers that service tasks wait for, by execution. */
  readonly services = new Map<string, Answer>();
  /** Timers that this step armed, by execution. */
  readonly armed = new Map<string, { readonly spec: TimerSpec; readonly fired: number }>();
  refusal: Refusal | undefined;
  resuming = false;

  constructor(
    readonly compiled: Compiled,
    readonly variables: JsonObject,
    readonly now: Date,
    private readonly chosenStart?: string,
  ) {
    const environment = new ScopedEnvironment({
      settings: { disableTrackState: true, batchSize: 10_000 },
      timers: noTimers,
      scripts: noScripts,
      services: {},
      expressions: expressions(this),
      session: this,
    });
    this.definition = new library.Definition(library.Context(compiled.serialized, environment));
  }

  resume(run: unknown): void {
    this.resuming = true;
    this.definition.recover(run);
    this.definition.resume();
    this.resuming = false;
  }

  startEvent(process: string): string | undefined {
    const { starts, defaultStarts } = this.compiled;
    const chosen = this.chosenStart;
    if (chosen !== undefined && starts.get(process)?.includes(chosen) === true) return chosen;
    return defaultStarts.get(process);
  }

  timerSpec(event: string, environment: Environment): TimerSpec {
    const locals = environment.variables['locals'];
    const names = { ...this.variables, ...(locals as JsonObject | undefined) };
    const timer = this.compiled.timers.get(event);
    if (!timer) throw new Error(`no timer on ${event}`);
    try {
      return timerSpec({
        event,
        timer,
        timerOn: (id) => this.compiled.timers.get(id),
        evaluate: (text) => feel(text, event).value(names, this.now),
      });
    } catch (cause) {
      this.refusal ??= cause as Refusal;
      throw cause;
    }
  }
}

/** The session that an element runs in, from inside the library's own objects. */
export function sessionOf(environment: Environment): Session {
  return environment.options.session as Session;
}

const noTimers = {
  register: () => noTimers,
  setTimeout: () => {
    throw new Error('a timer is a row in the deadline table, never a timer in memory');
  },
  clearTimeout: () => undefined,
};

const noScripts = { register: () => undefined, getScript: () => undefined };

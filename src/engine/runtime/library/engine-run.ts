/**
 * The library's run of one step: an `Engine` built from the saved state, used once, saved and discarded. No timer,
 * consumer or promise outlives the step.
 */
import type { JsonObject } from '../../../kernel/json.js';
import type { Refusal } from '../../../kernel/refusal.js';
import { feel } from '../../model/feel.js';
import { timerSpec } from '../../model/timer-spec.js';
import type { Compiled } from './compile.js';
import { expressions, type Evaluation } from './expressions.js';
import { Engine, type Content, type Environment, type LibraryDefinition } from './library.js';
import { instanceLocals, localNames, localsIn } from './local-names.js';
import type { Answer, Session } from './session.js';
import type { TimerSpec } from '../../../kernel/timer-spec.js';

export class EngineRun implements Session, Evaluation {
  /** The running definition; the engine's own `execute`, `resume` and `getState` are promises (docs/decisions/engine.md). */
  readonly definition: LibraryDefinition;
  readonly services = new Map<string, Answer>();
  readonly armed = new Map<string, { readonly spec: TimerSpec; readonly fired: number }>();
  refusal: Refusal | undefined;
  resuming = false;

  constructor(
    readonly compiled: Compiled,
    readonly variables: JsonObject,
    readonly now: Date,
    private readonly from: {
      readonly run?: unknown;
      readonly startEvent?: string | undefined;
    },
  ) {
    const { source } = compiled;
    const engine = new Engine({
      sourceContext: source,
      extensions: { localNames },
      expressions: expressions(this),
      timers: noTimers,
      scripts: noScripts,
      settings: { disableTrackState: true, batchSize: 10_000 },
      Logger: () => silent,
      session: this,
    });
    [this.definition] = engine.recover({
      definitions: [from.run ?? { id: source.id }],
    }).execution.definitions;
    if (from.run === undefined) return;
    this.resuming = true;
    this.definition.resume();
    this.resuming = false;
  }

  startEvent(process: string): string | undefined {
    const { starts, defaultStarts } = this.compiled;
    const chosen = this.from.startEvent;
    if (chosen !== undefined && starts.get(process)?.includes(chosen) === true) return chosen;
    return defaultStarts.get(process);
  }

  /** All visible variables besides the case's; inner ones override outer ones. */
  localsIn(environment: Environment, content?: Content): JsonObject {
    return { ...localsIn(environment), ...(content && instanceLocals(content)) };
  }

  timerSpec(event: string, environment: Environment): TimerSpec {
    const names = { ...this.variables, ...this.localsIn(environment) };
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

const noTimers = {
  register: () => noTimers,
  setTimeout: () => {
    throw new Error('a timer is a row in the deadline table, never a timer in memory');
  },
  clearTimeout: () => undefined,
};

const noScripts = { register: () => undefined, getScript: () => undefined };

const nothing = (): void => undefined;
const silent = { debug: nothing, error: nothing, warn: nothing };

import type { TimerSpec } from '../../../kernel/timer-spec.js';
import type { Environment } from './library.js';

export type Answer = (
  error: { readonly message: string; readonly code: string } | null,
  output?: unknown,
) => void;

/** The step's context for our replacements of the library's parts. */
export interface Session {
  /** Results that service tasks wait for, by execution. */
  readonly services: Map<string, Answer>;
  /** Timers armed by this step, by execution. */
  readonly armed: Map<string, { readonly spec: TimerSpec; readonly fired: number }>;
  /** The start event that occurs when the process starts. */
  startEvent(process: string): string | undefined;
  timerSpec(event: string, environment: Environment): TimerSpec;
}

/** The session of an element, from inside the library's objects. */
export function sessionOf(environment: Environment): Session {
  return environment.options.session as Session;
}

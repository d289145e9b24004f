import type { TimerSpec } from '../door.js';
import type { Environment } from './library.js';

export type Answer = (
  error: { readonly message: string; readonly code: string } | null,
  output?: unknown,
) => void;

/** What the parts that stand in for the library's own ask of the step they run in. */
export interface Session {
  /** Answers that service tasks wait for, by execution. */
  readonly services: Map<string, Answer>;
  /** Timers that this step armed, by execution. */
  readonly armed: Map<string, { readonly spec: TimerSpec; readonly fired: number }>;
  /** The start event that occurs when the process begins. */
  startEvent(process: string): string | undefined;
  timerSpec(event: string, environment: Environment): TimerSpec;
}

/** The session that an element runs in, from inside the library's own objects. */
export function sessionOf(environment: Environment): Session {
  return environment.options.session as Session;
}

/** Steps a diagram through stimuli for `hotline process trace`. */
import type { Definition, Runtime, State, Stimulus, Variables } from '../../engine/index.js';
import type { Json } from '../../kernel/index.js';

export interface TraceInput {
  readonly runtime: Runtime;
  readonly definition: Definition;
  readonly stimuli: readonly TraceStimulus[];
  readonly variables: Variables;
  readonly now: Date;
}

/** A stimulus of the trace; its variables apply to all later stimuli as well. */
export interface TraceStimulus {
  /** The stimulus as the file has it. */
  readonly given: Json;
  readonly stimulus: Stimulus;
  readonly variables: Variables;
}

export interface TraceLine {
  readonly stimulus: Json;
  /** Ids of waiting tasks and catch events, sorted, one per token. */
  readonly waiting: readonly string[];
  readonly ended: boolean;
}

/** One line per step; stops at a refusal. */
export function* traceProcess(input: TraceInput): Generator<TraceLine, void> {
  const { runtime, definition, now } = input;
  let state: State | null = null;
  let variables = input.variables;
  for (const { given, stimulus, variables: brought } of withStart(input.stimuli)) {
    const brings = stimulus.kind === 'complete' || stimulus.kind === 'message';
    const merged: Variables = brings ? variables : { ...variables, ...brought };
    const taken = brings ? { ...stimulus, variables: brought } : stimulus;
    const result = runtime.step(definition, state, taken, merged, now);
    // Round-trips the state through JSON, as the database would.
    state = JSON.parse(JSON.stringify(result.state)) as State | null;
    variables = { ...merged, ...result.assigned };
    yield { stimulus: given, waiting: result.waiting.map(({ element }) => element), ended: result.ended };
  }
}

function withStart(stimuli: readonly TraceStimulus[]): readonly TraceStimulus[] {
  if (stimuli[0]?.stimulus.kind === 'start') return stimuli;
  return [{ given: { start: true }, stimulus: { kind: 'start' }, variables: {} }, ...stimuli];
}

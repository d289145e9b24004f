/** Steps a diagram through stimuli on either runtime, without a database: what `hotline process trace` shows. */
import type { Definition, Runtime, State, Stimulus, Variables } from '../engine/index.js';
import type { Json } from '../kernel/index.js';

export interface TraceInput {
  readonly runtime: Runtime;
  readonly definition: Definition;
  readonly stimuli: readonly TraceStimulus[];
  readonly variables: Variables;
  readonly now: Date;
}

/** A stimulus with the variables that it brings; they stay for all later ones. */
export interface TraceStimulus {
  /** As it was written, for the line about it. */
  readonly given: Json;
  readonly stimulus: Stimulus;
  readonly variables: Variables;
}

export interface TraceLine {
  readonly stimulus: Json;
  /** Ids of the tasks and intermediate catch events that hold a token, sorted, one per token. */
  readonly waiting: readonly string[];
  readonly ended: boolean;
}

/** One line for the start and one for each stimulus. A refusal ends it after the lines so far. */
export function* traceProcess(input: TraceInput): Generator<TraceLine, void> {
  const { runtime, definition, now } = input;
  let state: State | null = null;
  let variables = input.variables;
  for (const { given, stimulus, variables: brought } of withStart(input.stimuli)) {
    const merged: Variables = { ...variables, ...brought };
    const result = runtime.step(definition, state, stimulus, merged, now);
    // As it would come back from the database.
    state = JSON.parse(JSON.stringify(result.state)) as State | null;
    variables = { ...merged, ...result.assigned };
    yield { stimulus: given, waiting: result.waiting.map(({ element }) => element), ended: result.ended };
  }
}

function withStart(stimuli: readonly TraceStimulus[]): readonly TraceStimulus[] {
  if (stimuli[0]?.stimulus.kind === 'start') return stimuli;
  return [{ given: { start: true }, stimulus: { kind: 'start' }, variables: {} }, ...stimuli];
}

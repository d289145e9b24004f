/** The golden traces: the effect of BPMN 2.0.2 (chapter 13) on a diagram, step by step. See `test/traces`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { definitionOf } from '../../src/engine/model/definition.js';
import { parseDiagram } from '../../src/engine/model/parse.js';
import type { Definition, Runtime, State, Stimulus, Variables } from '../../src/engine/runtime/interface.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { libraryDefects, mendedDefects, type DefectId, type MendedId } from './library-defects.js';

const variables = z.record(z.string(), z.json());
const stimulusOf = z.union([
  /** `true`, or the id of the start event that occurred. */
  z.strictObject({ start: z.union([z.literal(true), z.string()]), variables: variables.optional() }),
  z.strictObject({ complete: z.string(), variables: variables.optional() }),
  z.strictObject({ timer: z.string(), variables: variables.optional() }),
  z.strictObject({ rearm: z.array(z.string()), variables: variables.optional() }),
  z.strictObject({ message: z.string(), variables: variables.optional() }),
  /** Another process of the case, or a correction, has changed the variables. */
  z.strictObject({ settle: z.literal(true), variables: variables.optional() }),
  z.strictObject({ signal: z.string(), variables: variables.optional() }),
  z.strictObject({ error: z.string(), code: z.string(), variables: variables.optional() }),
  z.strictObject({ escalation: z.string(), code: z.string(), variables: variables.optional() }),
]);

/** The deviating step, counted from one, and the state there. */
const departure = {
  step: z.number(),
  refused: z.string().optional(),
  waiting: z.array(z.string()),
  ended: z.boolean(),
};

const traceFile = z.strictObject({
  title: z.string(),
  variables: variables.optional(),
  steps: z.array(
    z.strictObject({
      stimulus: stimulusOf,
      /** Code of the refusal; the stimulus has then changed nothing. */
      refused: z.string().optional(),
      /** Ids of the tasks and intermediate catch events that hold a token, one per token, sorted. */
      waiting: z.array(z.string()),
      ended: z.boolean(),
    }),
  ),
  /**
   * The library's behaviour: the same, or different because of a known defect. A `mended` defect
   * exists only in the plain library: behind our interface the behaviour is the same.
   */
  library: z.union([
    z.literal('agrees'),
    /** The adapter refuses the diagram, because the library lacks the feature. */
    z.literal('unsupported'),
    z.strictObject({
      defect: z.enum(Object.keys(libraryDefects) as [DefectId, ...DefectId[]]),
      ...departure,
    }),
    z.strictObject({ mended: z.enum(Object.keys(mendedDefects) as [MendedId, ...MendedId[]]), ...departure }),
  ]),
});

export type TraceStep = z.infer<typeof traceFile>['steps'][number];

export interface Trace extends Omit<z.infer<typeof traceFile>, 'variables'> {
  readonly name: string;
  readonly variables: Variables;
  readonly xml: string;
}

const folder = join(packageRoot, 'test', 'traces');

/** All traces, by name; read at once, so that each can be a separate test. */
export function traces(): readonly Trace[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.trace.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.trace.json'.length);
      const xml = readFileSync(join(folder, `${name}.bpmn`), 'utf8');
      const trace = traceFile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return { ...trace, name, xml, variables: trace.variables ?? {} };
    });
}

export async function definitionIn({ xml }: Pick<Trace, 'xml'>): Promise<Definition> {
  return definitionOf(await parseDiagram(xml));
}

/** State of an instance after a step, in a trace's words. */
export type Standing = Pick<TraceStep, 'refused' | 'waiting' | 'ended'>;

/** Noon of a Wednesday, a working day. Traces do not depend on the time; timers are fired by name. */
const now = new Date('2026-03-04T12:00:00+08:00');

/** The runtime stores data of a completion or a message where it belongs. */
export const bringing = (
  stimulus: Stimulus,
): stimulus is Extract<Stimulus, { kind: 'complete' | 'message' }> =>
  stimulus.kind === 'complete' || stimulus.kind === 'message';

/** Applies stimuli one by one; between any two, the state is serialised and parsed. */
export class Run {
  #state: State | null = null;
  #variables: Variables;
  #standing: Standing = { waiting: [], ended: false };

  constructor(
    private readonly runtime: Runtime,
    private readonly definition: Definition,
    initial: Variables = {},
    state: State | null = null,
  ) {
    this.#variables = initial;
    this.#state = state;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** The saved state as text; the same stimuli always give the same text. */
  get saved(): string {
    return JSON.stringify(this.#state);
  }

  take(stimulus: Stimulus, changed: Variables = {}): Standing {
    const merged = bringing(stimulus) ? this.#variables : { ...this.#variables, ...changed };
    try {
      const { state, waiting, ended, assigned } = this.runtime.step(
        this.definition,
        this.#state,
        bringing(stimulus) ? { ...stimulus, variables: changed } : stimulus,
        merged,
        now,
      );
      this.#state = JSON.parse(JSON.stringify(state)) as State | null;
      this.#variables = { ...merged, ...assigned };
      this.#standing = { waiting: waiting.map(({ element }) => element), ended };
      return this.#standing;
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      return { ...this.#standing, refused: cause.code };
    }
  }
}

export function takeStep(run: Run, { stimulus: { variables: changed, ...given } }: TraceStep): Standing {
  return run.take(asStimulus(given), changed ?? {});
}

export function asStimulus(given: TraceStep['stimulus']): Stimulus {
  if ('start' in given) return { kind: 'start', ...(given.start === true ? {} : { event: given.start }) };
  if ('complete' in given) return { kind: 'complete', task: given.complete };
  if ('timer' in given) return { kind: 'timer', event: given.timer };
  if ('rearm' in given) return { kind: 'rearm', events: given.rearm };
  if ('message' in given) return { kind: 'message', name: given.message };
  if ('signal' in given) return { kind: 'signal', name: given.signal };
  if ('settle' in given) return { kind: 'settle' };
  if ('error' in given) return { kind: 'error', task: given.error, code: given.code };
  return { kind: 'escalation', task: given.escalation, code: given.code };
}

export function expectedOf({ refused, waiting, ended }: TraceStep): Standing {
  return { waiting, ended, ...(refused === undefined ? {} : { refused }) };
}

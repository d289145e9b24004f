/** The library `bpmn-engine` behind our interface: the second opinion on a draft. */
import { Refusal } from '../../../kernel/refusal.js';
import type {
  Definition,
  Runtime,
  ServiceCall,
  State,
  StepEvent,
  StepResult,
  Stimulus,
  TimerArm,
  Variables,
} from '../interface.js';
import { compile } from './compile.js';
import { withCountedIds } from './counted-ids.js';
import { EngineRun } from './engine-run.js';
import { PublishedEvents } from './published-events.js';
import { positionsOf, type Positions, type Rest } from './positions.js';
import { deliver, reconsider } from './stimuli.js';

export const libraryRuntime: Runtime = { step };

const nowhere: Positions = {
  ...{ rests: [], timers: [], catches: [], dormant: [], spent: [] },
};

/** An instance between two steps, in memory only. */
interface Saved {
  /** Number of names used so far, see `counted-ids.ts`. */
  readonly names: number;
  /** The library's own state. */
  readonly run: unknown;
}

/** Every step builds the library's environments anew. */
const withoutEnvironments = (run: State | null): State =>
  JSON.parse(
    JSON.stringify(run, (key, value: unknown) => (key === 'environment' ? undefined : value)),
  ) as State;

function step(
  definition: Definition,
  state: State | null,
  stimulus: Stimulus,
  variables: Variables,
  now: Date,
): StepResult {
  checkOrder(definition, state, stimulus);
  const before = state as unknown as Saved | null;
  // The definition is compiled before names are counted, because names must not depend on whether
  // it was compiled earlier.
  const compiled = compile(definition);
  const { result, used } = withCountedIds(before?.names ?? 0, () => {
    const from = stimulus.kind === 'start' ? { startEvent: stimulus.event } : { run: before?.run };
    return take(
      new EngineRun(compiled, { ...variables, ...givenWith(stimulus) }, now, from),
      definition,
      stimulus,
    );
  });
  return { ...result, state: result.ended ? null : { names: used, run: withoutEnvironments(result.state) } };
}

/** @throws {Refusal} for a stimulus before the start, a second start, or an unknown start event */
function checkOrder(definition: Definition, state: State | null, stimulus: Stimulus): void {
  if (stimulus.kind !== 'start') {
    if (state === null) throw new Refusal('stimulus.ended', `流程 ${definition.key} 已经结束或没有启动。`);
    return;
  }
  if (state !== null)
    throw new Refusal('stimulus.not-waiting', `流程 ${definition.key} 已经启动，不能再次启动。`);
  const { starts, defaultStarts } = compile(definition);
  const known = starts.get(definition.key) ?? [];
  const { event } = stimulus;
  if (event === undefined ? known.length === 0 || defaultStarts.has(definition.key) : known.includes(event))
    return;
  const detail =
    event === undefined
      ? `流程 ${definition.key} 有几个开始事件，须指明是哪一个。`
      : `流程 ${definition.key} 没有开始事件 ${event}。`;
  throw new Refusal('stimulus.not-waiting', detail, { remedy: `开始事件有：${known.join('、')}。` });
}

/** The step itself; `state` is still the library's own. */
function take(
  run: EngineRun,
  modelled: Definition,
  stimulus: Stimulus,
): StepResult & { readonly state: State } {
  const { definition, compiled } = run;
  const process = modelled.key;
  const before = stimulus.kind === 'start' ? nowhere : positionsOf(definition, compiled);
  if (stimulus.kind === 'cancel') return cancelled(before);

  const heard = new PublishedEvents(definition, compiled, process, (refusal) => (run.refusal ??= refusal));
  let added: readonly StepEvent[] = [];
  try {
    if (stimulus.kind === 'start') definition.run({ processId: process });
    else added = deliver(run, stimulus);
    if (definition.isRunning) reconsider(run);
  } catch (cause) {
    // The library finally throws either a refusal of ours or an uncaught BPMN error.
    if (run.refusal) throw run.refusal;
    if (cause instanceof RangeError) throw heard.endless();
    if (cause instanceof Refusal || !isBpmnFailure(cause)) throw cause;
    heard.failure = cause;
  }
  if (run.refusal) throw run.refusal;

  const ended = !definition.isRunning || heard.failure !== undefined;
  const after = ended ? nowhere : positionsOf(definition, compiled);
  const events = eventsOf(run, heard, added, after, before);
  if (ended) events.push({ kind: 'ended', how: howEnded(heard) });
  return {
    state: ended ? null : (definition.getState() as State),
    events,
    timers: timersOf(run, before, after, stimulus),
    calls: callsOf(run, before, after),
    waiting: waitingOf(after),
    // Data of a stimulus belong to the case, because activities have no variables of their own
    // here.
    assigned: givenWith(stimulus),
    ended,
  };
}

const givenWith = (stimulus: Stimulus): Variables =>
  'variables' in stimulus ? (stimulus.variables ?? {}) : {};

function isBpmnFailure(cause: unknown): cause is Error {
  return cause instanceof Error && 'type' in cause;
}

function howEnded({ failure, terminated }: PublishedEvents): 'completed' | 'terminated' | 'error' {
  if (failure !== undefined) return 'error';
  return terminated ? 'terminated' : 'completed';
}

function eventsOf(
  run: EngineRun,
  heard: PublishedEvents,
  added: readonly StepEvent[],
  after: Positions,
  before: Positions,
): StepEvent[] {
  const events: StepEvent[] = [...added, ...heard.told()];
  const gone = new Set(events.flatMap((event) => (event.kind === 'left' ? [event.token] : [])));
  const still = tokensOf(after);
  for (const { element, token } of before.rests) {
    if (!still.has(token) && !gone.has(token)) events.push({ kind: 'cancelled', element, token });
  }
  const old = tokensOf(before);
  for (const rest of after.rests) {
    if (old.has(rest.token)) continue;
    events.push({ kind: 'waiting', element: rest.element, token: rest.token, ...locals(run, rest) });
  }
  return events;
}

function tokensOf({ rests }: Positions): ReadonlySet<string> {
  return new Set(rests.map(({ token }) => token));
}

function locals(run: EngineRun, { activity, api }: Rest): { readonly locals?: Variables } {
  const names = run.localsIn(activity.environment, api.content);
  return Object.keys(names).length === 0 ? {} : { locals: names };
}

function timersOf(
  { armed }: EngineRun,
  before: Positions,
  after: Positions,
  stimulus: Stimulus,
): StepResult['timers'] {
  const live = new Set(after.timers.map(({ id }) => id));
  const arm = after.timers.flatMap(({ id, element, host }): TimerArm[] => {
    const found = armed.get(id);
    return found ? [{ timer: id, element, ...(host === undefined ? {} : { host }), ...found }] : [];
  });
  const fired = stimulus.kind === 'timer' ? firedBy(before, stimulus) : undefined;
  const disarm = before.timers.map(({ id }) => id).filter((id) => !live.has(id) && id !== fired);
  return { arm, disarm };
}

/** The timer that the caller has just fired; not reported again. */
function firedBy({ timers }: Positions, stimulus: Extract<Stimulus, { kind: 'timer' }>): string | undefined {
  return stimulus.timer ?? timers.find(({ element }) => element === stimulus.event)?.id;
}

function callsOf(run: EngineRun, before: Positions, after: Positions): readonly ServiceCall[] {
  const old = tokensOf(before);
  return after.rests
    .filter(({ kind, token }) => kind === 'service' && !old.has(token))
    .map((rest) => {
      const behaviour = run.compiled.elements.get(rest.element)?.behaviour;
      const [handler, decision] = [behaviour?.['handler'], behaviour?.['decision']];
      return {
        element: rest.element,
        token: rest.token,
        ...(typeof handler === 'string' ? { handler } : {}),
        ...(typeof decision === 'string' ? { decision } : {}),
        ...locals(run, rest),
      };
    });
}

function waitingOf({ rests }: Positions): StepResult['waiting'] {
  return rests
    .map(({ element, token }) => ({ element, token }))
    .sort((a, b) => compare(a.element, b.element) || compare(a.token, b.token));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function cancelled(before: Positions): StepResult & { readonly state: State } {
  return {
    state: null,
    events: [
      ...before.rests.map(({ element, token }) => ({ kind: 'cancelled' as const, element, token })),
      { kind: 'ended', how: 'cancelled' },
    ],
    timers: { arm: [], disarm: before.timers.map(({ id }) => id) },
    calls: [],
    waiting: [],
    assigned: {},
    ended: true,
  };
}

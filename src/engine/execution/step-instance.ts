/** One stimulus to one instance, with the handlers it calls: one entry of the trail. */
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { ElementAnnotation } from '../model/index.js';
import type { ClockMove, Handlers, PastEntry, Sealed, StandInsOf, UnitOfRole } from '../ports.js';
import type {
  Runtime,
  ServiceCall,
  StepEvent,
  StepResult,
  Stimulus,
  Variables,
} from '../runtime/interface.js';
import { countRounds } from '../runtime/rounds.js';
import { createArming } from './arming.js';
import { taskKey, type CaseDraft, type Instance, type OpenDeadline, type OpenTask } from './case-file.js';
import { remembered, runningLimit, type LimitClock } from './clocks.js';
import { checkAsked, lawAt } from './extension.js';
import type { Definitions, DeployedDefinition } from './definitions.js';
import { decideTask } from './decide-task.js';
import { checkClaimants, deedsOf, forbiddenIn } from './deeds.js';
import { asEvidence, entryBody, levelsIn } from './entry.js';
import { historyOf } from './history.js';
import { lightsAfter } from './lights.js';
import { variablesOf, withWritten } from './own-variables.js';
import type { DueDates, Policies } from '../../kernel/timer-spec.js';

export interface StepDeps {
  readonly definitions: Definitions;
  readonly dueDates: DueDates;
  readonly handlers: Handlers;
  readonly policies: Policies;
  readonly laws: Laws;
  /** Without it, every task belongs to its own role. */
  readonly standInsOf?: StandInsOf;
  /** Without it, a task belongs to a unit only if it is repeated for it. */
  readonly unitOfRole?: UnitOfRole;
  readonly runtime: Runtime;
  /** When the program records the step; the legal instant is the command's. */
  readonly recordedAt: Date;
  /** The case's trail before this command, or why it is unreliable; read only if a handler needs it. */
  readonly history?: readonly PastEntry[] | Refusal;
}

/** One stimulus for one instance, with its data for the trail. */
export interface Pending {
  readonly instance: number;
  readonly stimulus: Stimulus;
  readonly at: Date;
  readonly type: string;
  readonly about: { readonly [key: string]: Json };
  readonly sealed?: readonly Sealed[];
  /** Variables that came with the stimulus. */
  readonly given?: Variables;
  /** The deadline that fell due. */
  readonly fired?: OpenDeadline;
  /** The clock of the timers that the stimulus arms, if it differs from their limit's. */
  readonly clock?: LimitClock;
  /** Set for the first step of a new instance. */
  readonly starting?: {
    readonly deployed: DeployedDefinition;
    readonly called: { readonly [key: string]: number };
  };
}

export interface StepOutcome {
  readonly instance: number;
  readonly process: string;
  /** Messages thrown, in order. */
  readonly messages: readonly string[];
  /** Signals thrown that do not stay in the instance, in order. */
  readonly signals: readonly string[];
}

/** Tasks for people, as shown in worklists. At all other elements a token waits for the outside world. */
const isHumanWork = ({ type, catches }: ElementAnnotation): boolean =>
  type === 'bpmn:UserTask' ||
  type === 'bpmn:ManualTask' ||
  // Only a person can say that the awaited thing has come.
  (type === 'bpmn:ReceiveTask' && catches === null);

export function stepInstance(draft: CaseDraft, pending: Pending, deps: StepDeps): StepOutcome {
  const before = draft.instances.get(pending.instance);
  if (!pending.starting && !before) {
    throw new Refusal(
      'stimulus.ended',
      `工单 ${draft.businessKey} 的第 ${pending.instance} 个流程实例已经结束`,
      {
        remedy: '刷新工单，查看当前待办',
      },
    );
  }
  const deployed = pending.starting?.deployed ?? deps.definitions.byId(before?.definitionId ?? 0);
  const called = pending.starting?.called ?? before?.called ?? {};
  const definition = deps.definitions.pinned(deployed, called);

  const events: StepEvent[] = [];
  /** A circle may consist of handlers, which answer at once, so rounds are counted. */
  const rounds = countRounds(definition);
  const deeds: JsonObject[] = [];
  const { stimulus, clock } = pending;
  const begins = stimulus.kind === 'rearm' ? undefined : clock;
  const arming = createArming(draft, { instance: pending.instance, at: pending.at, deployed, begins }, deps);
  const { own } = deployed.annotations;
  /** Answers of a handler, until its task is completed with them. */
  let answered: Variables = {};
  const variables = (): Variables => ({
    ...variablesOf(draft.variables, own, pending.instance),
    ...answered,
  });
  const write = (written: Variables): void => {
    draft.variables = withWritten(draft.variables, written, own, pending.instance);
  };
  if (pending.given) write(pending.given);
  let state = before?.state ?? null;

  /** Local variables of the token where it waits, or has waited in this step. */
  const localsAt = (element: string, token: string): JsonObject | undefined => {
    const passing = events.findLast(
      (event) =>
        (event.kind === 'left' || event.kind === 'entered') &&
        event.element === element &&
        event.token === token,
    );
    if (passing && 'locals' in passing && passing.locals) return passing.locals;
    const arrival = events.findLast(
      (event) => event.kind === 'waiting' && event.element === element && event.token === token,
    );
    if (arrival?.kind === 'waiting') return arrival.locals;
    return draft.tasks.get(taskKey({ instance: pending.instance, token, element }))?.locals ?? undefined;
  };

  const calls: ServiceCall[] = [];
  const trial = (stimulus: Stimulus): StepResult =>
    deps.runtime.step(definition, state, stimulus, variables(), pending.at);
  const take = (stimulus: Stimulus, clock?: LimitClock): StepResult => {
    const result = trial(stimulus);
    state = result.state;
    for (const event of result.events) rounds.note(event);
    events.push(...result.events);
    write(result.assigned);
    const done = deedsOf(result.events, deployed.annotations, { variables, localsAt }, pending.at);
    deeds.push(...done);
    checkAsked(done, draft, pending.at, deps.laws, (clock) =>
      runningLimit(draft, pending.instance, deployed.annotations.timerOf(clock) ?? ''),
    );
    if (done.length > 0) checkClaimants(done, lawAt(draft, pending.at, deps.laws)?.claims, draft.said);
    const said = remembered(draft, done, pending.at, deps.laws);
    if (said) draft.said = said;
    arming.note(result.timers, clock);
    // Moving a clock may let a condition fire whose path calls a handler.
    calls.push(...result.calls);
    return result;
  };

  const rearms = clock !== undefined && stimulus.kind === 'rearm';
  let result = rearms ? trial(stimulus) : take(stimulus);
  if (rearms) arming.rearm(stimulus.events, clock, { trial, real: take });
  const computed: { [name: string]: JsonObject[string] } = {};
  const moves: ClockMove[] = [];
  const decisions: JsonObject[] = [];
  if (rearms && calls.length === 0) calls.push(...result.calls);
  for (let call = calls.shift(); call; call = calls.shift()) {
    const answer =
      call.decision === undefined
        ? runHandler(call, variables(), draft, pending, { ...deps, annotations: deployed.annotations })
        : runDecision(call, call.decision, variables(), before?.startedAt ?? pending.at);
    if (answer.decision) decisions.push(answer.decision);
    answered = answer.variables ?? {};
    Object.assign(computed, answer.variables);
    for (const move of answer.clocks ?? []) {
      arming.move(move, { trial, real: take });
      moves.push(move);
    }
    answered = {};
    result = take(answer.stimulus);
  }

  function runDecision(call: ServiceCall, key: string, given: Variables, startedAt: Date): Answer {
    const { variables: written, record } = decideTask(deps.definitions, {
      element: call.element,
      key,
      variables: { ...given, ...call.locals },
      policies: deps.policies.at(draft.startedAt),
      startedAt,
      now: pending.at,
      recordedAt: deps.recordedAt,
    });
    const at = { task: call.element, token: call.token };
    const stimulus: Stimulus = { kind: 'complete', ...at, variables: written };
    return { stimulus, variables: written, decision: record };
  }

  if (result.state === null) {
    draft.instances.delete(pending.instance);
    for (const [key, deadline] of draft.deadlines) {
      if (deadline.instance === pending.instance) draft.deadlines.delete(key);
    }
  } else {
    draft.instances.set(pending.instance, {
      number: pending.instance,
      definitionId: deployed.id,
      called,
      state: result.state,
      startedAt: before?.startedAt ?? pending.at,
    } satisfies Instance);
  }
  refreshTasks(draft, pending, result, events, deployed);
  const levels = levelsIn(events, deployed);
  const running = [deployed, ...Object.values(called).map((id) => deps.definitions.byId(id))];
  const goesFar = (signal: string): boolean =>
    running.some(({ annotations }) => annotations.signals.thrown.has(signal));
  const law = lawAt(draft, pending.at, deps.laws);
  const forbidden = deeds.length > 0 && law ? forbiddenIn(deeds, law.forbids) : [];
  const passed = pending.fired && deployed.annotations.element(pending.fired.element)?.clock;
  draft.lights = lightsAfter(draft.lights, {
    instance: pending.instance,
    ended: result.state === null,
    events,
    levels,
    fired: pending.fired,
    rearmed: arming.rearmed,
  });
  draft.entries.push({
    stream: draft.businessKey,
    type: pending.type,
    at: pending.at,
    body: entryBody({
      deployed,
      instance: pending.instance,
      events,
      deeds,
      waiting: result.waiting.map((waiting) => waiting.element),
      levels,
      armed: [...arming.armed.values()],
      withdrawn: arming.withdrawn,
      about: {
        ...pending.about,
        ...(passed ? { clock: passed } : {}),
        recordedAt: deps.recordedAt.toISOString(),
        ...(pending.starting && draft.instanceCount === 1
          ? { policies: deps.policies.at(draft.startedAt).version }
          : {}),
        ...(decisions.length > 0 ? { decisions } : {}),
        ...(forbidden.length > 0 ? { forbidden } : {}),
        ...(moves.length > 0 ? { clocks: moves.map((move) => ({ ...move })) } : {}),
        ...(arming.rearmed.size > 0 ? { rearmed: [...arming.rearmed] } : {}),
        ...(Object.keys(computed).length > 0 ? { computed: asEvidence(computed) } : {}),
      },
    }),
    ...(pending.sealed ? { sealed: pending.sealed } : {}),
  });
  return {
    instance: pending.instance,
    process: deployed.key,
    messages: events.flatMap((event) =>
      event.kind === 'thrown' && event.what === 'message' ? [event.name] : [],
    ),
    signals: events.flatMap((event) =>
      event.kind === 'thrown' && event.what === 'signal' && goesFar(event.name) ? [event.name] : [],
    ),
  };
}

interface Answer {
  readonly stimulus: Stimulus;
  readonly variables?: JsonObject;
  readonly clocks?: readonly ClockMove[];
  readonly decision?: JsonObject;
}

function runHandler(
  call: ServiceCall,
  variables: Variables,
  draft: CaseDraft,
  pending: Pending,
  deps: StepDeps & Pick<DeployedDefinition, 'annotations'>,
): Answer {
  const handler = call.handler === undefined ? undefined : deps.handlers.get(call.handler);
  if (!handler) {
    throw new Refusal(
      'handler.unknown',
      `服务任务 ${call.element} 的处理程序 ${call.handler ?? '（未指定）'} 没有登记`,
      {
        where: call.element,
        remedy: '在流程图中改用已登记的处理程序',
      },
    );
  }
  const at = { task: call.element, token: call.token };
  const policies = deps.policies.at(draft.startedAt);
  const result = handler({
    caseId: draft.id,
    businessKey: draft.businessKey,
    element: call.element,
    clock: deps.annotations.element(call.element)?.clock ?? undefined,
    instance: pending.instance,
    variables: { ...variables, ...call.locals },
    locals: call.locals ?? {},
    now: pending.at,
    policies,
    laws: deps.laws.binding(draft, pending.at),
    history: () => historyOf(deps.history, draft.entries),
    due: (length, from) => deps.dueDates.due(length, from, { policies }).at,
  });
  if ('error' in result) return { stimulus: { kind: 'error', ...at, code: result.error } };
  if ('escalation' in result) return { stimulus: { kind: 'escalation', ...at, code: result.escalation } };
  return {
    stimulus: { kind: 'complete', ...at, ...(result.variables ? { variables: result.variables } : {}) },
    ...(result.variables ? { variables: result.variables } : {}),
    ...(result.clocks ? { clocks: result.clocks } : {}),
  };
}

/** The open tasks of the instance are exactly the human tasks at which its tokens wait now. */
function refreshTasks(
  draft: CaseDraft,
  pending: Pending,
  result: StepResult,
  events: readonly StepEvent[],
  deployed: DeployedDefinition,
): void {
  const resting = new Map<string, OpenTask>();
  for (const { element, token, locals } of result.waiting) {
    const annotation = deployed.annotations.element(element);
    if (!annotation || !isHumanWork(annotation)) continue;
    const key = taskKey({ instance: pending.instance, token, element });
    const known = draft.tasks.get(key);
    // A token that returned to its task within the step has reopened it, with a new form.
    const arrival = events.findLast(
      (event) => event.kind === 'waiting' && event.element === element && event.token === token,
    );
    const still = arrival ? undefined : known;
    resting.set(
      key,
      (still && locals && JSON.stringify(locals) !== JSON.stringify(still.locals)
        ? { ...still, locals }
        : still) ?? {
        instance: pending.instance,
        token,
        process: deployed.key,
        element,
        name: annotation.name,
        role: annotation.role,
        locals: locals ?? (arrival?.kind === 'waiting' ? (arrival.locals ?? null) : null),
        deeds: annotation.deeds.filter(({ on }) => on === 'done').map(({ name }) => name),
        openedAt: pending.at,
      },
    );
  }
  for (const [key, task] of draft.tasks) {
    if (task.instance === pending.instance && !resting.has(key)) draft.tasks.delete(key);
  }
  for (const [key, task] of resting) draft.tasks.set(key, task);
}

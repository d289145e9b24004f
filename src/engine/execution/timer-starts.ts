/**
 * When a timer starts a process. A date: once, then. A duration: once, counted from when the
 * version came into force. A cycle with a first instant: at its regular instants; one without:
 * counted from the last start. Kind of days, edge and policy are those of any timer; a cycle with a
 * first instant that counts working days moves from days off to the next working day.
 */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { flowNodes, type Definition } from '../model/definition.js';
import { eventDefinitions } from '../model/bpmn-types.js';
import { repetitions, timerSpec } from '../model/timer-spec.js';
import type { DeployedDefinition } from './definitions.js';
import type { DueDates, Policies, TimerSpec } from '../../kernel/timer-spec.js';

/** @throws {Refusal} `timer.invalid` for a timer that depends on a case, because there is none yet */
export function startTimer(definition: Definition, event: string): TimerSpec {
  const timerOn = (id: string) => {
    const node = flowNodes(definition).get(id);
    return node && eventDefinitions(node).find(({ $type }) => $type === 'bpmn:TimerEventDefinition');
  };
  const timer = timerOn(event);
  const evaluate = (): never => {
    throw new Refusal(
      'timer.invalid',
      `定时开始事件 ${event} 的时间不能用表达式：还没有工单，没有变量可算。`,
      {
        where: event,
      },
    );
  };
  if (!timer) return evaluate();
  return timerSpec({ event, timer, timerOn, evaluate });
}

/** Starts of one start event in one version so far. */
interface StartsSoFar {
  /** The version's first instant. */
  readonly from: Date;
  /** The last instant at which the event started a case, in any version. */
  readonly last: Date | null;
  /** Number of starts in this version. */
  readonly fired: number;
}

/** The next instant after those so far; undefined if the timer has none left. @throws {Refusal} as `DueDates.due` */
export function nextStart(
  spec: TimerSpec,
  { from, last, fired }: StartsSoFar,
  { dueDates, policies }: { readonly dueDates: DueDates; readonly policies: Policies },
): { readonly at: Date; readonly derivation: JsonObject } | undefined {
  if (fired >= repetitions(spec)) return undefined;
  const since = last && last > from ? last : from;
  const counted = spec.kind === 'cycle' ? since : from;
  const { at, derivation } = dueDates.due(spec, counted, { policies: policies.at(since) });
  // Skips a date that had passed when the version came into force, or that an earlier version has
  // fired.
  return at < from || (last && at <= last) ? undefined : { at, derivation };
}

/**
 * The next instant, after the given one, of the timer whose start the program prepares; undefined
 * if the definition has no such start, or its timer has no instant left.
 */
export function nextPrepared(
  { definition, annotations }: DeployedDefinition,
  prepare: string,
  after: Date,
  ports: { readonly dueDates: DueDates; readonly policies: Policies },
): Date | undefined {
  const start = annotations.timerStarts.find((one) => one.prepare === prepare);
  if (!start) return undefined;
  return nextStart(startTimer(definition, start.event), { from: after, last: null, fired: 0 }, ports)?.at;
}

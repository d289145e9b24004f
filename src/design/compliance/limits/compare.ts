/** Compares a timer with a legal number of working days, from many starts. */
import {
  calendarOfDays,
  createDueDates,
  dayNumberOf,
  startOfDay,
  limitInWords,
  type CivilDate,
} from '../../../calendar/model/index.js';
import { feel, timerSpec, type FlowNode } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';
import type { CheckContext } from '../context.js';
import type { Subject } from '../subject.js';
import { timerOf } from './timer.js';
import { limitsOf } from '../../../kernel/law-of-content.js';
import { lengthOf } from '../../../kernel/limit.js';
import { clockReferred, underLaw, type DueDates, type TimerSpec } from '../../../kernel/timer-spec.js';

/** For each policy that sets the timer's length, the longest permitted value. */
type Longest = { readonly [key: string]: string };

export type Comparison =
  | {
      readonly kind: 'looser';
      readonly because: string;
      readonly example: string;
      readonly start: Date;
      readonly policies: Longest;
    }
  /** `natural`: the timer does not count working days; includes an example. */
  | { readonly kind: 'not-looser'; readonly natural: boolean; readonly example: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Days back from the end of the calendar: two years contain all kinds of holidays and make-up days. */
const daysBack = 2 * 366;
/** Starts, in minutes after midnight. */
const times = [10 * 60 + 30, 23 * 60 + 59];

export function comparedWithLaw(subject: Subject, limit: FlowNode, workingDays: number): Comparison {
  const { context } = subject;
  const spec = specOf(subject, limit);
  if (typeof spec === 'string') return { kind: 'unknown', why: spec };
  const policies = policiesOf(spec);
  const unknownPolicy = policies.find((key) => !context.policies.some((one) => one.key === key));
  if (unknownPolicy !== undefined)
    return { kind: 'unknown', why: `由政策 ${unknownPolicy} 决定，没有这项政策` };
  const terms = { policies: { version: 1, value: (key: string) => longestOf(context, key, policies) } };
  const law: TimerSpec = { kind: 'duration', text: `P${workingDays}D`, unit: 'working-days', edge: 'end' };
  const due = dueDatesOf(context);
  try {
    const compared = compare(due, spec, law, terms, startsOf(context), because(context, policies));
    if (compared.kind !== 'looser') return compared;
    const longest = policies.map((key) => [key, longestOf(context, key, policies) ?? ''] as const);
    return { ...compared, policies: Object.fromEntries(longest) };
  } catch (cause) {
    if (cause instanceof Refusal) return { kind: 'unknown', why: `算不出来（${cause.message}）` };
    throw cause;
  }
}

function compare(
  due: DueDates,
  spec: TimerSpec,
  law: TimerSpec,
  terms: Parameters<DueDates['due']>[2],
  starts: readonly Date[],
  because: string,
): Comparison {
  let worst: { readonly start: Date; readonly by: number } | undefined;
  let mildest: typeof worst;
  for (const start of starts) {
    const by = due.due(spec, start, terms).at.getTime() - due.due(law, start, terms).at.getTime();
    if (worst === undefined || by > worst.by) worst = { start, by };
    if (mildest === undefined || by < mildest.by) mildest = { start, by };
  }
  if (worst === undefined || mildest === undefined) return { kind: 'unknown', why: '没有可比的工作日历' };
  const said = ({ start }: { readonly start: Date }): string =>
    `${limitInWords(start)} 起算的，法定到 ${limitInWords(due.due(law, start, terms).at)} 为止，图上到 ${limitInWords(due.due(spec, start, terms).at)}。`;
  if (worst.by > 0)
    return { kind: 'looser', because, example: said(worst), start: worst.start, policies: {} };
  const natural = spec.unit !== 'working-days' || /T/.test(spec.text);
  return { kind: 'not-looser', natural, example: said(mildest) };
}

/** The timer's specification, or in Chinese why it has none. */
function specOf({ elements, context }: Subject, limit: FlowNode): TimerSpec | string {
  const nodes = new Map(elements.nodes.map((node) => [node.id, node]));
  const timer = timerOf(limit);
  if (!timer) return '没有定时器';
  try {
    const spec = timerSpec({
      event: limit.id ?? '',
      timer,
      timerOn: (event) => timerOf(nodes.get(event)),
      evaluate: (text) => feel(text).value({}, new Date(0)),
    });
    const clock = clockReferred(spec);
    if (clock === undefined) return spec;
    const rule = limitsOf(context.norms, context.vocabulary.clocks)[clock];
    const length = rule && lengthOf(rule, {});
    return length ? underLaw(spec, length) : '依条例计，条例没有写出数字';
  } catch (cause) {
    if (cause instanceof Refusal) return `要到运行时才知道（${cause.message}）`;
    throw cause;
  }
}

const policiesOf = ({ policy, relative }: TimerSpec): readonly string[] => [
  ...(policy === undefined ? [] : [policy]),
  ...(relative ? policiesOf(relative.to) : []),
];

const because = ({ policies }: CheckContext, keys: readonly string[]): string => {
  const [policy] = policies.filter(({ key }) => keys.includes(key));
  return policy === undefined
    ? ''
    : `（政策“${policy.label}”最长可定为 ${policy.values.at(-1) ?? policy.value}）`;
};

/** The longest value that the policy permits; the policies on counting days are taken as in force. */
function longestOf({ policies }: CheckContext, key: string, lengths: readonly string[]): string | undefined {
  const policy = policies.find((one) => one.key === key);
  return lengths.includes(key) ? (policy?.values.at(-1) ?? policy?.value) : policy?.value;
}

function startsOf({ calendar }: CheckContext): readonly Date[] {
  const first = dayNumberOf(calendar.from as CivilDate);
  const last = first + calendar.days.length;
  // Leaves out the last weeks, whose limits would reach unpublished days.
  const days = Array.from(
    { length: Math.max(0, Math.min(daysBack, calendar.days.length - 40)) },
    (_, index) => last - 40 - index,
  );
  return days
    .reverse()
    .flatMap((day) => times.map((minutes) => new Date(startOfDay(day).getTime() + minutes * 60_000)));
}

const kept = new WeakMap<object, DueDates>();

function dueDatesOf({ calendar }: CheckContext): DueDates {
  const known = kept.get(calendar);
  if (known) return known;
  const made = createDueDates({ calendar: calendarOfDays(calendar) });
  kept.set(calendar, made);
  return made;
}

/** Refusals for faults in a timer's text. */
import { Refusal } from '../kernel/refusal.js';
import type { TimerSpec } from '../kernel/timer-spec.js';

/** Turns a refusal of a date inside the timer's text into a refusal of the timer. */
export function reading<T>(spec: TimerSpec, text: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    throw invalid(spec, text, cause.message, cause.remedy, cause);
  }
}

/** Refuses lengths beyond what `Date` and the database can hold. */
export function checked(spec: TimerSpec, at: Date): Date {
  const time = at.getTime();
  if (time >= Date.UTC(1970, 0, 1) && time < Date.UTC(9999, 0, 1)) return at;
  throw invalid(spec, spec.text, '算出的时刻超出公历 1970—9999 年');
}

export function invalid(
  spec: TimerSpec,
  text: string,
  detail: string,
  remedy?: string,
  cause?: unknown,
): Refusal {
  const place =
    spec.policy === undefined ? (spec.setBy ? `（${spec.setBy}）` : '') : `（政策 ${spec.policy}）`;
  return new Refusal('timer.invalid', `时限“${text}”${place}：${detail}`, {
    ...(remedy === undefined ? {} : { remedy }),
    ...(spec.policy === undefined ? {} : { where: spec.policy }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The result of a replayed case, from its trail. */
import { armedFor, clockPassed, levelsIn } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { civilDateOfDay, dayOfLimit, toShanghaiIso } from '../../kernel/civil-date.js';
import type { Message } from './message.js';

export interface ReplayLine {
  readonly no: string;
  readonly receivedAt: string;
  /** End of the reply limit; the end of a day is the next day's 00:00, +08:00. */
  readonly due: string;
  /** The last day to act. */
  readonly dueDate: string;
  readonly repliedAt: string;
  readonly late: boolean;
  readonly escalations: readonly { readonly level: string; readonly at: string }[];
  readonly outcome: string;
}

/** The clock of the limit to reply, in the regulation's vocabulary. */
const replyLimit = 'reply';

export function replayLine(message: Message, trail: readonly TrailEntry[], outcome: unknown): ReplayLine {
  const due = replyDue(trail);
  return {
    no: message.no,
    receivedAt: toShanghaiIso(message.receivedAt),
    due: due ? toShanghaiIso(due) : '',
    dueDate: due ? civilDateOfDay(dayOfLimit(due)) : '',
    repliedAt: toShanghaiIso(message.repliedAt),
    late: trail.some((entry) => clockPassed(entry) === replyLimit),
    escalations: trail.flatMap((entry) =>
      levelsIn(entry).map((level) => ({ level, at: toShanghaiIso(entry.at) })),
    ),
    outcome: typeof outcome === 'string' ? outcome : '',
  };
}

function replyDue(trail: readonly TrailEntry[]): Date | undefined {
  const [armed] = trail.flatMap((entry) => armedFor(entry, replyLimit) ?? []);
  return armed && new Date(armed.due ?? Number.NaN);
}

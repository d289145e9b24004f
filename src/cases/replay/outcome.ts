/** Reads the result of a replayed case from its trail. */
import { beginning, step } from '../../accountability/course/index.js';
import { levelsIn } from '../../accountability/events/index.js';
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

/** The clock that limits the reply, in the regulation's vocabulary. */
const replyLimit = 'reply';

export function replayLine(message: Message, trail: readonly TrailEntry[], outcome: unknown): ReplayLine {
  const { due, late } = replyOf(trail);
  return {
    no: message.no,
    receivedAt: toShanghaiIso(message.receivedAt),
    due: due ? toShanghaiIso(due) : '',
    dueDate: due ? civilDateOfDay(dayOfLimit(due)) : '',
    repliedAt: toShanghaiIso(message.repliedAt),
    late,
    escalations: trail.flatMap((entry) =>
      levelsIn(entry).map((level) => ({ level, at: toShanghaiIso(entry.at) })),
    ),
    outcome: typeof outcome === 'string' ? outcome : '',
  };
}

/** The reply limit as first set, and whether it has passed. */
function replyOf(trail: readonly TrailEntry[]) {
  let course = beginning;
  let due: Date | null | undefined;
  for (const entry of trail) {
    course = step(course, entry);
    due ??= course.turn.armed.find(({ clock }) => clock === replyLimit)?.due;
  }
  return { due, late: course.lapses.some(({ clock }) => clock === replyLimit) };
}

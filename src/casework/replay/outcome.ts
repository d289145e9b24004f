/** The result of a replayed case, from its trail. */
import type { TrailEntry } from '../../accountability/index.js';
import { civilDateOfDay, dayOfLimit, toShanghaiIso } from '../../calendar/index.js';
import { isJsonObject } from '../../kernel/index.js';
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

/** The timer of Art 24's five working days in `processes/handling.bpmn`. */
const replyLimit = 'Timer_ReplyLimit';

export function replayLine(message: Message, trail: readonly TrailEntry[], outcome: unknown): ReplayLine {
  const due = replyDue(trail);
  return {
    no: message.no,
    receivedAt: toShanghaiIso(message.receivedAt),
    due: due ? toShanghaiIso(due) : '',
    dueDate: due ? civilDateOfDay(dayOfLimit(due)) : '',
    repliedAt: toShanghaiIso(message.repliedAt),
    late: trail.some(({ type, body }) => type === 'timer.fired' && body.of === replyLimit),
    escalations: trail.flatMap(({ at, body }) =>
      Array.isArray(body.levels)
        ? body.levels.map((level) => ({ level: String(level), at: toShanghaiIso(at) }))
        : [],
    ),
    outcome: typeof outcome === 'string' ? outcome : '',
  };
}

function replyDue(trail: readonly TrailEntry[]): Date | undefined {
  for (const { body } of trail) {
    for (const armed of Array.isArray(body.armed) ? body.armed : []) {
      if (isJsonObject(armed) && armed.element === replyLimit)
        return new Date(typeof armed.due === 'string' ? armed.due : Number.NaN);
    }
  }
  return undefined;
}

/** The user's last text on a sheet, offered for the next text. */
import type { Output } from '../../api/client.js';
import { actor } from '../../session/session.js';

export interface OwnText {
  readonly title: string;
  readonly text: string;
}

export function lastOwnText({ trail }: Output<'readWorkOrder'>): OwnText | undefined {
  const entry = trail.findLast(
    (one) =>
      one.type === 'task.completed' && one.actor === actor.value && Object.values(one.sealed).length > 0,
  );
  const text = entry && Object.values(entry.sealed).at(-1);
  return text === undefined || entry === undefined ? undefined : { title: entry.title, text };
}

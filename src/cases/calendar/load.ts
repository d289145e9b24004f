/** Loads a notice in one transaction; the recomputation runs afterwards. */
import { addRecomputation, loadNotice, lockCalendar } from '../../calendar/index.js';
import { addJobs } from '../../platform/jobs/index.js';
import { changeBy, type ChangedDay } from './change.js';
import { recomputationJob } from './job.js';
import { noticeDigest } from './notice-projector.js';
import type { NoticeFile } from './notice-file.js';
import type { Using } from '../parts.js';

export type LoadDeps = Using<'calendar' | 'clock' | 'database' | 'trail'>;

export interface LoadedNotice {
  readonly notice: number;
  /** False if this notice was already loaded. */
  readonly added: boolean;
  readonly days: readonly ChangedDay[];
}

/**
 * Stores the notice with its trail entry and orders the recomputation. From its commit on, all programs compute with
 * the new calendar.
 *
 * @throws {Refusal} `calendar.invalid`
 */
export async function loadCalendarNotice(
  deps: LoadDeps,
  file: NoticeFile,
  actor: string,
): Promise<LoadedNotice> {
  const loaded = await deps.database.transaction(async (transaction) => {
    await lockCalendar(transaction);
    const { known, days } = await changeBy(transaction, deps.calendar, file);
    if (known !== undefined) return { notice: known, added: false, days };
    const { notice, sha256 } = file;
    const at = deps.clock.now();
    const { id } = await loadNotice(transaction, notice, { file: sha256, at, by: actor });
    const [first, last] = [days[0], days.at(-1)];
    await addRecomputation(transaction, id, first && last && { first: first.date, last: last.date });
    const body = {
      document: notice.document,
      actor,
      sha256,
      days: days.map((day) => ({ ...day })),
      title: notice.title,
      content: noticeDigest(notice),
    };
    await deps.trail.append(transaction, [{ stream: 'calendar', type: 'calendar.loaded', at, body }]);
    addJobs(transaction, recomputationJob, [{ payload: { notice: id } }]);
    return { notice: id, added: true, days };
  });
  deps.calendar.forget();
  return loaded;
}

/** Previews the effect of loading a notice, without locks or changes. */
import { createDueDates, type RecomputationCounts } from '../../calendar/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { deadlineReasons, loadCases, movedDeadlines, type WrongCard } from '../../engine/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { affectedCases, firedAbout } from './affected.js';
import { changeBy, spanOf, type ChangedDay } from './change.js';
import { wrongCards } from './fired-cards.js';
import type { NoticeFile } from './notice-file.js';
import type { Using } from '../parts.js';

export interface CalendarPreview {
  readonly document: string;
  /** True if the notice was already loaded. */
  readonly known: boolean;
  readonly days: readonly ChangedDay[];
  /**
   * Number of cases possibly affected, and how many of them, evenly spread, were examined; `counts`
   * refers to the examined ones.
   */
  readonly concerned: number;
  readonly examined: number;
  readonly counts: RecomputationCounts & { readonly cases: number };
  /** The first moved deadlines, ordered by case. */
  readonly deadlines: readonly PreviewedMove[];
  readonly revoked: readonly (WrongCard & { readonly workOrder: string })[];
}

interface PreviewedMove {
  readonly workOrder: string;
  readonly element: string;
  readonly from: Date;
  readonly to: Date;
  readonly provisional: boolean;
}

export type PreviewDeps = Using<'calendar' | 'database' | 'policies' | 'trail'>;

const batch = 200;
const mostListed = 200;
/** Most cases examined, which takes about a second. */
const mostExamined = 2000;

/**
 * @param examine most cases to examine
 * @throws {Refusal} `calendar.invalid`
 */
export async function previewNotice(
  deps: PreviewDeps,
  file: NoticeFile,
  examine = mostExamined,
): Promise<CalendarPreview> {
  const { change, span, affected } = await deps.database.transaction(async (transaction) => {
    await deps.policies.refresh(transaction);
    const change = await changeBy(transaction, deps.calendar, file);
    const [first, last] = [change.days[0], change.days.at(-1)];
    const span = first && last && spanOf(first.date, last.date);
    return { change, span, affected: span ? await affectedCases(transaction, deps.trail, span) : [] };
  });
  const dueDates = createDueDates({ calendar: change.future });
  const deadlines: PreviewedMove[] = [];
  const revoked: CalendarPreview['revoked'][number][] = [];
  const counts = { cases: 0, moved: 0, settled: 0, revoked: 0 };

  const look = async (transaction: Transaction, ids: readonly string[]): Promise<void> => {
    const files = await loadCases(transaction, ids);
    const reasons = await deadlineReasons(transaction, ids);
    const keys = [...files.values()].map(({ businessKey }) => businessKey);
    const fired = span ? await firedAbout(transaction, deps.trail, span, keys) : [];
    const trails = await deps.trail.read(transaction, fired);
    for (const file of files.values()) {
      const terms = { policies: deps.policies.at(file.startedAt) };
      const workOrder = file.businessKey;
      const moves = movedDeadlines(file, reasons.get(file.id) ?? new Map(), dueDates, terms);
      const wrong = wrongCards(trails.get(workOrder) ?? [], dueDates);
      const moved = moves.filter(({ before, after }) => before.dueAt.getTime() !== after.dueAt.getTime());
      if (moves.length + wrong.revoked.length + wrong.redated.length > 0) counts.cases += 1;
      counts.moved += moved.length + wrong.redated.length;
      counts.settled += moves.length - moved.length;
      counts.revoked += wrong.revoked.length;
      const listed = [
        ...moves.map(({ before: { element, dueAt: from }, after: { dueAt: to, provisional } }) => ({
          workOrder,
          element,
          from,
          to,
          provisional,
        })),
        ...wrong.redated.map(({ element, at: from, due: to }) => ({
          workOrder,
          element,
          from,
          to,
          provisional: false,
        })),
      ];
      deadlines.push(...listed.slice(0, mostListed - deadlines.length));
      for (const card of wrong.revoked.slice(0, mostListed - revoked.length))
        revoked.push({ ...card, workOrder });
    }
  };
  const examined = spread(affected, examine);
  for (let start = 0; start < examined.length; start += batch) {
    const ids = examined.slice(start, start + batch);
    await deps.database.transaction((transaction) => look(transaction, ids));
  }
  return {
    document: file.notice.document,
    known: change.known !== undefined,
    days: change.days,
    concerned: affected.length,
    examined: examined.length,
    counts,
    deadlines,
    revoked,
  };
}

/** Takes a sample at even distances. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => index === 0 || Math.floor(index / step) > Math.floor((index - 1) / step));
}

/** For API and command line; instants as ISO 8601 with +08:00. */
export function previewAsJson({ deadlines, revoked, ...rest }: CalendarPreview) {
  return {
    ...rest,
    days: [...rest.days],
    deadlines: deadlines.map((one) => ({
      ...one,
      from: toShanghaiIso(one.from),
      to: toShanghaiIso(one.to),
    })),
    revoked: revoked.map(({ workOrder, element, levels, entry, at, due }) => ({
      workOrder,
      element,
      levels: [...levels],
      entry,
      at: toShanghaiIso(at),
      due: toShanghaiIso(due),
    })),
  };
}

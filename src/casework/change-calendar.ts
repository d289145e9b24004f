/**
 * A new schedule: what it would move, and, once loaded, moving it. Cases go in batches, each a transaction of its own,
 * so that others work on; where it was broken off, the same file once more does the rest.
 */
import { createHash } from 'node:crypto';
import type { Trail } from '../accountability/index.js';
import {
  changedDays,
  createDueDates,
  createWorkingCalendar,
  loadNotice,
  readNotices,
  type CalendarKeeper,
  type CalendarSource,
} from '../calendar/index.js';
import {
  deadlineReasons,
  loadCases,
  lockCases,
  movedDeadlines,
  openCaseIds,
  type Command,
  type Executor,
  type Policies,
} from '../engine/index.js';
import { Refusal, type Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import { wrongCards } from './given-cards.js';

interface CalendarChange {
  readonly document: string;
  /** Whether it was carried out, or only looked at. */
  readonly applied: boolean;
  /** Days that it changes: moved, or no longer provisional. */
  readonly days: readonly { readonly date: string; readonly working: boolean; readonly why: string }[];
  readonly deadlines: readonly {
    readonly workOrder: string;
    readonly element: string;
    readonly from: Date;
    readonly to: Date;
  }[];
  readonly revoked: readonly {
    readonly workOrder: string;
    readonly levels: readonly string[];
    readonly entry: number;
  }[];
}

interface CalendarChangeDeps {
  readonly database: Database;
  readonly calendar: CalendarKeeper;
  readonly executor: Executor;
  readonly policies: Policies;
  readonly trail: Trail;
  readonly clock: Clock;
}

const batch = 500;

/**
 * @param request.file the file's bytes; @param request.name how it is named in a refusal
 * @throws {Refusal} `calendar.invalid` for a bad file; nothing has changed then
 */
export async function changeCalendar(
  deps: CalendarChangeDeps,
  request: {
    readonly file: Uint8Array;
    readonly name: string;
    readonly document: string;
    readonly actor: string;
    readonly apply: boolean;
  },
): Promise<CalendarChange> {
  const notice = noticeOf(request);
  const sha256 = createHash('sha256').update(request.file).digest('hex');
  const at = deps.clock.now();
  const act = { file: sha256, at, by: request.actor };
  const { database, calendar, trail } = deps;
  calendar.forget();
  const old = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    return calendar.current();
  });
  const known = old.sources.some(({ document }) => document === request.document);
  refuseSettled(notice, old.sources);
  const future = known ? old : createWorkingCalendar([...old.sources, notice]);
  const days = changedDays(old, future).map(({ after }) => ({
    date: after.date,
    working: after.working,
    why: after.reason,
  }));
  if (request.apply) {
    await database.transaction(async (transaction) => {
      const added = await loadNotice(transaction, notice, act);
      if (!added) return;
      const body = { document: request.document, actor: request.actor, sha256, days, title: notice.title };
      await trail.append(transaction, [{ stream: 'calendar', type: 'calendar.loaded', at, body }]);
    });
    calendar.forget();
  }
  const dueDates = createDueDates({ calendar: future });
  const deadlines: CalendarChange['deadlines'][number][] = [];
  const revoked: CalendarChange['revoked'][number][] = [];
  for (let after = '0'; ;) {
    const page = await database.transaction(async (transaction) => {
      const ids = await openCaseIds(transaction, after, batch);
      const files = await (request.apply ? lockCases : loadCases)(transaction, ids);
      const reasons = await deadlineReasons(transaction, ids);
      const trails = await trail.read(
        transaction,
        [...files.values()].map(({ businessKey }) => businessKey),
      );
      const found = [...files.values()].map((file) => {
        const terms = { policies: deps.policies.at(file.startedAt) };
        return {
          file,
          moved: movedDeadlines(file, reasons.get(file.id) ?? new Map(), dueDates, terms),
          revoke: wrongCards(trails.get(file.businessKey) ?? [], dueDates, terms),
        };
      });
      const touched = found.filter(({ moved, revoke }) => moved.length + revoke.length > 0);
      if (request.apply && touched.length > 0) {
        const answers = await deps.executor.executeIn(
          transaction,
          touched.map(({ file, revoke }): Command => ({
            kind: 'recompute',
            caseId: file.id,
            at,
            actor: request.actor,
            document: request.document,
            revoke,
          })),
        );
        for (const { refusal } of answers) if (refusal) throw refusal;
      }
      return { last: ids.at(-1), touched };
    });
    for (const { file, moved, revoke } of page.touched) {
      const workOrder = file.businessKey;
      for (const { before, after: now } of moved) {
        deadlines.push({ workOrder, element: before.element, from: before.dueAt, to: now.dueAt });
      }
      for (const { levels, entry } of revoke) revoked.push({ workOrder, levels, entry });
    }
    if (page.last === undefined) break;
    after = page.last;
  }
  return { document: request.document, applied: request.apply, days, deadlines, revoked };
}

function noticeOf(request: {
  readonly file: Uint8Array;
  readonly name: string;
  readonly document: string;
}): CalendarSource & { readonly document: string } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(request.file);
  } catch (cause) {
    throw new Refusal('calendar.invalid', `${request.name} 不是 UTF-8 编码的文件`, {
      cause,
      remedy: unchanged,
    });
  }
  const [notice, second] = readNotices(text, request.name);
  if (!notice || second) {
    throw new Refusal('calendar.invalid', `${request.name} 里不是恰好一份通知`, {
      remedy: '一份通知一个文件,逐份载入;日历没有任何变动',
    });
  }
  if (notice.document !== undefined && notice.document !== request.document) {
    throw new Refusal(
      'calendar.invalid',
      `${request.name} 里的文号是 ${notice.document},给出的文号却是 ${request.document}`,
      { remedy: unchanged },
    );
  }
  return { ...notice, document: request.document };
}

/** What ships with the program is not in the database, so its years and documents are looked up here. */
function refuseSettled(notice: CalendarSource, sources: readonly CalendarSource[]): void {
  const standing = sources.find(
    (source) =>
      source.kind === 'schedule' &&
      source.document !== notice.document &&
      [...notice.years].some((year) => source.years.has(year)),
  );
  if (!standing) return;
  throw new Refusal('calendar.invalid', `《${notice.title}》的年份已有年度安排:《${standing.title}》`, {
    remedy: `若是后来的调整,kind 写 amendment;${unchanged}`,
  });
}

const unchanged = '改正后再载入;日历没有任何变动';

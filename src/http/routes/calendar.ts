import {
  answerDue,
  comparisonAsJson,
  comparisonSince,
  dayAsJson,
  dueAsJson,
  findRecomputation,
  listRecomputations,
  parseCount,
  type WorkingCalendar,
  type CalendarSource,
  type Recomputation,
} from '../../calendar/index.js';
import { civilDateOfDay, dayNumberOf, parseCivilDate } from '../../kernel/civil-date.js';
import { loadCalendarNotice, previewAsJson, previewNotice, readNoticeFile } from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import type { Said } from '../contract/operation.js';
import type { recomputation } from '../contract/calendar.js';

const mostDays = 1000;

export function calendarHandlers(
  deps: HttpDeps,
): Pick<
  Handlers,
  | 'loadNotice'
  | 'previewNotice'
  | 'listNotices'
  | 'readCalendarDays'
  | 'computeDue'
  | 'compareCalendarSources'
> {
  const inUse = async (transaction: Transaction): Promise<WorkingCalendar> => {
    await deps.calendar.refresh(transaction);
    return deps.calendar.current();
  };
  return {
    previewNotice: async ({ body }) => previewAsJson(await previewNotice(deps, noticeFileIn(body))),
    loadNotice: async ({ viewer, body }) => {
      const { notice, added, days } = await loadCalendarNotice(deps, noticeFileIn(body), viewer.actor);
      return async (transaction) => {
        const found = await findRecomputation(transaction, notice);
        const recomputation = found ? recomputationView(found) : null;
        return new Reply(added ? 202 : 200, { document: body.document, added, days, recomputation });
      };
    },
    listNotices: async (_, transaction) => {
      deps.calendar.forget();
      await deps.calendar.refresh(transaction);
      const loaded = new Map((await listRecomputations(transaction)).map((one) => [one.document, one]));
      const { edition, sources } = deps.calendar.current();
      const items = sources.map((source) => noticeView(source, loaded.get(source.document ?? '')));
      return { edition, items };
    },
    readCalendarDays: async ({ query }, transaction) => {
      const [first, last] = [parseCivilDate(query.from), parseCivilDate(query.to)].map(dayNumberOf);
      const size = (last ?? 0) - (first ?? 0) + 1;
      if (first === undefined || size < 1 || size > mostDays) {
        throw new Refusal('calendar.invalid', `从 ${query.from} 到 ${query.to} 不是 1 至 ${mostDays} 天`, {
          where: 'to',
          remedy: `to 不早于 from，一次至多 ${mostDays} 天`,
        });
      }
      const calendar = await inUse(transaction);
      const days = Array.from({ length: size }, (_, index) =>
        dayAsJson(calendar.day(civilDateOfDay(first + index))),
      );
      return { edition: calendar.edition, days };
    },
    computeDue: async ({ query }, transaction) => {
      const workingDays = parseCount(query.workingDays);
      return dueAsJson(answerDue(await inUse(transaction), query.start, workingDays), deps.laws.today());
    },
    compareCalendarSources: async ({ query }, transaction) =>
      comparisonAsJson(comparisonSince(await inUse(transaction), query.since)),
  };
}

/** Re-serialised, so that files and bodies share one parser and its refusals. */
const noticeFileIn = ({ document, file }: { readonly document: string; readonly file: object }) =>
  readNoticeFile(Buffer.from(JSON.stringify(file)), '安排文件', document);

function recomputationView(found: Recomputation): Said<typeof recomputation> {
  const { cases, finishedAt } = found;
  return {
    ...found,
    state: finishedAt ? 'done' : cases === undefined ? 'waiting' : 'running',
    cases: cases ?? null,
    finishedAt: finishedAt ?? null,
  };
}

/** @param loaded undefined for a shipped source */
function noticeView(source: CalendarSource, loaded: Recomputation | undefined) {
  return {
    ...source,
    document: source.document ?? null,
    publishedOn: source.publishedOn ?? null,
    address: source.address ?? null,
    years: [...source.years].sort((a, b) => a - b),
    days: source.days.size,
    loaded: loaded
      ? { at: loaded.loadedAt, by: loaded.loadedBy, recomputation: recomputationView(loaded) }
      : null,
  };
}

import { civilDateOf, dayNumberOf, endOfDay, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import { assertUnits } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  actOnWarning,
  actsOn,
  answerStudy,
  countSuggestions,
  countedFrom,
  findWarning,
  hotSpots,
  kindName,
  listSuggestions,
  listWarnings,
  sheetsBehind,
  sheetsOfMatter,
  suggestStudy,
  thresholdsOf,
  weekCounts,
  titleOf,
  type DoneAct,
  type SheetOfMatter,
  type Warning,
} from '../../measures/warning/index.js';
import type { warningOperations } from '../contract/warning.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { Sharing } from '../sharing.js';
import { readAs } from '../sight.js';
import type { ClassTree } from '../../sheet/classification/index.js';

const mostHotSpots = 50;
const week = 7 * 24 * 3_600_000;

export function warningHandlers(
  deps: HttpDeps,
  sharing: Sharing,
): Pick<Handlers, keyof typeof warningOperations> {
  const { classTrees, clock } = deps;

  /** Reads with the viewer's row-level security: a warning without visible sheets is not found. */
  const detail = async (viewer: Principal, id: number) => {
    const { warning, acts, behind } = await readAs(deps, viewer, async (transaction) => ({
      warning: await findWarning(transaction, id),
      acts: await actsOn(transaction, id),
      behind: await sheetsBehind(transaction, id),
    }));
    if (!warning) {
      throw new Refusal('warning.not-found', `没有第 ${id} 号预警`, { remedy: '从预警列表里打开' });
    }
    return async (transaction: Transaction) => {
      const tree = await classTrees.current(transaction);
      return {
        ...warningView(tree, warning, acts.at(-1) ?? null),
        acts,
        behind: behind.map((sheet) => matterSheetView(tree, sheet)),
      };
    };
  };
  const assertKnown = (transaction: Transaction, unit: string) =>
    assertUnits(deps.units, transaction, [unit], { where: 'unit', place: '开展专题研究的单位' });

  return {
    listWarnings: async ({ viewer, query: { limit, cursor, standing, sort } }) => {
      const before = markOf(marks.id, cursor)?.[0];
      const read = await readAs(deps, viewer, (transaction) =>
        listWarnings(transaction, {
          standing,
          sort,
          limit: limit + 1,
          before: before === undefined ? undefined : Number(before),
        }),
      );
      const { rows, next } = pageOf(read, limit, ({ id }) => [String(id)]);
      return async (transaction) => {
        const tree = await classTrees.current(transaction);
        return { limit, next, items: rows.map(({ last, ...warning }) => warningView(tree, warning, last)) };
      };
    },
    readWarning: ({ viewer, params: { id } }) => detail(viewer, id),
    acknowledgeWarning: async ({ viewer, params: { id }, body: { reason } }) => {
      await detail(viewer, id);
      await actOnWarning(deps, id, 'acknowledged', { actor: viewer.actor, reason });
      return detail(viewer, id);
    },
    dismissWarning: async ({ viewer, params: { id }, body: { reason } }) => {
      await detail(viewer, id);
      await actOnWarning(deps, id, 'dismissed', { actor: viewer.actor, reason });
      return detail(viewer, id);
    },
    suggestStudyOfWarning: async ({ viewer, params: { id }, body: { unit, reason } }) => {
      await detail(viewer, id);
      return async (transaction) => {
        await assertKnown(transaction, unit);
        return async () => {
          await suggestStudy(deps, { unit, reason, actor: viewer.actor, about: { warning: id } });
          return detail(viewer, id);
        };
      };
    },
    listHotSpots: () =>
      sharing.ask('hot-spots', deps.database, async (transaction) => {
        await deps.policies.refresh(transaction);
        const now = clock.now();
        const { rise } = thresholdsOf(deps.policies.at(now));
        const today = civilDateOf(now);
        const tree = await classTrees.current(transaction);
        const since = await countedFrom(transaction);
        // The current week is not compared, nor are weeks before counting began.
        const counted = since === null ? 0 : Math.floor((now.getTime() - since.getTime()) / week) - 1;
        const found = hotSpots(await weekCounts(transaction, today, rise), rise, Math.max(0, counted));
        const items = found
          .slice(0, mostHotSpots)
          .map(({ district, area, class: code, count, expected, weeks }) => ({
            district,
            class: code,
            className: kindName(tree, code),
            areaName: kindName(tree, area),
            sheets: count,
            expected,
            past: weeks.slice(1),
          }));
        return { today, weeks: rise.weeks, items };
      }),
    listMatterSheets: async ({
      viewer,
      query: { limit, cursor, from, to, district, class: code, repeated },
    }) => {
      const after = markOf(marks.sheet, cursor);
      const asked = {
        from: startOfDay(dayNumberOf(parseCivilDate(from, 'from'))),
        to: endOfDay(dayNumberOf(parseCivilDate(to, 'to'))),
        district,
        code,
        repeated: repeated === 'true',
        after,
        limit: limit + 1,
      };
      const read = await readAs(deps, viewer, (transaction) => sheetsOfMatter(transaction, asked));
      const { rows, next } = pageOf(read, limit, ({ mark, no }) => [mark, no]);
      return async (transaction) => {
        const tree = await classTrees.current(transaction);
        return { limit, next, items: rows.map((row) => matterSheetView(tree, row)) };
      };
    },
    listStudies: async ({ viewer, query: { limit, offset } }, transaction) => {
      const units = viewer.sight.kind === 'all' ? undefined : viewer.units;
      const total = await countSuggestions(transaction, units);
      return { total, limit, offset, items: await listSuggestions(transaction, { units, limit, offset }) };
    },
    suggestStudy: async ({ viewer, body: { district, class: code, unit, reason } }, transaction) => {
      await assertKnown(transaction, unit);
      const about = { district, code };
      return () => suggestStudy(deps, { unit, reason, actor: viewer.actor, about });
    },
    answerStudy: ({ viewer, params: { id }, body }) =>
      answerStudy(deps, id, { ...body, actor: viewer.actor, units: viewer.units }),
  };
}

const warningView = (tree: ClassTree, one: Warning, last: DoneAct | null) => ({
  ...one,
  title: titleOf(tree, one),
  last,
});

const matterSheetView = (tree: ClassTree, { longitude, latitude, ...sheet }: SheetOfMatter) => ({
  ...sheet,
  className: kindName(tree, sheet.class),
  point: longitude === null || latitude === null ? null : { longitude, latitude },
});

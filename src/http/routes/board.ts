import { civilDateOf } from '../../kernel/civil-date.js';
import { listTasks } from '../../engine/index.js';
import type { Principal } from '../../identity/index.js';
import { columnOf, columns, levelOfColumn } from '../contract/board.js';
import { otherColumn } from '../contract/said-by-law.js';
import { cursorOf, markOf, marks, pageOf, taskMark } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { Sharing } from '../sharing.js';
import { forViewer, readAs, unitsSeen } from '../sight.js';
import {
  boardCards,
  boardRows,
  nearestFirst,
  otherBoardCards,
  type BoardCard,
  type Fence,
} from '../store/board-store.js';
import { caseSummaries } from '../store/case-summary-store.js';
import { processLoad } from '../store/process-load-store.js';
import { markView, standingView } from '../views/sheet-view.js';

const daysBack = 13 * 86_400_000;
const fenceOf = ({ sight }: Principal): Fence => (sight.kind === 'all' ? 'program' : 'viewer');
const whose = (viewer: Principal): string => JSON.stringify([unitsSeen(viewer), viewer.recusedFrom]);

export function boardHandlers(
  deps: HttpDeps,
  sharing: Sharing,
): Pick<Handlers, 'readBoard' | 'listBoardCards' | 'readProcessLoad' | 'listWaiting'> {
  return {
    readProcessLoad: async ({ viewer, params: { key } }) => {
      const { database } = forViewer(deps, viewer);
      const elements = await sharing.ask(`load ${key} ${whose(viewer)}`, database, (transaction) =>
        processLoad(transaction, fenceOf(viewer), key, deps.clock.now(), deps.laws.today()),
      );
      return { elements };
    },
    listWaiting: async ({ viewer, params: { key, element }, query: { limit, cursor } }) => {
      const after = markOf(taskMark('due'), cursor);
      const marked = await deps.marked();
      const filter = { realm: 'live', fenced: fenceOf(viewer) === 'viewer', process: key, element } as const;
      return readAs(deps, viewer, async (transaction) => {
        const read = await listTasks(transaction, filter, { limit: limit + 1, after });
        const { rows, next } = pageOf(read, limit, ({ mark }) => ['due', ...mark]);
        const found = await caseSummaries(transaction, [...new Set(rows.map((row) => row.businessKey))]);
        const items = rows.map(({ businessKey: no, task }) => ({
          no,
          title: found.get(no)?.title ?? '',
          openedAt: task.openedAt,
          ...standingView(found.get(no)),
          ...markView(no, marked),
        }));
        return { limit, next, items };
      });
    },
    readBoard: async ({ viewer }) => {
      const law = deps.laws.today();
      const marked = await deps.marked();
      const { database } = forViewer(deps, viewer);
      const { counts, cards, ...rest } = await sharing.ask(
        `board ${whose(viewer)}`,
        database,
        (transaction) => {
          const now = deps.clock.now();
          const firstDay = civilDateOf(new Date(now.getTime() - daysBack));
          return boardRows(transaction, fenceOf(viewer), firstDay, civilDateOf(now), law);
        },
      );
      return {
        columns: columns(law).map((column) => {
          const isHere = ({ level }: { level: string | null }) => columnOf(level, law) === column.key;
          const read = nearestFirst(cards.filter(isHere)).slice(0, 20);
          const cases = counts.filter(isHere).reduce((sum, one) => sum + one.cases, 0);
          const last = read.at(-1);
          const next = last && cases > read.length ? cursorOf(markOfCard(last)) : null;
          return { ...column, cases, next, cards: read.map((card) => cardView(card, marked)) };
        }),
        ...rest,
      };
    },
    listBoardCards: async ({ viewer, params: { column }, query: { limit, cursor } }) => {
      const after = markOf(marks.case, cursor);
      const marked = await deps.marked();
      const page = { limit: limit + 1, after };
      const read = await readAs(deps, viewer, (transaction) =>
        column === otherColumn
          ? otherBoardCards(transaction, fenceOf(viewer), page, deps.laws.today())
          : boardCards(transaction, fenceOf(viewer), levelOfColumn(column), page),
      );
      const { rows, next } = pageOf(read, limit, markOfCard);
      return { limit, next, items: rows.map((card) => cardView(card, marked)) };
    },
  };
}

const markOfCard = ({ mark, id }: BoardCard) => [mark, id] as const;

const cardView = ({ no, due: running, passed, ...rest }: BoardCard, marked: ReadonlySet<string>) => ({
  ...rest,
  no,
  due: running ?? passed,
  ...markView(no, marked),
});

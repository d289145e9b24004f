import { civilDateOf } from '../../kernel/civil-date.js';
import { tableXlsx } from '../../cases/index.js';
import { assignmentsOf } from '../../cases/assignment/index.js';
import { listTasks } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { mostExported, type worklistExportOperations } from '../contract/worklist-export.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { caseSummaries } from '../store/case-summary-store.js';
import { sheetFacts } from '../store/sheet-facts-store.js';
import { csvOf } from '../views/csv.js';
import {
  worklistColumns,
  worklistColumnsUnder,
  worklistLine,
  type WorklistLine,
} from '../views/worklist-table.js';
import { readAs } from '../sight.js';
import { assigneeOf, worklistQuestion } from '../worklist-question.js';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function worklistExportHandlers(
  deps: HttpDeps,
): Pick<Handlers, keyof typeof worklistExportOperations> {
  const { clock, trail, classTrees } = deps;
  return {
    exportWorklist: async ({ viewer, body: { format, ...choice } }) => {
      const { filter, order, isCut } = await worklistQuestion(deps, viewer, choice);
      const found = await readAs(deps, viewer, async (transaction) => {
        const rows = await listTasks(transaction, filter, { limit: mostExported + 1, order });
        if (isCut || rows.length > mostExported) throw tooMany();
        const ids = [...new Set(rows.map(({ caseId }) => caseId))];
        const keys = [...new Set(rows.map(({ businessKey }) => businessKey))];
        return {
          rows,
          summaries: await caseSummaries(transaction, keys),
          facts: await sheetFacts(transaction, ids),
          assignments: await assignmentsOf(transaction, ids),
        };
      });
      // The recorded filters are therefore values that sheets contain, not free text that somebody
      // typed.
      if (found.rows.length === 0) throw nothing();
      const now = clock.now();
      const { q, ...chosen } = choice;
      return async (transaction) => {
        await trail.append(transaction, [
          {
            stream: 'exports',
            type: 'worklist.exported',
            at: now,
            body: {
              actor: viewer.actor,
              format,
              choice: Object.fromEntries(
                Object.entries(chosen).flatMap(([name, value]) =>
                  value === undefined ? [] : [[name, value]],
                ),
              ),
              searched: q !== undefined,
              rows: found.rows.length,
            },
          },
        ]);
        const tree = await classTrees.current(transaction);
        return async () => {
          const law = deps.laws.today();
          const columns = worklistColumnsUnder(law);
          const lines = found.rows.map((row) =>
            worklistLine(
              {
                row,
                summary: found.summaries.get(row.businessKey),
                facts: found.facts.get(row.businessKey),
                assigned: assigneeOf(row, found.assignments),
              },
              tree,
              law,
            ),
          );
          return {
            name: `worklist-${civilDateOf(now)}.${format}`,
            mediaType: mediaTypes[format],
            content: format === 'csv' ? Buffer.from(csvOf(columns, lines)) : await xlsxOf(columns, lines),
          };
        };
      };
    },
  };
}

const xlsxOf = (columns: typeof worklistColumns, lines: readonly WorklistLine[]): Promise<Buffer> => {
  const keys = Object.keys(worklistColumns) as (keyof WorklistLine)[];
  return tableXlsx(
    '待办',
    Object.values(columns),
    lines.map((line) => keys.map((key) => line[key])),
  );
};

const tooMany = (): Refusal =>
  new Refusal(
    'export.too-large',
    `符合条件的待办太多：一次至多导出 ${mostExported} 项，查找的至多 1000 张工单`,
    {
      remedy: '再按灯号、分派、渠道、分类、属地、主办单位筛选，分几次导出',
    },
  );

const nothing = (): Refusal =>
  new Refusal('input.invalid', '没有符合条件的待办，没有可以导出的', { remedy: '改筛选的条件' });

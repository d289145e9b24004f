/** Classifications of sheets; append-only, the last one counts. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import type { PlacedClass } from '../tree.js';

export interface SheetClass {
  readonly version: number;
  readonly code: string;
  /** Codes from the first level down. */
  readonly path: readonly string[];
  readonly trade: string | null;
}

export async function setSheetClass(
  transaction: Transaction,
  workOrder: string,
  version: number,
  placed: PlacedClass,
  act: { readonly at: Date; readonly by: string | undefined },
): Promise<void> {
  await transaction.query(
    `INSERT INTO sheet_class (work_order, version, code, path, trade, set_at, set_by)
     VALUES ($1, $2, $3, $4::text[], $5, $6, $7)`,
    [
      workOrder,
      version,
      placed.code,
      placed.path.map(({ code }) => code),
      placed.trade,
      act.at,
      act.by ?? null,
    ],
  );
}

/** By sheet number; unclassified sheets are missing. */
export async function classesOfSheets(
  transaction: Transaction,
  workOrders: readonly string[],
): Promise<ReadonlyMap<string, SheetClass>> {
  const rows = await transaction.query<SheetClass & { no: string }>(
    `SELECT n.no, c.* FROM unnest($1::text[]) AS n (no) CROSS JOIN LATERAL
       (SELECT version, code, path, trade FROM sheet_class s
         WHERE s.work_order = n.no ORDER BY id DESC LIMIT 1) c`,
    [[...workOrders]],
  );
  return new Map(rows.map(({ no, ...known }) => [no, known]));
}

export const sheetClassTable = 'sheet_class';

/** As the rows have them, for comparison with the trail. The n-th of a sheet by its place. */
export const comparedClasses = (
  transaction: Transaction,
  sheets: readonly string[],
): Promise<readonly { readonly stream: string; readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT work_order AS stream, '第 ' || row_number() OVER (PARTITION BY work_order ORDER BY id) || ' 次' AS name,
            json_build_object('分类的版', version::text, '编码', code, '谁', set_by) AS facts
       FROM sheet_class WHERE work_order = ANY ($1::text[])`,
    [[...sheets]],
  );

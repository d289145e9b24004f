/** Classifications of sheets; append-only, the last one counts. */
import type { Transaction } from '../../persistence/index.js';
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

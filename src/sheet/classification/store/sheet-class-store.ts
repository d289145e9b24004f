/** Classifications of sheets; append-only, the last one counts. */
import type { Transaction } from '../../../platform/database/index.js';

export interface SheetClass {
  readonly version: number;
  readonly code: string;
  /** Codes from the first level down. */
  readonly path: readonly string[];
  readonly trade: string | null;
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

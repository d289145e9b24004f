import { orderExport, type TrailExportOrder } from './order-export.js';
import { writeExport, type TrailExportDeps } from './write-export.js';

/**
 * What an auditor takes away of a case, a unit, a person or a period, at once.
 *
 * @throws {Refusal} `case.not-found`, `export.too-large`, `trail.behind`, `trail.key`, `file.unreadable`
 */
export async function exportTrail(
  deps: TrailExportDeps,
  order: TrailExportOrder,
  file: string,
): Promise<{ readonly entries: number; readonly files: readonly string[] }> {
  const ordered = await orderExport(deps, order, (_transaction, recorded) => Promise.resolve(recorded));
  return { entries: ordered.entries, files: await writeExport(deps, ordered, file) };
}

import { orderExport, type TrailExportDeps, type TrailExportOrder } from './order-export.js';
import { writeExport } from './write-export.js';

/**
 * Exports a selection for an auditor, synchronously.
 *
 * @returns the number of entries written, the number of altered ones (for bundles the verifier
 * reports it), and the files
 * @throws {Refusal} `case.not-found`, `export.too-large`, `trail.behind`, `trail.key`,
 * `file.unreadable`
 */
export async function exportTrail(
  deps: TrailExportDeps,
  order: TrailExportOrder,
  file: string,
): Promise<{ readonly entries: number; readonly altered: number; readonly files: readonly string[] }> {
  const ordered = await orderExport(deps, order, (_transaction, recorded) => Promise.resolve(recorded));
  let altered = 0;
  const files = await writeExport(deps, ordered, file, (_count, ofThem = 0) => {
    altered += ofThem;
    return Promise.resolve();
  });
  return { entries: ordered.entries, altered, files };
}

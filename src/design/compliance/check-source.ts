/** Checks a diagram or a decision table, depending on the file's content. */
import { checkDiagram } from './check-diagram.js';
import { isTable } from './difference/compare-sources.js';
import type { CheckContext } from './context.js';
import { checkTable } from './decisions/check-table.js';
import type { CheckReport } from './finding.js';

/** @param source XML as text or bytes */
export const checkSource = (source: string | Uint8Array, context: CheckContext): Promise<CheckReport> =>
  isTable(source) ? checkTable(source, context) : checkDiagram(source, context);

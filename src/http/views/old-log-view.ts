import type { Said } from '../contract/operation.js';
import type { checkStateOf, UploadedHead, UploadedLog } from '../../takeover/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { oldLogOperations } from '../contract/old-log.js';

type Check = Awaited<ReturnType<typeof checkStateOf>>;
type OldLog = Said<(typeof oldLogOperations)['readOldLog']['answers'][200]['schema']>;

export function oldLogHead(log: UploadedHead, { state }: Pick<Check, 'state'>) {
  return { ...log, state };
}

/** The upload and the check stored data of this shape (src/takeover/uploaded/). */
export function oldLogView(
  log: UploadedLog,
  { check, report, now }: { readonly check: Check; readonly report: JsonObject | null; readonly now: Date },
): OldLog {
  const { columns, activities } = log.found as unknown as Pick<OldLog, 'columns' | 'activities'>;
  return {
    ...log,
    ...oldLogHead(log, check),
    isLogKept: log.logUntil > now,
    failure: check.failure,
    columns,
    activities,
    report: report as unknown as OldLog['report'],
  };
}

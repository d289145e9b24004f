import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { checkStateOf, UploadedHead, UploadedLog } from '../../takeover/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { oldLogOperations } from '../contract/old-log.js';

type Check = Awaited<ReturnType<typeof checkStateOf>>;
type OldLog = z.input<(typeof oldLogOperations)['readOldLog']['answers'][200]['schema']>;

export function oldLogHead(log: UploadedHead, { state }: Pick<Check, 'state'>) {
  const { id, name, uploadedBy, uploadedAt, bytes, sha256, madeAt, logUntil, until } = log;
  return {
    ...{ id, name, uploadedBy, bytes, sha256, state },
    uploadedAt: toShanghaiIso(uploadedAt),
    madeAt: madeAt && toShanghaiIso(madeAt),
    logUntil: toShanghaiIso(logUntil),
    until: toShanghaiIso(until),
  };
}

/** What the upload and the check wrote is of this shape (src/takeover/uploaded/). */
export function oldLogView(
  log: UploadedLog,
  { check, report, now }: { readonly check: Check; readonly report: JsonObject | null; readonly now: Date },
): OldLog {
  const { columns, activities } = log.found as unknown as Pick<OldLog, 'columns' | 'activities'>;
  return {
    ...oldLogHead(log, check),
    isLogKept: log.logUntil > now,
    done: log.done,
    failure: check.failure,
    columns,
    activities,
    mapping: log.mapping,
    report: report as unknown as OldLog['report'],
  };
}

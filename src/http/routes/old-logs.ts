import { Readable } from 'node:stream';
import { fileName } from '../../sheet/attachment/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  checkStateOf,
  dropUploadedLog,
  listUploadedLogs,
  orderCheck,
  readPieces,
  readReport,
  readUploadedLog,
  receiveLog,
  type UploadedHead,
  type UploadedLog,
} from '../../takeover/index.js';
import type { oldLogOperations } from '../contract/old-log.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { AnswerOf } from '../contract/operations.js';

export function oldLogHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof oldLogOperations> {
  const { clock, catalogues, vault } = deps;
  const shown = (id: number) => async (transaction: Transaction) => {
    const log = await readUploadedLog(transaction, id, clock.now());
    const check = await checkStateOf(transaction, log);
    return oldLogView(log, { check, report: await readReport(transaction, vault, log), now: clock.now() });
  };
  const headsOf = async (transaction: Transaction) => {
    const heads = [];
    for (const log of await listUploadedLogs(transaction, clock.now()))
      heads.push(oldLogHead(log, await checkStateOf(transaction, log)));
    return heads;
  };
  return {
    uploadOldLog: async (
      { viewer, query: { encoding, zone }, headers, body: { source, declared } },
      transaction,
    ) => {
      assertZone(zone);
      const { catalogue } = await catalogues.at(transaction, clock.now());
      const name = fileName(headers['x-file-name']);
      const arriving = { name, encoding, zone, actor: viewer.actor, source, declared };
      return async () => shown(await receiveLog(deps, arriving, catalogue));
    },
    listOldLogs: async (_, transaction) => ({ items: await headsOf(transaction) }),
    readOldLog: ({ params: { id } }) => shown(id),
    checkOldLog: async ({ viewer, params: { id }, body: { mapping } }) => {
      await orderCheck(deps, id, mapping as JsonObject, viewer.actor);
      return shown(id);
    },
    fetchOldLogTable: async ({ params: { id, table } }, transaction) => {
      const log = await readUploadedLog(transaction, id, clock.now());
      const { files } = (await readReport(transaction, vault, log)) ?? {};
      const part = table === 'duties.csv' ? 'duties' : 'findings';
      const bytes = (files as { readonly [part: string]: number } | undefined)?.[part];
      if (bytes === undefined)
        throw new Refusal('old-log.not-found', '这份日志还没有结果', { remedy: '先对照，做完再下载' });
      const content = Readable.from(readPieces(deps, id, part));
      return { content, bytes, name: `${id}-${table}`, mediaType: 'text/csv; charset=utf-8' };
    },
    dropOldLog: async ({ params: { id } }, transaction) => {
      await readUploadedLog(transaction, id, clock.now());
      await dropUploadedLog(transaction, id);
      return { items: await headsOf(transaction) };
    },
  };
}

function assertZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch (cause) {
    throw new Refusal('input.invalid', `没有时区“${zone}”`, {
      where: 'zone',
      remedy: '写作 Asia/Shanghai',
      cause,
    });
  }
}

type Check = Awaited<ReturnType<typeof checkStateOf>>;
type OldLog = AnswerOf<'readOldLog'>;

function oldLogHead(log: UploadedHead, { state }: Pick<Check, 'state'>) {
  return { ...log, state };
}

/** The upload and the check stored data of this shape (src/takeover/uploaded/). */
function oldLogView(
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

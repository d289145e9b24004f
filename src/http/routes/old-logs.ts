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
} from '../../takeover/index.js';
import type { oldLogOperations } from '../contract/old-log.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { oldLogHead, oldLogView } from '../views/old-log-view.js';

export function oldLogHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof oldLogOperations> {
  const { database, clock, catalogues, vault } = deps;
  const shown = (id: number) =>
    database.transaction(async (transaction) => {
      const log = await readUploadedLog(transaction, id, clock.now());
      const check = await checkStateOf(transaction, log);
      return oldLogView(log, { check, report: await readReport(transaction, vault, log), now: clock.now() });
    });
  const headsOf = async (transaction: Transaction) => {
    const heads = [];
    for (const log of await listUploadedLogs(transaction, clock.now()))
      heads.push(oldLogHead(log, await checkStateOf(transaction, log)));
    return heads;
  };
  return {
    uploadOldLog: async ({ viewer, query: { encoding, zone }, headers, body: { source, declared } }) => {
      assertZone(zone);
      const { catalogue } = await database.transaction((transaction) =>
        catalogues.at(transaction, clock.now()),
      );
      const name = fileName(headers['x-file-name']);
      const arriving = { name, encoding, zone, actor: viewer.actor, source, declared };
      return { status: 201, body: await shown(await receiveLog(deps, arriving, catalogue)) };
    },
    listOldLogs: async () => ({ status: 200, body: { items: await database.transaction(headsOf) } }),
    readOldLog: async ({ params: { id } }) => ({ status: 200, body: await shown(id) }),
    checkOldLog: async ({ viewer, params: { id }, body: { mapping } }) => {
      await orderCheck(deps, id, mapping as JsonObject, viewer.actor);
      return { status: 202, body: await shown(id) };
    },
    fetchOldLogTable: async ({ params: { id, table } }) => {
      const report = await database.transaction(async (transaction) =>
        readReport(transaction, vault, await readUploadedLog(transaction, id, clock.now())),
      );
      const { files } = report ?? {};
      const part = table === 'duties.csv' ? 'duties' : 'findings';
      const bytes = (files as { readonly [part: string]: number } | undefined)?.[part];
      if (bytes === undefined)
        throw new Refusal('old-log.not-found', '这份日志还没有结果', { remedy: '先对照,做完再下载' });
      const content = Readable.from(readPieces(deps, id, part));
      const body = { content, bytes, name: `${id}-${table}`, mediaType: 'text/csv; charset=utf-8' };
      return { status: 200, body };
    },
    dropOldLog: async ({ params: { id } }) => {
      const items = await database.transaction(async (transaction) => {
        await readUploadedLog(transaction, id, clock.now());
        await dropUploadedLog(transaction, id);
        return headsOf(transaction);
      });
      return { status: 200, body: { items } };
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

/** Receives another system's log, encrypts it piece by piece, and drafts a mapping from its first lines. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  annotate,
  definitionOf,
  flowNodes,
  isDecisionXml,
  parseDiagram,
  sourcesInForce,
} from '../../engine/index.js';
import { addJobs } from '../../platform/jobs/index.js';
import { Refusal, type Clock, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import { readLog } from '../log/open-log.js';
import type { Row, RowSource } from '../log/row.js';
import { mappingSchema } from '../mapping.js';
import { proposeMapping } from '../propose.js';
import { beginUpload, completeUpload, countUploadedLogs, dropUploadedLog } from '../store/uploaded-logs.js';
import { droppingJob } from './dropping.js';
import { readPieces, writePieces, type PieceDeps } from './pieces.js';

interface ReceiveDeps extends PieceDeps {
  readonly clock: Clock;
}

interface Arriving {
  /** Name of the file; its extension determines the format. */
  readonly name: string;
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le';
  /** Time zone of instants without one. */
  readonly zone: string;
  readonly actor: string;
  readonly source: AsyncIterable<Buffer>;
  /** Size in bytes, if the sender declares it. */
  readonly declared: number | undefined;
}

const day = 86_400_000;
/** Days that the log is kept: long enough to correct its mapping and check it again. */
const logDays = 3;
const reportDays = 30;
const mostMib = 64;
const mostBytes = mostMib * 1024 * 1024;
/** Most logs at a time, of all officers together. */
const mostLogs = 50;
/** The first lines of a log show all its activities. */
const linesToDraft = 50_000;

/**
 * @returns the log's number
 * @throws {Refusal} `old-log.too-many`, `input.too-large`, `input.invalid` for a log that cannot be read, is empty or breaks off
 */
export async function receiveLog(
  deps: ReceiveDeps,
  arriving: Arriving,
  catalogue: Catalogue,
): Promise<number> {
  const { name, encoding, zone, actor, source, declared } = arriving;
  if ((declared ?? 0) > mostBytes) throw tooLarge();
  const { database, clock } = deps;
  const uploadedAt = clock.now();
  const after = (days: number): Date => new Date(uploadedAt.getTime() + days * day);
  const [logUntil, until] = [after(logDays), after(reportDays)];
  const id = await database.transaction(async (transaction) => {
    if ((await countUploadedLogs(transaction)) >= mostLogs) throw tooMany();
    const due = [after(1), logUntil, until].map((runAt) => ({ payload: {}, runAt }));
    addJobs(transaction, droppingJob, due);
    return beginUpload(transaction, { name, uploadedBy: actor, uploadedAt, logUntil, until });
  });
  try {
    const { sha256, bytes } = await keep(deps, id, source);
    const read = readLog(Readable.from(readPieces(deps, id, 'log')), name, { encoding });
    const names = [
      ...catalogue.vocabulary.deeds.map(({ name: deed, title }) => ({ deed, words: title })),
      ...(await database.transaction((transaction) => drawnNames(transaction, uploadedAt))),
    ];
    const { columns, activities, mapping } = await proposeMapping(begun(read), catalogue, names, zone);
    if (activities.length === 0)
      throw new Refusal('input.invalid', '日志里没有一行读得出活动', {
        remedy: '第一行应当是列名；编码选得对不对；XES 的文件名以 .xes 结尾',
      });
    const found = { columns, activities } as unknown as JsonObject;
    const drafted = mappingSchema.parse({ ...mapping, encoding }) as unknown as JsonObject;
    await database.transaction((transaction) =>
      completeUpload(transaction, id, { sha256, bytes, found, mapping: drafted }),
    );
    return id;
  } catch (error) {
    await database.transaction((transaction) => dropUploadedLog(transaction, id));
    throw error;
  }
}

async function keep(
  deps: PieceDeps,
  id: number,
  source: AsyncIterable<Buffer>,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  const pieces = writePieces(deps, id, 'log');
  for await (const chunk of whole(source)) {
    if (pieces.bytes + chunk.length > mostBytes) throw tooLarge();
    hash.update(chunk);
    await pieces.write(chunk);
  }
  await pieces.end();
  if (pieces.bytes === 0) throw new Refusal('input.invalid', '文件是空的', { remedy: '换一个文件' });
  return { sha256: hash.digest('hex'), bytes: pieces.bytes };
}

async function* whole(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (cause) {
    throw new Refusal('input.invalid', '文件没有传完', { remedy: '网络恢复以后再传一次', cause });
  }
}

const begun = (source: RowSource): RowSource => ({
  columns: () => source.columns(),
  rows: firstOf(source.rows),
});

async function* firstOf(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let lines = 0;
  for await (const row of rows) {
    yield row;
    lines += 1;
    if (lines === linesToDraft) return;
  }
}

/** Names of the elements that do a deed, in the diagrams in force. */
async function drawnNames(transaction: Transaction, now: Date) {
  const names: { readonly deed: string; readonly words: string }[] = [];
  for (const source of await sourcesInForce(transaction, now)) {
    if (isDecisionXml(source)) continue;
    const definition = definitionOf(await parseDiagram(source));
    const annotations = annotate(definition.diagram, definition.key);
    for (const id of flowNodes(definition).keys()) {
      const { name = '', deeds = [] } = annotations.element(id) ?? {};
      names.push(...deeds.map((deed) => ({ deed: deed.name, words: name })));
    }
  }
  return names;
}

const tooMany = (): Refusal =>
  new Refusal('old-log.too-many', `已经留着 ${mostLogs} 份旧日志和结果`, {
    remedy: '把用完的删除再上传；到期的程序自己删除',
  });

const tooLarge = (): Refusal =>
  new Refusal('input.too-large', `日志超过 ${mostMib} MiB`, {
    remedy: '压缩成 .gz 再传；还大的按年分开，或者用 hotline takeover check 在服务器上对照',
  });

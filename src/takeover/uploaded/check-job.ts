/**
 * Checks an uploaded log against the regulation in the background; repeatable, one log at a time
 * (docs/takeover.md).
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { byteOrderMark } from '../../kernel/csv.js';
import type { Trail } from '../../accountability/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { addJobs, defineJob, handled, jobOfKey, type Job } from '../../platform/jobs/index.js';
import { contentDigest, Refusal, type Clock, type JsonObject, type Log } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Catalogue, Catalogues, JudgeDeps } from '../../law/regulation/index.js';
import { checkLog } from '../check.js';
import { keepFigures } from '../figures.js';
import { readLog } from '../log/open-log.js';
import { readMapping } from '../mapping.js';
import { csvText, dutyHeadings, dutyRows, findingHeadings, findingRows } from '../report/rows.js';
import {
  askForCheck,
  dropMade,
  finishCheck,
  isUploaded,
  noteChecked,
  readUploadedLog,
  type UploadedHead,
  type UploadedLog,
} from '../store/uploaded-logs.js';
import { readPieces, writePieces, type PieceDeps } from './pieces.js';
import { keepReport } from './report.js';

const kind = defineJob('old-log.check', z.strictObject({ log: z.int().positive() }), {
  title: '旧日志对照条例',
  subject: ({ log }) => `第 ${log} 份旧日志`,
  attempts: 3,
});

const keyOf = (log: number): string => `${kind.name} ${log}`;
/** Cases per turn, which take a few hundredths of a second. */
const casesAtOnce = 40;

interface Refreshed {
  readonly refresh: (transaction: Transaction) => Promise<void>;
}

interface CheckJobDeps extends PieceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly trail: Trail;
  readonly calendar: Refreshed & { readonly current: () => JudgeDeps['calendar'] };
  readonly catalogues: Catalogues;
  readonly laws: Laws;
  readonly policies: Refreshed & JudgeDeps['policies'];
}

type CheckState = 'none' | 'running' | 'failed' | 'made';

export async function checkStateOf(
  transaction: Transaction,
  { id, askedAt, madeAt }: Pick<UploadedHead, 'id' | 'askedAt' | 'madeAt'>,
): Promise<{ readonly state: CheckState; readonly failure: string | null }> {
  if (askedAt === null) return { state: 'none', failure: null };
  if (madeAt) return { state: 'made', failure: null };
  const job = await jobOfKey(transaction, keyOf(id));
  if (job && !job.isFailed) return { state: 'running', failure: null };
  return { state: 'failed', failure: job?.error ?? '做这件事的程序中途退出了' };
}

/**
 * Orders a check and replaces the results of an earlier one.
 *
 * @param said the mapping with the officer's corrections
 * @throws {Refusal} `old-log.not-found`, `old-log.running`, `input.invalid`
 */
export async function orderCheck(
  { database, clock, catalogues }: Pick<CheckJobDeps, 'database' | 'clock' | 'catalogues'>,
  id: number,
  said: JsonObject,
  actor: string,
): Promise<void> {
  const now = clock.now();
  await database.transaction(async (transaction) => {
    const log = await readUploadedLog(transaction, id, now);
    if (log.logUntil <= now)
      throw new Refusal('old-log.not-found', '这份日志已经到期删除，只留着结果', {
        remedy: '要再对照，重新上传',
      });
    if ((await checkStateOf(transaction, log)).state === 'running')
      throw new Refusal('old-log.running', '这份日志正在对照', { remedy: '等它做完' });
    const { catalogue } = await catalogues.at(transaction, now);
    readMapping(said, catalogue, '对照表');
    await askForCheck(transaction, id, { mapping: said, actor, at: now });
    const order = { payload: { log: id }, key: keyOf(id), queue: kind.name };
    addJobs(transaction, kind, [order]);
  });
}

export const logCheckJob = (deps: CheckJobDeps): Job =>
  handled(kind, async ({ log }, { signal, attempt }) => {
    try {
      await check(deps, log, signal);
    } catch (error) {
      // An officer has removed it meanwhile, so nobody waits for the result.
      if (!(await deps.database.transaction((transaction) => isUploaded(transaction, log)))) return;
      // The officer sees the message of a refusal; other errors get a general message.
      if (error instanceof Refusal || signal.aborted) throw error;
      deps.log.error('旧日志对照条例出错', error, { log, attempt });
      throw new Error('程序出错，系统管理员可查日志', { cause: error });
    }
  });

async function check(deps: CheckJobDeps, id: number, signal: AbortSignal): Promise<void> {
  const { database, clock, calendar, catalogues, laws, policies, trail } = deps;
  const { asked, newest } = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
    const { catalogue } = await catalogues.at(transaction, clock.now());
    const log = await readUploadedLog(transaction, id, clock.now());
    if (!log.madeAt) await dropMade(transaction, id);
    return { asked: log, newest: catalogue };
  });
  if (asked.madeAt) return;
  const mapping = readMapping(asked.mapping, newest, '对照表');
  const days = calendar.current();
  const figures = keepFigures();
  const report = keepReport();
  const duties = writePieces(deps, id, 'duties');
  const findings = writePieces(deps, id, 'findings');
  // Writes a byte order mark, which spreadsheets need.
  await duties.write(Buffer.from(byteOrderMark + csvText([dutyHeadings])));
  await findings.write(Buffer.from(byteOrderMark + csvText([findingHeadings])));
  const source = readLog(Readable.from(wholeLog(deps, asked)), asked.name, mapping);
  const read = await checkLog(
    source,
    mapping,
    { calendar: days, policies, catalogueAt: lawsByDay(deps), laws },
    {
      onUnreadable: (line) => report.unreadable(line),
      onCase: async (checked) => {
        figures.add(checked);
        report.add(checked);
        await duties.write(Buffer.from(csvText(dutyRows(checked))));
        await findings.write(Buffer.from(csvText(findingRows(checked))));
        const { cases } = figures.figures;
        if (cases % casesAtOnce !== 0) return;
        signal.throwIfAborted();
        // Waiting for the database lets the program answer other requests meanwhile.
        await database.transaction((transaction) => noteChecked(transaction, id, cases));
      },
    },
  );
  await duties.end();
  await findings.end();
  const files = { duties: duties.bytes, findings: findings.bytes };
  const told = report.told(read, figures.figures, days.edition, files);
  const at = clock.now();
  await database.transaction(async (transaction) => {
    if (!(await finishCheck(transaction, deps.vault, asked, { report: told, at }))) return;
    const { cases, impossible } = figures.figures;
    const body: JsonObject = {
      ...{
        actor: asked.askedBy ?? '',
        file: asked.name,
        sha256: asked.sha256,
        mapping: contentDigest(asked.mapping),
      },
      ...{ regulation: told['regulation'] ?? [], calendar: days.edition, cases, impossible },
      report: contentDigest(told),
    };
    await trail.append(transaction, [{ stream: 'archive:logs', type: 'archive.log-checked', at, body }]);
  });
}

/** @throws {Refusal} `old-log.not-found` during reading, if the log expires meanwhile: the rest would be incomplete */
async function* wholeLog(
  deps: PieceDeps,
  { id, bytes }: Pick<UploadedLog, 'id' | 'bytes'>,
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const piece of readPieces(deps, id, 'log')) {
    read += piece.length;
    yield piece;
  }
  if (read < bytes)
    throw new Refusal('old-log.not-found', '这份日志在对照途中到期删除', { remedy: '要再对照，重新上传' });
}

/** The law of an instant's day as known now; each day is looked up once. */
function lawsByDay({ database, clock, catalogues }: CheckJobDeps): (instant: Date) => Promise<Catalogue> {
  const known = new Map<string, Catalogue>();
  return async (instant) => {
    const day = civilDateOf(instant);
    const catalogue =
      known.get(day) ??
      (await database.transaction((transaction) => catalogues.on(transaction, day, clock.now()))).catalogue;
    known.set(day, catalogue);
    return catalogue;
  };
}

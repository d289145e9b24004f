/** The part of a report before its rows: which cases it covers, the result of the check, and what is left out. */
import { entriesOfTypes, selectedStreams, trailStatus, type Selection } from '../../accountability/index.js';
import { civilDateOf, instantInWords } from '../../kernel/civil-date.js';
import { loadCasesByKey } from '../../engine/index.js';
import { assignedIn } from '../../accountability/course/index.js';
import { textIn } from '../../accountability/events/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { alteredWords, wordRows, wordSeals } from '../../sheet/index.js';
import type { About } from './about.js';
import type { TrailExportDeps } from './order-export.js';
import type { Row } from './row.js';
import { isHousekeeping, ledgerOf } from './words/ledger.js';

export interface CaseOfReport {
  readonly no: string;
  /** The sheet's title; empty for a case without a sheet. */
  readonly title: string;
  readonly unit: string;
  /** The case's state at the time of export. */
  readonly state: string;
  readonly entries: number;
}

interface Counted {
  readonly where: string;
  readonly entries: number;
}

export interface Report {
  readonly about: About;
  /** Question and answer pairs for people who are no cryptographers. */
  readonly verdict: readonly (readonly [question: string, answer: string])[];
  readonly isSound: boolean;
  readonly cases: readonly CaseOfReport[];
  readonly ledgers: readonly Counted[];
  /** Streams that the program and the database write about themselves. */
  readonly leftOut: readonly Counted[];
  /** Cases come first, then other streams; each in order. */
  readonly rows: () => AsyncIterable<Row>;
  /** Subject of the provision, in the package's own words. */
  readonly aboutProvision: (id: string) => string | undefined;
}

/** The export's chains, and those whose verification failed. */
export interface Verified {
  readonly streams: number;
  readonly broken: readonly { readonly stream: string; readonly finding: string }[];
}

/** Streams per query. */
const chunk = 200;

/** @param rowsOf returns the rows of a selection, one stream after the other */
export async function reportOf(
  deps: Pick<TrailExportDeps, 'database'>,
  selection: Selection,
  about: About,
  verified: Verified,
  rowsOf: (selection: Selection) => AsyncIterable<Row>,
): Promise<Omit<Report, 'aboutProvision'>> {
  const { database } = deps;
  const { size } = about.checkpoint;
  const selected = await database.transaction((transaction) => selectedStreams(transaction, selection, size));
  const isAsked = (stream: string): boolean => selection.stream === stream || selection.kind === 'system';
  const isLeftOut = (stream: string): boolean => isHousekeeping(stream) && !isAsked(stream);
  const cases = selected.filter(({ isCase }) => isCase);
  const others = selected.filter(({ isCase }) => !isCase);
  const ledgers = others.filter(({ stream }) => !isLeftOut(stream));
  const counted = ({ stream, entries }: (typeof others)[number]): Counted => ({
    where: ledgerOf(stream),
    entries,
  });
  return {
    about,
    verdict: await verdictOf(database, about, verified),
    isSound: verified.broken.length === 0,
    cases: await casesOf(database, cases),
    ledgers: ledgers.map(counted),
    leftOut: others.filter(({ stream }) => isLeftOut(stream)).map(counted),
    rows: async function* () {
      for (const part of [cases, ledgers])
        for (let first = 0; first < part.length; first += chunk) {
          const streams = part.slice(first, first + chunk).map(({ stream }) => stream);
          yield* rowsOf({ ...selection, streams });
        }
    },
  };
}

async function verdictOf(
  database: Database,
  { checkpoint }: About,
  { streams, broken }: Verified,
): Promise<Report['verdict']> {
  const { witnessed, verified } = await database.transaction(trailStatus);
  const named = broken.slice(0, 20).map(({ stream, finding }) => `${stream}:${finding}`);
  const signedAt = instantInWords(new Date(checkpoint.signedAt));
  return [
    [
      '真不真',
      broken.length === 0
        ? `真。重算了所涉及的 ${streams} 条链的哈希，每一条都接得上，没有缺、换、挪。`
        : `查出问题：所涉及的 ${streams} 条链中有 ${broken.length} 条核验不过。${named.join('；')}`,
    ],
    [
      '全不全',
      `到全库第 ${checkpoint.size} 条、${signedAt}系统签名时为止；那以后记下的不在本报告里。` +
        (verified
          ? `整本轨迹和各表最近一次核验在 ${instantInWords(verified.endedAt)}，结果是：${verified.verdict.conclusion}。`
          : '整本轨迹还没有核验过。'),
    ],
    [
      '谁作证',
      witnessed
        ? `${witnessed.names.join('、')} 见证到全库第 ${witnessed.size} 条（${instantInWords(witnessed.at)}）。`
        : '没有系统以外的人作证，只有系统自己的签名。',
    ],
    [
      '还要做什么',
      broken.length === 0
        ? '本报告便于阅读，不是证明。要作为证据的，导出同一范围的审计包，由审计机关用自己保存的核验程序和公钥核对。'
        : '保全数据库和备份，不要改动，以 npx hotline trail verify 核验；导出同一范围的审计包作为证据。',
    ],
  ];
}

async function casesOf(
  database: Database,
  cases: readonly { readonly stream: string; readonly entries: number }[],
): Promise<readonly CaseOfReport[]> {
  const found: CaseOfReport[] = [];
  for (let first = 0; first < cases.length; first += chunk) {
    const part = cases.slice(first, first + chunk);
    const numbers = part.map(({ stream }) => stream);
    const [files, titles] = await database.transaction(
      async (transaction) =>
        [await loadCasesByKey(transaction, numbers), await titlesOf(transaction, numbers)] as const,
    );
    for (const { stream: no, entries } of part) {
      const file = files.get(no);
      const unit = (file && (assignedIn(file.variables) ?? textIn(file.variables, 'unit'))) ?? '';
      const state = !file ? '' : file.endedAt ? `${civilDateOf(file.endedAt)} 办结` : '在办';
      found.push({ no, title: titles.get(no) ?? '', unit, state, entries });
    }
  }
  return found;
}

/** Titles of sheets, each verified against its digest in the trail. */
async function titlesOf(
  transaction: Transaction,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const recorded = new Map<string, { readonly [name: string]: string }>();
  const types = ['instance.started', 'sheet.corrected'] as const;
  for (const entry of await entriesOfTypes(transaction, numbers, types)) {
    if (entry.type === 'unread') continue;
    const { stream, digests } = entry;
    if (wordSeals.every((name) => name in digests)) recorded.set(stream, digests);
  }
  const rows = await wordRows(transaction, numbers);
  return new Map(
    rows.map((row) => {
      const digests = recorded.get(row.no);
      const isAltered = digests && alteredWords(row, row.salt, digests).includes('title');
      return [row.no, isAltered ? `✖ 标题已不是记下时的：${row.title}` : row.title] as const;
    }),
  );
}

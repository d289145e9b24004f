/**
 * Runs the cases of a batch to their end on the real engine and database, each with its own moved
 * clock. In each round, which is one transaction, every case takes its next act. After a crash the
 * run continues from the database.
 */
import { loadCasesByKey, type Answer, type CaseFile } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { WorkOrder } from '../../sheet/index.js';
import { openCases } from '../accept.js';
import type { Message } from './message.js';
import { mostActs, nextAct } from './next-act.js';
import { sheetSaid } from './people.js';
import type { Using } from '../parts.js';

export type SimulateDeps = Using<'database' | 'definitions' | 'executor' | 'laws' | 'sheets'>;

export interface Replayed {
  readonly message: Message;
  readonly key: string;
}

/** @returns the ended cases by key. @throws {Refusal} for a case that can neither continue nor end */
export async function simulate(
  deps: SimulateDeps,
  batch: readonly Replayed[],
): Promise<ReadonlyMap<string, CaseFile>> {
  const files = new Map(await deps.database.transaction((transaction) => known(deps, transaction, batch)));
  for (let round = 0; round < mostActs; round += 1) {
    const fresh = batch.filter(({ key }) => !files.has(key));
    const living = batch.filter(({ key }) => files.get(key)?.endedAt === null);
    if (fresh.length === 0 && living.length === 0) return files;
    const law = deps.laws.today();
    const answers = await deps.database.transaction(async (transaction) => [
      ...(fresh.length > 0
        ? await openCases(
            deps,
            transaction,
            fresh.map((one) => sheetOf(one, law)),
          )
        : []),
      ...(living.length > 0
        ? await deps.executor.executeIn(
            transaction,
            living.map(({ key, message }) => nextAct(deps.definitions, fileOf(files, key), message, law)),
          )
        : []),
    ]);
    for (const answer of answers) remember(files, answer);
  }
  throw new Refusal('flow.endless', `回放超过 ${mostActs} 轮仍有工单未结束`, {
    remedy: '检查流程是否存在走不出的环',
  });
}

async function known(deps: SimulateDeps, transaction: Transaction, batch: readonly Replayed[]) {
  const files = await loadCasesByKey(
    transaction,
    batch.map(({ key }) => key),
  );
  await deps.definitions.prepare(transaction, [...files.values()]);
  return files;
}

function remember(files: Map<string, CaseFile>, answer: Answer): void {
  if (answer.refusal) throw answer.refusal;
  if (answer.file) files.set(answer.file.businessKey, answer.file);
}

function fileOf(files: ReadonlyMap<string, CaseFile>, key: string): CaseFile {
  const file = files.get(key);
  if (!file) throw new Refusal('case.not-found', `回放的工单 ${key} 不见了`);
  return file;
}

export function sheetOf({ key, message }: Replayed, law: Law): WorkOrder {
  return {
    no: key,
    realm: 'replay',
    externalNo: message.no,
    ...sheetSaid(law),
    title: message.title,
    content: message.text,
    callerName: message.citizen ?? null,
    callerContact: null,
    callerAddress: null,
    language: 'zh',
    messagesWanted: true,
    district: null,
    place: null,
    receivedAt: message.receivedAt,
  };
}

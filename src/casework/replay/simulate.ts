/**
 * Lives the cases of a batch to their end on the real engine and database, each with its own moved clock: in every
 * round each case takes the one next thing that would happen to it, and a round is one transaction. Killed between
 * two rounds, it goes on where the database stands.
 */
import {
  loadCasesByKey,
  inDueOrder,
  type Answer,
  type CaseFile,
  type Command,
  type DefinitionStore,
  type Executor,
  type OpenTask,
  type RuntimeName,
} from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import type { Sheets, WorkOrder } from '../../sheet/index.js';
import { acceptRequests } from '../accept-requests.js';
import { answersOf } from '../form.js';
import type { Message } from './message.js';
import { scriptFor } from './people.js';

export interface SimulateDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly definitions: DefinitionStore;
  readonly sheets: Sheets;
}

export interface Replayed {
  readonly message: Message;
  readonly key: string;
}

/** More rounds than any case of the five processes can need. */
const mostRounds = 400;

/** @returns the ended cases by key. @throws {Refusal} for a case that can neither go on nor end */
export async function simulate(
  deps: SimulateDeps,
  batch: readonly Replayed[],
  runtime: RuntimeName | undefined,
): Promise<ReadonlyMap<string, CaseFile>> {
  const files = new Map(await deps.database.transaction((transaction) => known(deps, transaction, batch)));
  for (let round = 0; round < mostRounds; round += 1) {
    const fresh = batch.filter(({ key }) => !files.has(key));
    const living = batch.filter(({ key }) => files.get(key)?.endedAt === null);
    if (fresh.length === 0 && living.length === 0) return files;
    const answers = await deps.database.transaction(async (transaction) => [
      ...(fresh.length > 0
        ? await acceptRequests(
            deps,
            transaction,
            fresh.map(sheetOf),
            runtime === undefined ? {} : { runtime },
          )
        : []),
      ...(living.length > 0
        ? await deps.executor.executeIn(
            transaction,
            living.map(({ key, message }) => nextAct(deps, fileOf(files, key), message)),
          )
        : []),
    ]);
    for (const answer of answers) remember(files, answer);
  }
  throw new Refusal('flow.endless', `回放超过 ${mostRounds} 轮仍有工单未结束`, {
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

/**
 * The earliest of: a person doing an open task at once, a deadline falling due, the unit's reply arriving. A limit
 * that ends at the very instant of the reply (24:00) has not been exceeded.
 */
function nextAct(deps: SimulateDeps, file: CaseFile, message: Message): Command {
  const tasks = [...file.tasks.values()].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime());
  const atOnce = tasks.find((task) => scriptFor(task, message).when === 'at-once');
  if (atOnce) return completion(deps, file, atOnce, message, atOnce.openedAt);
  const [deadline] = inDueOrder(file.deadlines.values());
  const onReply = tasks[0];
  if (deadline && (!onReply || deadline.dueAt < message.repliedAt)) {
    return { kind: 'fall-due', caseId: file.id, until: deadline.dueAt };
  }
  if (onReply) {
    const at = onReply.openedAt > message.repliedAt ? onReply.openedAt : message.repliedAt;
    return completion(deps, file, onReply, message, at);
  }
  throw new Refusal('stimulus.not-waiting', `回放的工单 ${file.businessKey} 没有待办也没有时限,无法继续`, {
    remedy: '检查流程:每个等待处都应有任务、时限或消息',
  });
}

function completion(deps: SimulateDeps, file: CaseFile, task: OpenTask, message: Message, at: Date): Command {
  const definitionId = file.instances.get(task.instance)?.definitionId ?? 0;
  const element = deps.definitions.byId(definitionId).annotations.element(task.element);
  if (!element)
    throw new Refusal('task.not-found', `流程定义里没有 ${task.element}`, { where: task.element });
  return {
    kind: 'stimulate',
    caseId: file.id,
    instance: task.instance,
    stimulus: { kind: 'complete', task: task.element, token: task.token },
    at,
    actor: task.role === null ? '回放' : `回放:${task.role}`,
    ...answersOf(element, scriptFor(task, message).answers(element)),
  };
}

function sheetOf({ key, message }: Replayed): WorkOrder {
  return {
    no: key,
    realm: 'replay',
    externalNo: message.no,
    channel: 'mailbox',
    kind: 'help',
    title: message.title,
    content: message.text,
    callerName: message.citizen ?? null,
    callerContact: null,
    callerAddress: null,
    replyWanted: true,
    confidential: false,
    district: null,
    receivedAt: message.receivedAt,
  };
}

/** Sends one message to a caller, with retries; what became of it is an entry of the sheet's trail. */
import { z } from 'zod';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { secretGiven, wayBack, type WayBack } from '../index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, seal, type Clock, type Vault } from '../../kernel/index.js';
import { restingOn, type Laws } from '../../kernel/law.js';
import { sendThrough, type Message, type OutgoingSettings } from '../notification/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { Sheets } from '../../sheet/index.js';
import type { Occasions } from './occasions.js';
import {
  lockUntold,
  messageToSend,
  noteMessageFailure,
  settleNotTold,
  settleTold,
  type CallerMessage,
} from './store/message-store.js';
import { fill, type Template } from './template.js';

const sendJob = defineJob(
  'message.send',
  z.object({ message: z.int(), workOrder: z.string(), occasion: z.string() }),
  {
    title: '告知来电人',
    // As notifications: over sixteen hours, enough for a receiver that is down overnight.
    attempts: 12,
    subject: ({ workOrder, occasion }) => `工单 ${workOrder} 的来电人:${occasion}`,
  },
);

export const sendSoon = (
  transaction: Transaction,
  message: number,
  about: { readonly workOrder: string; readonly title: string },
): void =>
  addJobs(transaction, sendJob, [
    {
      payload: { message, workOrder: about.workOrder, occasion: about.title },
      key: `${sendJob.name} ${message}`,
    },
  ]);

export interface SendDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly executor: Executor;
  readonly laws: Laws;
  readonly occasions: Occasions;
  readonly outgoing: OutgoingSettings;
  readonly sheets: Sheets;
  readonly vault: Vault;
  readonly receiptFor: ReceiptFor;
}

/** A caller's receipt and the address of the page that checks it; undefined where there is none to give. */
export type ReceiptFor = (
  no: string,
) => Promise<{ readonly bytes: Buffer; readonly page: string } | undefined>;

type ToSend = NonNullable<Awaited<ReturnType<typeof messageToSend>>>;

interface Route {
  readonly way: WayBack;
  /** The caller's address in that way. */
  readonly to: string;
}

/**
 * At least once: a program that dies between sending and recording sends again, with the same number, by which a
 * receiver recognises it. The trail says it once.
 */
export function messageSendingJob(deps: SendDeps): Job {
  return handled(sendJob, async ({ message: id }, { attempt, signal }) => {
    const found = await deps.database.transaction(async (transaction) => {
      const message = await messageToSend(transaction, deps.vault, id);
      if (!message) return undefined;
      return { message, ...(await routeOf(deps, transaction, message.workOrder)) };
    });
    if (!found) return;
    const { message, route, secret, why } = found;
    if (!route) {
      await notTold(deps, message, null, why);
      return;
    }
    const occasion = deps.occasions.named(message.occasion);
    const isAttaching = occasion?.receipt === true && route.way.kind === 'email';
    const receipt = isAttaching ? await deps.receiptFor(message.workOrder) : undefined;
    const written = fill(message.said, { receipt: receipt?.page ?? null });
    // Without the code in what is recorded: it is the caller's alone.
    const isTold = occasion?.secret === true;
    const said = isTold ? fill(written, { secret: secret ?? null }) : written;
    const recorded = isTold
      ? fill(written, { secret: secret === undefined ? null : '************' })
      : written;
    const file = receipt && { name: '12345-receipt.cbor', type: 'application/cbor', bytes: receipt.bytes };
    try {
      await sendThrough(
        deps,
        addressOf(route),
        { ...outgoingMessage(deps.clock.now(), message, said, route), ...(file ? { file } : {}) },
        signal,
      );
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (attempt >= sendJob.attempts)
        await notTold(deps, { ...message, said: recorded }, route.way, failure);
      else await deps.database.transaction((transaction) => noteMessageFailure(transaction, id, failure));
      throw error;
    }
    await told(deps, { ...message, said: recorded }, route.way);
  });
}

/** As things are now: a corrected address is the one that is used, an erased one is none. */
async function routeOf(
  { sheets, vault }: SendDeps,
  transaction: Transaction,
  no: string,
): Promise<{ readonly route?: Route; readonly secret?: string | undefined; readonly why: string }> {
  const sheet = await sheets.find(transaction, no);
  const way = await wayBack(transaction, vault, no);
  if (!way) return { why: '来源已经停用,或者不再设告知的地址' };
  if (!sheet?.messagesWanted) return { why: '来电人不再愿意收消息' };
  const to = sheet.callerContact;
  if (to === null) return { why: '来电人的联系方式已经删除' };
  if (!canReach(way, to)) return { why: '来电人的联系方式不是邮件地址' };
  return { route: { way, to }, secret: await secretGiven(transaction, vault, no), why: '' };
}

/** Whether a contact is an address in that way. */
export const canReach = ({ kind }: Pick<WayBack, 'kind'>, contact: string): boolean =>
  kind === 'webhook' || z.email().safeParse(contact).success;

const addressOf = ({ way, to }: Route): Parameters<typeof sendThrough>[1] =>
  way.kind === 'email'
    ? { kind: 'email', address: to, secret: null }
    : { kind: 'webhook', address: way.address, secret: way.secret };

function outgoingMessage(
  now: Date,
  { id: number, workOrder, occasion, language }: CallerMessage,
  { subject: title, text }: Template,
  { to }: Route,
): Message {
  const id = `msg_${number}`;
  return {
    id,
    title,
    text,
    event: JSON.stringify({
      specversion: '1.0',
      id,
      source: '/hotline',
      type: 'hotline.caller.told',
      subject: workOrder,
      time: toShanghaiIso(now),
      datacontenttype: 'application/json',
      data: { workOrder, occasion, language, to, title, text },
    }),
  };
}

async function told(deps: SendDeps, message: ToSend, way: WayBack): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    // The case first, as everybody who writes its trail does.
    await record(deps, transaction, message, way, undefined, async (at) => {
      if (!(await lockUntold(transaction, message.id))) return false;
      await settleTold(transaction, message.id, at);
      return true;
    });
  });
}

async function notTold(deps: SendDeps, message: ToSend, way: WayBack | null, why: string): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await record(deps, transaction, message, way, why, (at) =>
      settleNotTold(transaction, message.id, { at, failure: why }),
    );
  });
}

async function record(
  { clock, executor, laws }: SendDeps,
  transaction: Transaction,
  message: ToSend,
  way: WayBack | null,
  why: string | undefined,
  settle: (at: Date) => Promise<boolean>,
): Promise<void> {
  const file = (await loadCasesByKey(transaction, [message.workOrder])).get(message.workOrder);
  if (!file) throw new Refusal('case.not-found', `没有编号为“${message.workOrder}”的工单`);
  const at = clock.now();
  if (!(await settle(at))) return;
  const { subject, text } = message.said;
  const [answer] = await executor.executeIn(transaction, [
    {
      kind: 'amend',
      caseId: file.id,
      at,
      type: why === undefined ? 'caller.told' : 'caller.not-told',
      body: {
        message: message.id,
        occasion: message.occasion,
        entry: message.entry,
        way: way?.kind ?? null,
        source: way?.name ?? null,
        language: message.language,
        template: message.template,
        ...(why === undefined ? {} : { why }),
        provisions: restingOn('progress', laws.ofCase(file)),
      },
      sealed: [seal('text', `${subject}\n\n${text}`)],
      actor: '系统',
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
}

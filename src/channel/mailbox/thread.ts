/**
 * Decides whether a mail belongs to an existing matter. Its text is added if the sender is the
 * matter's caller and the matter is open.
 */
import type { Transaction } from '../../platform/database/index.js';
import type { TakingDeps, Thread } from '../ports.js';
import { sheetOfMessageId } from '../store/message-store.js';
import type { Mail } from './parse-mail.js';

/** Most references of one mail that are examined. */
const most = 20;

export interface Continued extends Thread {
  /** True if the mail answers one of our messages; false if only its subject matches. */
  readonly isAnswer: boolean;
}

export async function continuedBy(
  deps: TakingDeps,
  transaction: Transaction,
  source: number,
  { answers, subject, sender }: Pick<Mail, 'answers' | 'subject' | 'sender'>,
): Promise<Continued | undefined> {
  const ids = answers.slice(-most);
  const messages = ids.flatMap((id) => {
    const [, number] = /^<msg_(\d{1,9})\.[0-9a-f]+@/.exec(id) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  const ofMails: string[] = [];
  for (const id of ids) {
    const no = await sheetOfMessageId(transaction, deps.vault, source, id);
    if (no !== undefined) ofMails.push(no);
  }
  const answered = await deps.threadOf(transaction, { messages, sheets: ofMails }, sender);
  if (answered?.isCallers) return { ...answered, isAnswer: true };
  const sheets = subject.match(/(?<!\d)\d{8}-\d{6}(?!\d)/g) ?? [];
  const named = await deps.threadOf(transaction, { messages: [], sheets: sheets.slice(0, 3) }, sender);
  if (named?.isCallers) return { ...named, isAnswer: false };
  return answered && { ...answered, isAnswer: true };
}

/** Note on the new sheet about the other sheet; undefined if there is nothing to note. */
export function noteOf({ no, isCallers, isAnswer }: Continued): string | undefined {
  if (isCallers) return `（这封信接着已经办结的工单 ${no}）`;
  return isAnswer ? `（这封信答复的是工单 ${no} 的信，发件人不是该工单留下的联系方式）` : undefined;
}

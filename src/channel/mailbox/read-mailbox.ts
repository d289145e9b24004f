/**
 * Reads the mayor's mailbox. Each mail becomes a sheet, is added to one, or is set aside; then its
 * files are added, and only then the mail is marked in the mailbox. If the program died before
 * marking a mail, the mail's Message-ID identifies it, and the work continues where it stopped.
 */
import { createHash } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { Refusal } from '../../kernel/index.js';
import { cut, readMessage, type Reading } from '../mapping.js';
import type { Outbox } from '../outbox/index.js';
import type { TakingDeps } from '../ports.js';
import { take } from '../receive.js';
import { mailboxSource } from '../sources.js';
import { readingOf, noteReading, type ReadingMark } from '../store/mailbox-store.js';
import { noteFailure, type Source } from '../store/source-store.js';
import { parseMail, type Mail } from './parse-mail.js';
import type { MailboxSettings } from './settings.js';
import { continuedBy, noteOf } from './thread.js';

/** Bytes; a larger mail stays unread in the mailbox, and a person is notified. */
const largest = 30 * 1024 * 1024;
/** Timeout in milliseconds. */
const patience = 30_000;
/** Most characters of an addition to a sheet. */
const longestAddition = 20_000;

export type ReadingDeps = TakingDeps & { readonly outbox: Outbox };

/** @returns the failure in Chinese; undefined if the mailbox was read to its end */
export async function readMailbox(
  deps: ReadingDeps,
  settings: MailboxSettings,
  signal: AbortSignal,
): Promise<string | undefined> {
  const source = await mailboxSource(deps);
  if (!source) return undefined;
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    doSTARTTLS: settings.secure || settings.local ? undefined : true,
    auth: { user: settings.user, pass: settings.password },
    logger: false,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  });
  // A lost connection is reported by the call that is waiting for it.
  client.on('error', () => undefined);
  const stop = (): void => client.close();
  signal.addEventListener('abort', stop, { once: true });
  let failure: string | undefined;
  try {
    await client.connect();
    failure = await readAll(deps, source, settings, client, signal);
    await client.logout();
  } catch (error) {
    failure = failureOf(error);
    if (failure === undefined) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
  const text = failure;
  if (text !== undefined) {
    await deps.database.transaction((transaction) =>
      noteFailure(transaction, source.id, { at: deps.clock.now(), text }),
    );
  }
  return failure;
}

/** @returns why some mails were not taken completely; they are read again */
async function readAll(
  deps: ReadingDeps,
  source: Source,
  settings: MailboxSettings,
  client: ImapFlow,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { database, clock } = deps;
  const lock = await client.getMailboxLock(settings.folder);
  try {
    const box = client.mailbox;
    if (box === false) throw new Error('the mailbox is not open');
    const uidValidity = Number(box.uidValidity);
    const known = await database.transaction((transaction) => readingOf(transaction, source.id));
    const note = (mark: Omit<ReadingMark, 'uidValidity'>): Promise<void> =>
      database.transaction((transaction) => noteReading(transaction, source.id, { ...mark, uidValidity }));
    // Numbers of another UIDVALIDITY mean nothing; then only unread mails are taken.
    const last = known?.uidValidity === uidValidity ? known.lastUid : 0;
    const asked = last > 0 ? { uid: `${last + 1}:*` } : { seen: false };
    const found = (await client.search(asked, { uid: true })) || [];
    assertConnected(client);
    // `n:*` names the last mail even if its number is smaller.
    const uids = found.filter((uid) => uid > last).sort((one, other) => one - other);
    let lastUid = last;
    let behind: string | undefined;
    for (const uid of uids) {
      if (signal.aborted) return undefined;
      try {
        await takeMail(deps, source, settings, client, { uid, uidValidity });
      } catch (error) {
        if (!(error instanceof Refusal) || !error.code.startsWith('attachment.')) throw error;
        // The next mails are read without waiting for the files of this mail. This mail is marked
        // only after its files were added.
        behind ??= `有来信的附件还没有收下：${error.message}`;
      }
      if (behind !== undefined) continue;
      lastUid = uid;
      await note({ lastUid, readAt: known?.readAt ?? clock.now() });
    }
    if (behind !== undefined) return behind;
    await note({ lastUid: Math.max(lastUid, Number(box.uidNext) - 1, last), readAt: clock.now() });
    return undefined;
  } finally {
    lock.release();
  }
}

async function takeMail(
  deps: ReadingDeps,
  source: Source,
  { doneFolder }: MailboxSettings,
  client: ImapFlow,
  { uid, uidValidity }: { readonly uid: number; readonly uidValidity: number },
): Promise<void> {
  const range = String(uid);
  const head = await client.fetchOne(range, { size: true }, { uid: true });
  assertConnected(client);
  // Somebody has deleted the mail meanwhile.
  if (!head) return;
  if ((head.size ?? 0) > largest) {
    const text = Buffer.from(
      `邮箱里的一封信超过 ${largest / 1024 / 1024} MB，没有读，仍在邮箱里（编号 ${range}）`,
    );
    const reading = { problem: '邮件太大', messageId: null };
    await take(deps, source, {
      reading,
      id: `uid ${uidValidity} ${range}`,
      raw: text,
      compared: text,
      files: [],
    });
    return;
  }
  const fetched = await client.fetchOne(range, { source: true }, { uid: true });
  assertConnected(client);
  if (!fetched || !fetched.source) return;
  const mail = await parseMail(fetched.source);
  // A report that was handled automatically needs no reader.
  const isOurs = mail.returned !== undefined && (await isSeenTo(deps, mail.returned));
  if (!isOurs) await takeWhole(deps, source, mail, fetched.source);
  await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
  assertConnected(client);
  if (doneFolder !== undefined) await client.messageMove(range, doneFolder, { uid: true });
}

/**
 * A report that cannot be recorded, for example because its case was altered, goes to a person and
 * does not hold up other mail.
 */
async function isSeenTo({ outbox }: ReadingDeps, returned: NonNullable<Mail['returned']>): Promise<boolean> {
  try {
    return await outbox.returned(returned);
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return false;
    throw error;
  }
}

async function takeWhole(deps: TakingDeps, source: Source, mail: Mail, original: Buffer): Promise<void> {
  const { messageId: _id, ...said } = mail.message;
  await take(deps, source, {
    ...(await readingOfMail(deps, source, mail)),
    id: mail.messageId ?? createHash('sha256').update(original).digest('hex'),
    raw: Buffer.from(mail.readable),
    compared: Buffer.from(JSON.stringify(said)),
    files: mail.files,
  });
}

async function readingOfMail(
  deps: TakingDeps,
  { id, mapping }: Source,
  mail: Mail,
): Promise<{
  readonly reading: Reading;
  readonly addition?: { readonly no: string; readonly text: string };
}> {
  const [now, law] = [deps.clock.now(), deps.laws.today()];
  if (mail.automatic !== undefined) return { reading: { problem: mail.automatic, messageId: null } };
  const continued = await deps.database.transaction((transaction) =>
    continuedBy(deps, transaction, id, mail),
  );
  const reading = readMessage(mapping, mail.message, now, law);
  if (!continued) return { reading };
  const { no, isCallers, isOpen } = continued;
  if (isCallers && isOpen) return { reading, addition: { no, text: cut(mail.ownWords, longestAddition) } };
  const note = noteOf(continued);
  if (note === undefined) return { reading };
  const noted = { ...mail.message, text: `${mail.message.text}\n\n${note}` };
  return { reading: readMessage(mapping, noted, now, law) };
}

/** The client returns `false` both when the connection is lost and when the server refuses. */
function assertConnected(client: ImapFlow): void {
  if (!client.usable) throw Object.assign(new Error('the connection is lost'), { code: 'NoConnection' });
}

/** In Chinese, without address and password; undefined if the error is no failure of the mailbox. */
function failureOf(error: unknown): string | undefined {
  const { code, authenticationFailed, responseStatus } = error as {
    readonly code?: unknown;
    readonly authenticationFailed?: unknown;
    readonly responseStatus?: unknown;
  };
  if (authenticationFailed === true) return '邮箱不接受用户或口令';
  if (typeof responseStatus === 'string') return '邮箱拒绝了一步操作，核对文件夹的名称';
  if (typeof code !== 'string') return undefined;
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return '找不到邮箱的主机';
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return '邮箱主机的证书不能信任';
  if (
    /^(E[A-Z]+|NoConnection|ConnectionClosed|UpgradeTimeout|CONNECT_TIMEOUT|GREETING_TIMEOUT|ServerClosed)$/i.test(
      code,
    )
  ) {
    return '连接不上邮箱，或者连接断了';
  }
  return undefined;
}

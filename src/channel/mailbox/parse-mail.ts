/** Parses a mail into a message for a mapping, with its files, and detects whether a machine wrote it. */
import type { Attachment, ParsedMail } from 'mailparser';
import type { JsonObject } from '../../kernel/index.js';
import type { ReturnedMail } from '../outbox/index.js';
import { storable, type SentFile } from '../mapping.js';
import { ownWords } from './own-words.js';

export interface Mail {
  readonly message: JsonObject & { readonly text: string };
  readonly messageId: string | null;
  readonly subject: string;
  /** The sender's address. */
  readonly sender: string;
  /** Message-IDs of the mails that this mail answers, the latest last. */
  readonly answers: readonly string[];
  /** The text without quotations; empty only if the mail is empty. */
  readonly ownWords: string;
  readonly files: readonly SentFile[];
  /** Why the mail is no request of a person; undefined if it may be one. */
  readonly automatic: string | undefined;
  /** Set if the mail is a server's report that one of our mails did not arrive. */
  readonly returned: ReturnedMail | undefined;
  /** The mail's text for a person, in case it is set aside. */
  readonly readable: string;
}

export async function parseMail(source: Buffer): Promise<Mail> {
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(source, { skipImageLinks: true, skipTextToHtml: true });
  const [from] = parsed.from?.value ?? [];
  const files = parsed.attachments.filter(isFile).map(({ filename, content }, index) => ({
    name: storable(filename ?? `附件 ${index + 1}`),
    content,
  }));
  const names = files.map(({ name }) => name);
  const subject = storable(parsed.subject ?? '').trim();
  const text = storable(parsed.text ?? '').trim();
  const address = storable(from?.address ?? '');
  const message = {
    messageId: parsed.messageId ?? null,
    subject,
    text: text === '' ? subject : text,
    from: { name: storable(from?.name ?? ''), address },
    attachments: names,
  };
  const inMailbox = files.length === 0 ? '' : `\n\n（来信带有附件，原件在邮箱里：${names.join('、')}）`;
  return {
    message,
    messageId: parsed.messageId ?? null,
    subject,
    sender: address,
    answers: [...new Set([...referencesIn(parsed), ...idsIn(parsed.inReplyTo)])],
    ownWords:
      text === '' && files.length > 0 ? `（来信只有附件：${names.join('、')}）` : ownWords(text || subject),
    files,
    automatic: automaticIn(parsed),
    returned: returnedIn(parsed),
    readable: `发件人：${message.from.name} <${address}>\n主题：${subject}\n\n${message.text}${inMailbox}`,
  };
}

/** Excludes signatures, which prove nothing here and say nothing about the matter. */
const isFile = ({ contentType }: Attachment): boolean =>
  !/^application\/(pgp-signature|(x-)?pkcs7-signature)$/i.test(contentType);

const referencesIn = ({ references }: ParsedMail): string[] => [references ?? []].flat().flatMap(idsIn);

const idsIn = (text: string | undefined): string[] => text?.match(/<[^<>\s]{1,500}>/g) ?? [];

/** Titles of automatic replies by mail services that set no header. */
const repliedByItself =
  /^\s*(自动回复|自動回覆|automatic reply|auto[- ]?reply|out of office|réponse automatique|automatische antwort|автоответ)/iu;

/** Detects automatic mail by RFC 3834 and by common headers beside it. */
function automaticIn({ headers, from, subject }: ParsedMail): string | undefined {
  const said = (name: string): string => {
    const value = headers.get(name);
    return typeof value === 'string' ? value.toLowerCase() : value === undefined ? '' : 'structured';
  };
  const byMachine = '自动回复或者自动发出的邮件';
  const submitted = said('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return byMachine;
  if (said('x-autoreply') !== '' || said('x-autorespond') !== '') return byMachine;
  if (repliedByItself.test(subject ?? '')) return byMachine;
  const sender = from?.value[0]?.address?.toLowerCase() ?? '';
  if (isReport(headers) || /^(mailer-daemon|postmaster)@/.test(sender) || isReturned(headers)) return '退信';
  // mailparser gathers the headers of a list (List-Id and the like) under one name.
  if (headers.has('list') || said('list-id') !== '') return '邮件列表';
  if (/^(bulk|list|junk|auto_reply)/.test(said('precedence'))) return '群发的邮件';
  return undefined;
}

function isReport(headers: ParsedMail['headers']): boolean {
  const type = headers.get('content-type');
  if (typeof type !== 'object' || !('value' in type)) return false;
  return typeof type.value === 'string' && type.value.startsWith('multipart/report');
}

/** RFC 3464: a group of lines for each recipient, then the returned mail or its headers. */
function returnedIn({ headers, text = '', attachments }: ParsedMail): ReturnedMail | undefined {
  if (!isReport(headers)) return undefined;
  const failed = text.split(/\n\s*\n/).filter((group) => /^action:\s*failed\b/im.test(group));
  const addresses = failed.flatMap((group) =>
    [...group.matchAll(/^(?:final|original)-recipient:[^;\n]*;\s*<?([^\s<>]+)/gim)].map(([, to = '']) => to),
  );
  const [id] = attachments
    .filter(({ contentType }) => /^(message\/rfc822|(text|message)\/rfc822-headers)$/i.test(contentType))
    .flatMap(
      ({ content }) => /^message-id:\s*(<[^<>\s]{1,500}>)/im.exec(content.toString('latin1'))?.[1] ?? [],
    );
  const status = /^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(failed.join('\n'))?.[1] ?? '5.0.0';
  return addresses.length > 0 && id !== undefined ? { id, addresses, status } : undefined;
}

/** RFC 5321: a mail server's notice has an empty return address. */
function isReturned(headers: ParsedMail['headers']): boolean {
  const path = headers.get('return-path');
  if (typeof path === 'string') return path.trim() === '<>';
  if (typeof path !== 'object' || !('value' in path) || !Array.isArray(path.value)) return false;
  return path.value.every(
    (one: { readonly address?: string } | string) => typeof one === 'object' && !one.address,
  );
}

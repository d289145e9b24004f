/** A mail as a message that a mapping reads, and whether a machine wrote it. */
import type { ParsedMail } from 'mailparser';
import type { JsonObject } from '../../kernel/index.js';
import { storable } from '../mapping.js';

export interface Mail {
  readonly message: JsonObject;
  readonly messageId: string | null;
  /** Why it is no request of a person; undefined if it may be one. */
  readonly automatic: string | undefined;
  /** For a person, if it is put aside. */
  readonly readable: string;
}

export async function parseMail(source: Buffer): Promise<Mail> {
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(source, { skipImageLinks: true, skipTextToHtml: true });
  const [from] = parsed.from?.value ?? [];
  const files = parsed.attachments.map(({ filename }, index) => filename ?? `附件 ${index + 1}`);
  const kept = files.length === 0 ? '' : `\n\n(来信带有附件,原件在邮箱里:${files.join('、')})`;
  const subject = storable(parsed.subject ?? '').trim();
  const text = storable(`${(parsed.text ?? '').trim()}${kept}`).trim();
  const address = storable(from?.address ?? '');
  const message = {
    messageId: parsed.messageId ?? null,
    subject,
    text: text === '' ? subject : text,
    from: { name: storable(from?.name ?? ''), address },
    attachments: files.map(storable),
  };
  return {
    message,
    messageId: parsed.messageId ?? null,
    automatic: automaticIn(parsed),
    readable: `发件人:${message.from.name} <${address}>\n主题:${subject}\n\n${text}`,
  };
}

/** RFC 3834 and what is used beside it. */
function automaticIn({ headers, from }: ParsedMail): string | undefined {
  const said = (name: string): string => {
    const value = headers.get(name);
    return typeof value === 'string' ? value.toLowerCase() : value === undefined ? '' : 'structured';
  };
  const submitted = said('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return '自动回复或者自动发出的邮件';
  if (said('x-autoreply') !== '' || said('x-autorespond') !== '') return '自动回复或者自动发出的邮件';
  const type = headers.get('content-type');
  const report =
    typeof type === 'object' &&
    'value' in type &&
    typeof type.value === 'string' &&
    type.value.startsWith('multipart/report');
  const sender = from?.value[0]?.address?.toLowerCase() ?? '';
  if (report || /^(mailer-daemon|postmaster)@/.test(sender) || said('return-path') === '<>') return '退信';
  // mailparser gathers the headers of a list (List-Id and the like) under one name.
  if (headers.has('list') || said('list-id') !== '') return '邮件列表';
  if (/^(bulk|list|junk|auto_reply)/.test(said('precedence'))) return '群发的邮件';
  return undefined;
}

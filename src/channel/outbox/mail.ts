import { failureInWords } from './failure.js';
import type { Vault } from '../../kernel/index.js';
import type { Message } from './message.js';
import { longestWait, type Receipt } from './kind.js';
import type { OutgoingSettings } from './settings.js';

/** The Message-ID of one of our mails; nobody can forge one without having seen it. */
export const mailName = (vault: Vault, id: string): string =>
  `${id}.${vault.match(`mail ${id}`).toString('hex').slice(0, 20)}`;

export interface Postman {
  readonly outgoing: OutgoingSettings;
  readonly vault: Vault;
}

/** Timeouts are in milliseconds. @throws {Error} in Chinese, unless the mail server accepts the mail */
export async function sendEmail(
  { outgoing: { smtp }, vault }: Postman,
  to: string,
  message: Pick<Message, 'id' | 'title' | 'text' | 'file'>,
  patience: number,
): Promise<Receipt> {
  if (!smtp) throw new Error('没有设置邮件服务器（HOTLINE_SMTP_URL、HOTLINE_SMTP_FROM）');
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtp.url,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail({
      from: smtp.from,
      to: { name: '', address: to },
      subject: message.title,
      text: `${message.text}\n`,
      ...(message.file
        ? {
            attachments: [
              {
                filename: message.file.name,
                contentType: message.file.type,
                content: message.file.bytes,
              },
            ],
          }
        : {}),
      // The header keeps other machines from answering, and our own mailbox from taking the mail
      // for a request.
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: `<${mailName(vault, message.id)}@${smtp.from.split('@').at(-1) ?? 'hotline'}>`,
    });
    // A server's answer may repeat the address, so addresses are masked.
    return { words: response.replaceAll(/\S+@\S+/g, '…').slice(0, 200), to };
  } catch (error) {
    throw failureInWords(error);
  } finally {
    transport.close();
  }
}

/** Sends letters that are no notifications. */
export const letterSender =
  (postman: Postman) =>
  ({ to, ...letter }: { readonly to: string } & Pick<Message, 'id' | 'title' | 'text'>): Promise<Receipt> =>
    sendEmail(postman, to, letter, longestWait);

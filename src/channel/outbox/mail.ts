import { failureInWords } from './failure.js';
import type { Message } from './message.js';
import { longestWait, type Receipt } from './kind.js';
import type { OutgoingSettings } from './settings.js';

/** Timeouts in milliseconds. @throws {Error} in Chinese, unless the mail server accepts it */
export async function sendEmail(
  { smtp }: OutgoingSettings,
  to: string,
  message: Pick<Message, 'id' | 'title' | 'text' | 'file'>,
  patience: number,
): Promise<Receipt> {
  if (!smtp) throw new Error('没有设置邮件服务器(HOTLINE_SMTP_URL、HOTLINE_SMTP_FROM)');
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
      // So that no other machine answers it, and our own mailbox does not take it for a request.
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: `<${message.id}@${smtp.from.split('@').at(-1) ?? 'hotline'}>`,
    });
    // Servers may repeat the address.
    return { words: response.replaceAll(/\S+@\S+/g, '…').slice(0, 200), to };
  } catch (error) {
    throw failureInWords(error);
  } finally {
    transport.close();
  }
}

/** For letters that are no notifications. */
export const letterSender =
  (settings: OutgoingSettings) =>
  ({ to, ...letter }: { readonly to: string } & Pick<Message, 'id' | 'title' | 'text'>): Promise<Receipt> =>
    sendEmail(settings, to, letter, longestWait);

/** Mails as a mail program writes them. */
import { createTransport, type SendMailOptions } from 'nodemailer';

export async function createNodemailerMail(mail: SendMailOptions): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await transport.sendMail({ to: 'mayor@example.gov.cn', ...mail });
  return message as Buffer;
}

import { readFileSync } from 'node:fs';
import { Refusal } from '../../kernel/index.js';

export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is demanded, except on this machine. */
  readonly secure: boolean;
  readonly local: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** Where mails go that have been taken; they stay, read, without it. */
  readonly doneFolder: string | undefined;
}

/**
 * From `HOTLINE_IMAP_URL`, `HOTLINE_IMAP_PASSWORD_FILE` and `HOTLINE_IMAP_DONE_FOLDER`; undefined without an address.
 *
 * @throws {Refusal} `usage.invalid`; never repeats the password
 */
export function mailboxSettings(environment: NodeJS.ProcessEnv = process.env): MailboxSettings | undefined {
  const said = (name: string): string => environment[name]?.trim() ?? '';
  const text = said('HOTLINE_IMAP_URL');
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const user = decodeURIComponent(url?.username ?? '');
  if (!url || !/^imaps?:$/.test(url.protocol) || url.hostname === '' || user === '' || url.password !== '') {
    throw new Refusal('usage.invalid', 'HOTLINE_IMAP_URL 不是有效的邮箱地址', {
      remedy:
        '写成 imaps://用户@主机:993/INBOX,用户里的 @ 写作 %40;口令不写在这里,写在 HOTLINE_IMAP_PASSWORD_FILE 指的文件里',
    });
  }
  const secure = url.protocol === 'imaps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    local: /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname),
    user,
    password: passwordIn(said('HOTLINE_IMAP_PASSWORD_FILE')),
    folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
    doneFolder: said('HOTLINE_IMAP_DONE_FOLDER') || undefined,
  };
}

function passwordIn(file: string): string {
  try {
    const password = readFileSync(file, 'utf8').trim();
    if (password !== '') return password;
  } catch {
    // Said below: the cause may repeat the path of a secret.
  }
  throw new Refusal('usage.invalid', 'HOTLINE_IMAP_PASSWORD_FILE 指的文件读不了,或者是空的', {
    remedy: '把邮箱的口令写进一个只有程序的用户可读的文件,写明它的路径',
  });
}

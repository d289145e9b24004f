import { readFileSync } from 'node:fs';
import { Refusal } from '../../kernel/index.js';

export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  /** True: TLS from the first byte. False: STARTTLS is required, except on this machine. */
  readonly secure: boolean;
  readonly local: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
  /** Folder for mails that were taken; without it they stay where they are, marked read. */
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
        '写成 imaps://用户@主机:993/INBOX，用户里的 @ 写作 %40；口令不写在这里，写在 HOTLINE_IMAP_PASSWORD_FILE 指的文件里',
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
    // Reported below, because the cause may contain the path of a secret.
  }
  throw new Refusal('usage.invalid', 'HOTLINE_IMAP_PASSWORD_FILE 指的文件读不了，或者是空的', {
    remedy: '把邮箱的口令写进一个只有程序的用户可读的文件，写明它的路径',
  });
}

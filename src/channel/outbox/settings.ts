import { z } from 'zod';
import { Refusal } from '../../kernel/index.js';

export interface OutgoingSettings {
  /** Permits webhooks to internal addresses. */
  readonly privateAddresses: boolean;
  readonly smtp?: { readonly url: string; readonly from: string };
}

/**
 * From `HOTLINE_WEBHOOK_PRIVATE`, `HOTLINE_SMTP_URL` and `HOTLINE_SMTP_FROM`.
 *
 * @throws {Refusal} `usage.invalid`; never repeats the URL, which may contain a password
 */
export function outgoingSettings(environment: NodeJS.ProcessEnv = process.env): OutgoingSettings {
  const privateAddresses = environment['HOTLINE_WEBHOOK_PRIVATE'] === 'allow';
  const url = environment['HOTLINE_SMTP_URL']?.trim();
  if (!url) return { privateAddresses };
  const from = environment['HOTLINE_SMTP_FROM']?.trim() ?? '';
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    throw new Refusal('usage.invalid', 'HOTLINE_SMTP_URL 不是有效的邮件服务器地址', {
      remedy: '写成 smtps://用户:口令@主机:465 或者 smtp://主机:587',
    });
  }
  if (!z.email().safeParse(from).success) {
    throw new Refusal('usage.invalid', 'HOTLINE_SMTP_FROM 不是有效的邮件地址', {
      remedy: '写成发件人的邮件地址，例如 hotline@example.gov.cn',
    });
  }
  return { privateAddresses, smtp: { url, from } };
}

/** Reads from the environment which outside places keep checkpoints. */
import { Refusal, s3SettingsOf } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import { readWitnesses } from '../witness/policy.js';
import type { Anchor } from './anchor.js';
import { folderAnchor } from './folder.js';
import { mailAnchor, type SendMail } from './mail.js';
import { objectStoreAnchor } from './object-store.js';
import { witnessAnchor } from './witness.js';

/**
 * `HOTLINE_TRAIL_WITNESSES`, `HOTLINE_ANCHOR_FOLDER`, `HOTLINE_ANCHOR_S3` (with `_SECRET_FILE` and `_LOCK_DAYS`),
 * `HOTLINE_ANCHOR_MAIL`.
 *
 * @throws {Refusal} `usage.invalid`
 */
export async function readAnchors(
  send: SendMail,
  now: () => Date,
  laws: Laws,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly Anchor[]> {
  const folder = environment['HOTLINE_ANCHOR_FOLDER']?.trim();
  const s3 = s3SettingsOf('HOTLINE_ANCHOR_S3', environment);
  const to = environment['HOTLINE_ANCHOR_MAIL']?.trim();
  if (to && !/^[^\s@]+@[^\s@]+$/.test(to))
    throw new Refusal('usage.invalid', 'HOTLINE_ANCHOR_MAIL 不是邮件地址', {
      remedy: '写成一个地址，例如 dangan@archive.example；邮件服务器由 HOTLINE_SMTP_URL 指明',
    });
  return [
    ...(await readWitnesses(environment)).map(witnessAnchor),
    ...(folder ? [folderAnchor(folder)] : []),
    ...(s3 ? [objectStoreAnchor(s3, lockDays(environment), now)] : []),
    ...(to ? [mailAnchor(to, send, laws)] : []),
  ];
}

function lockDays(environment: NodeJS.ProcessEnv): number {
  const days = Number(environment['HOTLINE_ANCHOR_S3_LOCK_DAYS']?.trim() ?? '0');
  if (Number.isInteger(days) && days >= 0 && days <= 36_500) return days;
  throw new Refusal('usage.invalid', 'HOTLINE_ANCHOR_S3_LOCK_DAYS 不是天数', {
    remedy: '写一个 0 到 36500 的整数；0 或不设则照存储桶自己的规定',
  });
}

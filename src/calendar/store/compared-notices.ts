/** Notices as their rows have them, for comparison with the trail. */
import { createHash } from 'node:crypto';
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { daysOf, kindOf, yearOf, type Notice } from './notice-store.js';

export const noticeTable = 'calendar_notice';

/** SHA-256 in hex over kind, year and days, a line each, as they are stored. */
export const noticeDigest = (notice: Notice): string =>
  createHash('sha256')
    .update([kindOf(notice), yearOf(notice) ?? '', JSON.stringify(daysOf(notice))].join('\n'))
    .digest('hex');

export const comparedNotices = (
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT document AS name,
            json_build_object('标题', title, '文件', sha256, '日子', encode(sha256(convert_to(
              concat_ws(E'\n', kind, coalesce(year::text, ''), days::text), 'UTF8')), 'hex')) AS facts
       FROM calendar_notice`,
  );

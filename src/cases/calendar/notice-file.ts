/** A file with one notice. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { readNotices, type Notice } from '../../calendar/index.js';
import { Refusal } from '../../kernel/index.js';

export interface NoticeFile {
  readonly notice: Notice;
  /** SHA-256 of the canonical JSON (RFC 8785), hex: whitespace and field order are irrelevant. */
  readonly sha256: string;
}

/**
 * @param file its bytes
 * @param name for the refusal's text
 * @param document the notice's number as stated by the person loading it
 * @throws {Refusal} `calendar.invalid`
 */
export function readNoticeFile(file: Uint8Array, name: string, document: string): NoticeFile {
  const text = decode(file, name);
  const [notice, second] = readNotices(text, name);
  if (!notice || second) {
    throw new Refusal('calendar.invalid', `${name} 里不是恰好一份通知`, {
      remedy: '一份通知一个文件，逐份载入；日历没有任何变动',
    });
  }
  if (notice.document !== undefined && notice.document !== document) {
    throw new Refusal(
      'calendar.invalid',
      `${name} 里的文号是 ${notice.document}，给出的文号却是 ${document}`,
      { remedy: unchanged },
    );
  }
  const sha256 = createHash('sha256')
    .update(canonicalize(JSON.parse(text)) ?? '')
    .digest('hex');
  return { notice: { ...notice, document }, sha256 };
}

export const unchanged = '改正后再载入；日历没有任何变动';

/** Decodes to NFC, the form in which entries store text. */
function decode(file: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file).normalize('NFC');
  } catch (cause) {
    throw new Refusal('calendar.invalid', `${name} 不是 UTF-8 编码的文件`, { cause, remedy: unchanged });
  }
}

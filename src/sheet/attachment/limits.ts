/** Limits on attachments: per file, per sheet, and from a caller. */
import { Refusal } from '../../kernel/index.js';

export interface AttachmentLimits {
  /** Bytes per file. */
  readonly perFile: number;
  readonly perSheet: number;
  /** Files per sheet. */
  readonly most: number;
  /** Files that the caller may add on the callers' page. */
  readonly mostOfCaller: number;
}

const mebibyte = 1024 * 1024;

/** @throws {Refusal} `usage.invalid` */
export function attachmentLimits(environment: NodeJS.ProcessEnv = process.env): AttachmentLimits {
  return {
    perFile: numberOf(environment, 'HOTLINE_ATTACHMENT_MIB', 25, 500) * mebibyte,
    perSheet: numberOf(environment, 'HOTLINE_ATTACHMENT_SHEET_MIB', 200, 10_000) * mebibyte,
    most: numberOf(environment, 'HOTLINE_ATTACHMENT_MOST', 40, 1000),
    mostOfCaller: numberOf(environment, 'HOTLINE_ATTACHMENT_MOST_OF_CALLER', 10, 100),
  };
}

function numberOf(environment: NodeJS.ProcessEnv, name: string, usual: number, largest: number): number {
  const text = environment[name]?.trim();
  if (!text) return usual;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= largest) return number;
  throw new Refusal('usage.invalid', `${name}“${text}”不是 1 至 ${largest} 的整数`, {
    remedy: `例如 ${name}=${usual}；不设则为 ${usual}`,
  });
}

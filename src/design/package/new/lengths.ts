/** Lengths of time that a sentence of a law names: 五个工作日, 二十四小时, 五至十个工作日, 两个月. Pure. */
import type { Limit } from '../../../kernel/limit.js';

type Amount = number | [number, number];

/** As a limit says it; a range names both ends. */
export interface Length {
  readonly days?: Amount;
  readonly hours?: Amount;
  readonly months?: Amount;
  readonly of?: 'working' | 'natural';
}

const numeral = '[一二三四五六七八九十两百零〇]+|\\d+';
const pattern = new RegExp(
  `(${numeral})(?:个?(?:工作日|日|小时|月)?(?:至|到|—|－|-)(${numeral}))?\\s*(?:个)?(工作日|日|天|小时|月)(?!份)`,
  'g',
);

export function lengthsIn(sentence: string): Length[] {
  const withoutDates = sentence.replaceAll(/\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日/g, '');
  return [...withoutDates.matchAll(pattern)].flatMap(([, least = '', most, unit = '']): Length[] => {
    const [from, until] = [numberOf(least), most === undefined ? undefined : numberOf(most)];
    if (from === undefined || from === 0 || (most !== undefined && until === undefined)) return [];
    const amount: Amount = until === undefined ? from : [from, until];
    if (unit === '小时') return [{ hours: amount }];
    if (unit === '月') return [{ months: amount }];
    return [{ days: amount, of: unit === '工作日' ? 'working' : 'natural' }];
  });
}

const digits = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]));

/** Up to 999; undefined if it is no number. */
function numberOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const plain = text.replaceAll('〇', '零').replaceAll('两', '二');
  const [, hundreds, tens, ones] = /^(?:(.)百)?零?(?:(.?)十)?(.?)$/.exec(plain) ?? [];
  const digit = (sign: string | undefined): number => (sign ? (digits.get(sign) ?? Number.NaN) : 0);
  const ten = tens === undefined ? 0 : tens === '' ? 1 : digit(tens);
  const value = digit(hundreds) * 100 + ten * 10 + digit(ones);
  return Number.isNaN(value) ? undefined : value;
}

/** Whether the law names the length that a limit gives. */
export const names = (lengths: readonly Length[], limit: Limit): boolean =>
  lengths.some(
    ({ days, hours, months, of }) =>
      same(days, limit.days) &&
      same(hours, limit.hours) &&
      same(months, limit.months) &&
      (limit.days === undefined || of === limit.of),
  );

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

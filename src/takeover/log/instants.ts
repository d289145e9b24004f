/** Parses instants as logs write them. */
import { tz } from '@date-fns/tz';
import { parse } from 'date-fns';
import type { Mapping } from '../mapping.js';

const usual =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** @returns in Chinese, why a text is no instant */
export type InstantReader = (text: string) => Date | string;

export function instantReader({ format, zone }: Mapping['instant']): InstantReader {
  const inZone = zone === undefined ? undefined : tz(zone);
  const fromWall = zone === undefined ? undefined : wallClock(zone);
  if (format !== undefined) {
    const hasOffset = /[xX]/.test(format);
    return (text) => {
      if (!hasOffset && !inZone) return withoutZone(text);
      const read = parse(text, format, new Date(0), inZone ? { in: inZone } : {});
      const at = new Date(read.getTime());
      return Number.isNaN(at.getTime()) ? `“${text}”不是 ${format} 写的时刻` : at;
    };
  }
  return (text) => {
    const match = usual.exec(text);
    if (!match) return `“${text}”不是时刻；写法特别的，在对照表里写 instant.format`;
    const [, year = '', month = '', day = '', hours = '0', minutes = '0', seconds = '0', part = '0', offset] =
      match;
    const [m, d, h, i, s] = [month, day, hours, minutes, seconds].map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const utc = Date.UTC(Number(year), m - 1, d, h, i, s, Number(part.slice(0, 3).padEnd(3, '0')));
    if (new Date(Date.UTC(Number(year), m - 1, d)).getUTCDate() !== d || m > 12 || h > 24 || i > 59 || s > 60)
      return `没有“${text}”这一刻`;
    if (offset !== undefined) return new Date(utc - minutesOf(offset) * 60_000);
    return fromWall ? fromWall(utc) : withoutZone(text);
  };
}

const withoutZone = (text: string): string =>
  `“${text}”没有写明时区；在对照表里写 instant.zone，例如 Asia/Shanghai`;

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -minutes : minutes;
}

/** Milliseconds; zones change at quarters of an hour. */
const quarter = 15 * 60_000;

/**
 * The instant at which clocks in the zone show what UTC shows at `utc`; if there are two, that of
 * the earlier offset.
 */
function wallClock(zone: string): (utc: number) => Date {
  const inZone = tz(zone);
  const known = new Map<number, number>();
  const offsetAt = (at: number): number => {
    const key = Math.floor(at / quarter);
    const offset = known.get(key) ?? -inZone(at).getTimezoneOffset() * 60_000;
    known.set(key, offset);
    return offset;
  };
  return (utc) => new Date(utc - offsetAt(utc - offsetAt(utc)));
}

/** A plain day as the last day of a limit ends at 24:00. */
export const endOfPlainDay = (text: string): string =>
  /^\d{4}\D\d{1,2}\D\d{1,2}日?$/.test(text) ? `${text} 24:00` : text;

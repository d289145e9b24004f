/** The filters of `GET requests`. */
import { parseInstant } from '../../kernel/instant.js';
import { Refusal } from '../../kernel/index.js';
import { assertStorable } from '../middleware/storable.js';
import { Fault } from './fault.js';

const mostDays = 90;
const longestSpan = mostDays * 86_400_000;
const mostValues = 100;

export interface RequestQuery {
  readonly numbers: readonly string[] | null;
  readonly codes: readonly string[] | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly closed: boolean | null;
  readonly page: number;
  readonly pageSize: number;
}

/** @throws {Fault} 400 */
export function readQuery(query: object, now: Date): RequestQuery {
  assertStorable(query);
  const given = query as { readonly [name: string]: string | readonly string[] | undefined };
  const list = (name: string): string[] => {
    const values = [given[name] ?? []]
      .flat()
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter((text) => text !== '');
    if (values.length > mostValues) throw new Fault(400, `${name} 至多写 ${mostValues} 个`);
    return values;
  };
  const one = (name: string): string | undefined => {
    const [value, ...more] = list(name);
    if (more.length > 0) throw new Fault(400, `${name} 写了两次`);
    return value;
  };
  const count = (name: string, otherwise: number, most: number): number => {
    const text = one(name) ?? String(otherwise);
    const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > most) throw new Fault(400, `${name} 是 1 至 ${most} 的整数`);
    return number;
  };
  const instantAt = (name: string): Date | undefined => {
    const text = one(name);
    if (text === undefined) return undefined;
    try {
      return parseInstant(
        text.replace(/ (?=\d\d:?\d\d$)/, '+'),
        name === 'start_date' ? 'start-of-day' : 'end-of-day',
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Fault(400, `${name} 不是带时区的时刻，例如 2026-11-24T00:00:00Z`);
    }
  };
  const pages = { page: count('page', 1, 10_000), pageSize: count('page_size', 50, 500) };
  const numbers = list('service_request_id');
  const nothing = { codes: null, from: null, to: null, closed: null };
  // Request numbers override all other arguments.
  if (numbers.length > 0) return { ...nothing, numbers, page: 1, pageSize: mostValues };
  const states = new Set(list('status'));
  if ([...states].some((state) => state !== 'open' && state !== 'closed')) {
    throw new Fault(400, 'status 是 open 或 closed');
  }
  const codes = list('service_code');
  return {
    ...{ ...pages, numbers: null, codes: codes.length > 0 ? codes : null },
    ...spanOf(instantAt('start_date'), instantAt('end_date'), now),
    closed: states.size === 1 ? states.has('closed') : null,
  };
}

/** Without both bounds, the latest ninety days; with one of them, ninety days from or to it. */
function spanOf(start: Date | undefined, end: Date | undefined, now: Date): { from: Date; to: Date } {
  const moved = (at: Date, by: number): Date => new Date(at.getTime() + by);
  const to = end ?? (start ? moved(start, longestSpan) : now);
  const from = start ?? moved(to, -longestSpan);
  if (from > to) throw new Fault(400, 'start_date 晚于 end_date');
  if (to.getTime() - from.getTime() > longestSpan) {
    throw new Fault(400, `start_date 至 end_date 不能超过 ${mostDays} 天`);
  }
  return { from, to };
}

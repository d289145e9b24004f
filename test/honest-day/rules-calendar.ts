/** A local rule comes late: counted days were off, and cards were issued too early. */
import { expect } from 'chai';
import { completeOnly, dispatched } from '../http/serving.js';
import type { Day } from './day.js';
import { callAs, dateIn, hour } from './rules-office.js';

interface Days {
  readonly days: readonly { readonly date: string; readonly working: boolean }[];
}
interface Preview {
  readonly counts: { readonly moved: number; readonly revoked: number };
}

/** Past working days, the latest last. */
async function workedDays(day: Day, back: number): Promise<readonly string[]> {
  const query = { from: dateIn(day, -back), to: dateIn(day, -1) };
  const { days } = (await callAs(day, 'editor', 'readCalendarDays', { query })) as Days;
  return days.filter(({ working }) => working).map(({ date }) => date);
}

interface Notice {
  readonly kind: 'annual' | 'local';
  readonly title: string;
  readonly document: string;
  readonly days: readonly { readonly date: string; readonly off: boolean; readonly name: string }[];
}

async function load(day: Day, given: Notice): Promise<Preview> {
  const { document } = given;
  const year = Number(given.days.at(-1)?.date.slice(0, 4));
  const notice = { ...given, year, address: null, publishedOn: dateIn(day, 0) };
  const body = { document, file: { notices: [notice] } };
  const preview = (await callAs(day, 'editor', 'previewNotice', { body })) as Preview;
  await callAs(day, 'one', 'loadNotice', { body });
  // Once more is no change.
  await callAs(day, 'two', 'loadNotice', { body });
  await day.work();
  return preview;
}

const snow = (document: string, dates: readonly string[], off: boolean): Notice => ({
  ...{ kind: 'local', title: '因大雪调整上班时间的通知', document },
  days: dates.map((date) => ({ date, off, name: '大雪' })),
});

/** The State Council's schedule of the next year. */
export async function nextYear(day: Day): Promise<void> {
  const date = `${Number(dateIn(day, 0).slice(0, 4)) + 1}-01-01`;
  const title = '次年放假安排（测试用）';
  const days = [{ date, off: true, name: '元旦' }];
  await load(day, { kind: 'annual', title, document: '规则测发〔2026〕3号', days });
}

export async function lateNotice(day: Day): Promise<void> {
  const { url } = day.served;
  const late = await dispatched(url);
  const signed = await completeOnly(url, await dispatched(url), { receipt: 'accept' }, '经办人');
  await day.work();
  day.later(13 * 24 * hour);
  await day.work();
  await dispatched(url);

  // Days turn out to be off: the limit is later, so a card, the limit and the supervision came too
  // early.
  const gone = (await workedDays(day, 12)).slice(-6, -1);
  const { counts } = await load(day, snow('规则测发〔2026〕1号', gone, true));
  expect(counts.revoked).to.be.above(0);
  expect(counts.moved).to.be.above(0);
  await day.restart();
  day.later(4 * 24 * hour);
  await day.work();
  // One of the days counts again: the re-armed limit is due earlier, and fires.
  await load(day, snow('规则测发〔2026〕2号', gone.slice(-1), false));
  for (const order of [late, signed]) await day.call('readWorkOrder', { params: { no: order.sheet.no } });
  day.later(8 * 24 * hour);
  await day.work();
}

import { expect } from 'chai';
import {
  createCalendarKeeper,
  loadNotice,
  readNotices,
  type CalendarSource,
} from '../../../src/calendar/index.js';
import { parseCivilDate } from '../../../src/kernel/civil-date.js';
import { movableClock, Refusal } from '../../../src/kernel/index.js';
import { useDatabase } from '../../support/database.js';
import { document2027, notice2027 } from '../../support/notice-2027.js';

describe('schedules loaded at run time', () => {
  const database = useDatabase();
  const at = new Date('2026-12-29T10:00:00+08:00');
  const clock = movableClock(at);
  const [notice] = readNotices(JSON.stringify(notice2027), '2027.json') as [CalendarSource];
  const load = (more: Partial<CalendarSource>, file: string) =>
    database().transaction((transaction) =>
      loadNotice(transaction, { ...notice, document: document2027, ...more }, { file, at, by: '测试员' }),
    );

  it('another program sees a loaded schedule after at most a second', async () => {
    const keeper = createCalendarKeeper(clock);
    const day = () => keeper.current().day(parseCivilDate('2026-12-30'));
    await database().transaction(keeper.refresh);
    expect(day()).to.include({ working: true, provisional: true });
    expect(await load({}, 'a')).to.deep.equal({ id: 1, added: true });
    clock.moveTo(new Date(at.getTime() + 1000));
    await database().transaction(keeper.refresh);
    expect(day()).to.include({ working: false, provisional: false, reason: `元旦（${document2027}）` });
  });

  it('the same file once more is no change; the same document or year from another file is refused', async () => {
    expect(await load({}, 'a')).to.deep.equal({ id: 1, added: false });
    for (const [more, sentence] of [
      [{}, '内容与这个文件不同'],
      [{ document: '测试发〔2026〕2号' }, '2027 年已有年度安排'],
    ] as const) {
      const error = await load(more, 'b').then(
        () => undefined,
        (refusal: unknown) => refusal,
      );
      expect(error).to.be.instanceOf(Refusal).with.property('message').that.contains(sentence);
    }
  });

  it('the program may neither change nor delete a notice', async () => {
    for (const sql of [
      'DELETE FROM hotline.calendar_notice',
      "UPDATE hotline.calendar_notice SET title = 'x'",
    ]) {
      const error = await database()
        .transaction((transaction) => transaction.query(sql))
        .catch((cause: unknown) => cause);
      expect(error).to.have.property('code', '42501');
    }
  });
});

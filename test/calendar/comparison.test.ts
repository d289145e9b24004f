import { expect } from 'chai';
import {
  changedDays,
  commonSpan,
  compareSources,
  createWorkingCalendar,
  defaultCalendar,
  dueAfterWorkingDays,
  readNotices,
  settledYears,
  shippedSources,
} from '../../src/calendar/index.js';
import { parseCivilDate } from '../../src/kernel/civil-date.js';
import { noticeFile, shippedNotices } from './data.js';

const date = parseCivilDate;
const calendar = defaultCalendar();

describe('sources held against each other', () => {
  it('chinese-workday is wrong on four days since 2018, and the schedule counts', () => {
    const span = commonSpan(calendar, 2018);
    expect(span).to.deep.equal({ from: '2018-01-01', to: '2026-12-31' });
    const { disagreements, days } = compareSources(calendar, date('2018-01-01'), date('2026-12-31'));
    expect(days).to.equal(3287);
    expect(disagreements.map(({ day }) => [day.date, day.working])).to.deep.equal([
      ['2018-01-01', false],
      ['2020-01-31', false],
      ['2020-02-01', false],
      ['2023-01-03', true],
    ]);
    expect(disagreements.map(({ statements }) => statements.map(({ kind }) => kind))).to.deep.equal(
      Array(4).fill(['schedule', 'package']),
    );
  });

  it('chinese-workday is heard only in years that it has data for', () => {
    expect(settledYears(calendar, 'package')).to.deep.equal(
      Array.from({ length: 16 }, (_, index) => 2011 + index),
    );
    expect(calendar.day(date('2009-10-01')).statements.map(({ kind }) => kind)).to.deep.equal([
      'schedule',
      'weekday',
    ]);
    expect(calendar.day(date('2027-10-04')).statements.map(({ kind }) => kind)).to.deep.equal(['weekday']);
  });

  it('chinese-workday is the base where no schedule is loaded, and stays provisional', () => {
    const alone = createWorkingCalendar(shippedSources().filter(({ kind }) => kind === 'package'));
    expect(alone.day(date('2026-10-05'))).to.include({
      working: false,
      provisional: true,
      reason: '国庆节（chinese-workday）（暂定）',
    });
    expect(alone.isWorkingDay(date('2026-10-10'))).to.equal(true);
  });

  it('a local rule with a document number wins over both, and the disagreement is seen', () => {
    const [rule] = readNotices(
      noticeFile({
        year: 2026,
        kind: 'local',
        title: '因大雪停止办公',
        document: '试政办字〔2026〕9号',
        days: [{ date: '2026-11-24', off: true, name: '大雪停止办公' }],
      }),
      '大雪.json',
    );
    const snowed = createWorkingCalendar([...shippedSources(), ...(rule ? [rule] : [])]);
    const day = snowed.day(date('2026-11-24'));
    expect(day).to.include({ working: false, disputed: true, reason: '大雪停止办公（试政办字〔2026〕9号）' });
    expect(day.statements.map(({ kind, working }) => [kind, working])).to.deep.equal([
      ['local', false],
      ['schedule', true],
      ['package', true],
      ['weekday', true],
    ]);
    expect(snowed.edition).not.to.equal(calendar.edition);
    expect(changedDays(calendar, snowed).map(({ date }) => date)).to.deep.equal(['2026-11-24']);
  });
});

describe('notices that were amended after publication', () => {
  const amendments = shippedNotices().filter(({ years }) => years.size === 0);
  const asFirstPublished = createWorkingCalendar(
    shippedSources().filter(({ document }) => !amendments.some((a) => a.document === document)),
  );

  it('2015, 2019 and 2020: these days moved while deadlines were running', () => {
    expect(amendments.map(({ document }) => document)).to.deep.equal([
      '国发明电〔2015〕1号',
      '国办发明电〔2019〕3号',
      '国办发明电〔2020〕1号',
    ]);
    expect(
      changedDays(asFirstPublished, calendar).map(({ date, after }) => `${date} ${after.working}`),
    ).to.deep.equal([
      '2015-09-03 false',
      '2015-09-04 false',
      '2015-09-06 true',
      '2019-04-28 true',
      '2019-05-02 false',
      '2019-05-03 false',
      '2019-05-05 true',
      '2020-01-31 false',
      '2020-02-01 false',
    ]);
  });

  it('2020 年延长春节假期前后，同一张工单的期限不同', () => {
    const start = new Date('2020-01-21T09:00:00+08:00');
    expect(dueAfterWorkingDays(asFirstPublished, start, 5).dueDate).to.equal('2020-02-03');
    expect(dueAfterWorkingDays(calendar, start, 5).dueDate).to.equal('2020-02-05');
  });

  it('loading the notice of 2027 settles the year and the Decembers around it', () => {
    const notice = readNotices(
      noticeFile({
        year: 2027,
        kind: 'annual',
        document: '试发明电〔2026〕1号',
        days: [
          { date: '2026-12-31', off: true, name: '元旦' },
          { date: '2027-01-01', off: true, name: '元旦' },
          { date: '2027-01-03', off: false, name: '元旦' },
        ],
      }),
      '2027.json',
    );
    const loaded = createWorkingCalendar([...shippedSources(), ...notice]);
    const start = new Date('2026-12-28T09:00:00+08:00');
    expect(dueAfterWorkingDays(calendar, start, 3)).to.include({ dueDate: '2026-12-31', provisional: true });
    expect(dueAfterWorkingDays(loaded, start, 3)).to.include({ dueDate: '2027-01-03', provisional: false });
    expect(loaded.day(date('2027-12-28')).provisional).to.equal(false);
    expect(loaded.day(date('2027-12-29')).provisional).to.equal(true);
    const changed = changedDays(calendar, loaded);
    expect(changed[0]?.date).to.equal('2026-12-29');
    expect(changed.at(-1)?.date).to.equal('2027-12-28');
  });
});

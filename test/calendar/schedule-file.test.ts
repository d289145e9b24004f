import { expect } from 'chai';
import { readNotices } from '../../src/calendar/index.js';
import { noticeFile } from './data.js';

const day = (date: string) => ({ date, off: true, name: '元旦' });
const read = (text: string) => () => readNotices(text, '安排.json');

describe('a schedule file is taken as a whole or refused as a whole', () => {
  it('refuses a day named twice by one notice', () => {
    const text = noticeFile({ year: 2027, kind: 'annual', days: [day('2027-01-01'), day('2027-01-01')] });
    expect(read(text)).to.throw('2027-01-01 出现两次');
  });

  it('refuses days of another year, but lets a notice move days of the December before', () => {
    expect(read(noticeFile({ year: 2027, kind: 'annual', days: [day('2026-01-01')] }))).to.throw(
      '却写了 2026-01-01',
    );
    expect(read(noticeFile({ year: 2027, kind: 'annual', days: [day('2028-01-01')] }))).to.throw(
      '却写了 2028-01-01',
    );
    expect(read(noticeFile({ year: 2027, kind: 'annual', days: [day('2026-12-31')] }))()).to.have.length(1);
  });

  it('refuses a second annual notice for a year', () => {
    const notice = {
      year: 2027,
      kind: 'annual',
      title: '通知',
      document: null,
      publishedOn: null,
      address: null,
    };
    const text = JSON.stringify({ notices: [1, 2].map(() => ({ ...notice, days: [day('2027-01-01')] })) });
    expect(read(text)).to.throw('2027 年有两份年度安排');
  });

  it('refuses a local rule without a document number', () => {
    const text = noticeFile({ year: 2026, kind: 'local', title: '停工', days: [day('2026-11-24')] });
    expect(read(text)).to.throw('没有文号');
  });

  it('refuses dates that do not exist, wrong shapes and what is no JSON, naming the file', () => {
    expect(read(noticeFile({ year: 2027, kind: 'annual', days: [day('2027-02-30')] }))).to.throw(
      'notices.0.days.0.date',
    );
    expect(read('{"notices": []}')).to.throw('安排.json');
    expect(read('[]')).to.throw('不符合格式');
    expect(read('放假')).to.throw('安排.json 不是 JSON 文件');
  });
});

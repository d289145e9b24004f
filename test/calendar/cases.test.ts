import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { defaultCalendar, dueAfterWorkingDays } from '../../src/calendar/index.js';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import { parseInstant } from '../../src/kernel/instant.js';
import { shared } from '../support/shared.js';

interface Message {
  readonly no: string;
  readonly receivedAt: string;
  readonly repliedAt: string;
}
interface Expected {
  readonly no: string;
  readonly workingDays: number;
  readonly due: string;
  readonly late: boolean;
  readonly lateByWeekdaysOnly: boolean;
}

const lines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

describe('真实来信：第二十四条的五个工作日', () => {
  let messages: Map<string, Message>;
  let expected: Expected[];
  const calendar = defaultCalendar();

  before(function () {
    messages = new Map(
      lines<Message>(shared(this, 'cases/messages.jsonl')).map((message) => [message.no, message]),
    );
    expected = lines<Expected>(shared(this, 'cases/expected.jsonl'));
  });

  const verdict = (no: string) => {
    const message = messages.get(no);
    if (!message) throw new Error(`no message ${no}`);
    const received = parseInstant(message.receivedAt, 'start-of-day');
    const replied = parseInstant(message.repliedAt, 'start-of-day');
    const { due, dueDate } = dueAfterWorkingDays(calendar, received, 5);
    return {
      due: dueDate,
      late: replied.getTime() > due.getTime(),
      workingDays: calendar.workingDaysBetween(civilDateOf(received), civilDateOf(replied)),
    };
  };

  it('每一封的期限、是否超期、所用工作日数都与预期一致', () => {
    expect(expected).to.have.length(2017);
    for (const { no, due, late, workingDays } of expected) {
      expect(verdict(no), no).to.deep.equal({ due, late, workingDays });
    }
  });

  it('按周一至周五数天数会判错的 33 封，这里都判对', () => {
    const wrongByWeekdays = expected.filter(
      ({ workingDays, lateByWeekdaysOnly }) => workingDays > 5 !== lateByWeekdaysOnly,
    );
    expect(wrongByWeekdays).to.have.length(33);
    for (const { no, late } of wrongByWeekdays) expect(verdict(no).late, no).to.equal(late);
  });

  it('第五个工作日是周五而周六才答复的两封：只数天数看不出超期，按期限时刻判为超期', () => {
    const repliedOnDayOff = expected.filter(({ workingDays, late }) => late && workingDays === 5);
    expect(repliedOnDayOff.map(({ no }) => verdict(no).late)).to.deep.equal([true, true]);
  });
});
